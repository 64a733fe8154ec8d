"""Customers' sessions: signed by the storefront alone, for one shop, and nothing at all where a shop's people work."""

from pathlib import Path

import pytest

from matjar.core.clock import DAY, MINUTE
from matjar.core.refusal import Refusal
from matjar.domain.access import Method
from matjar.edge.local import Local
from matjar.edge.sessions import Grant as StaffGrant
from matjar.edge.sessions import Sessions as StaffSessions
from matjar.resilience.bundles import Use
from matjar.resilience.bundles.signing import sign
from matjar.surfaces.storefront.sessions import Sessions
from tests.edge.crew import Crew

NOW = 1_800_000_000_000


class Clock:
    """A clock that is turned by hand."""

    now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """At its beginning."""
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path, clock: Clock) -> Sessions:
    """A storefront's."""
    return Sessions(tmp_path, Local(tmp_path / "local.sqlite"), clock)


def begin(sessions: Sessions, shop_id: int = 1) -> str:
    """The cookie of customer 7."""
    return str(sessions.begin(7, shop_id).value)


def test_a_session_is_good_in_its_own_shop_for_two_weeks(sessions: Sessions, clock: Clock) -> None:
    cookie = begin(sessions)
    grant = sessions.find(cookie, 1)
    assert grant is not None
    assert (grant.customer_id, sessions.is_fresh(grant), sessions.find(cookie, 2)) == (7, True, None)
    clock.now += 15 * MINUTE
    assert not sessions.is_fresh(grant)
    clock.now = NOW + 14 * DAY - 1
    assert sessions.find(cookie, 1) == grant
    clock.now += 1
    assert sessions.find(cookie, 1) is None


def test_the_cookie_is_bound_to_its_host_and_no_script_reads_it(sessions: Sessions) -> None:
    cookie = sessions.begin(7, 1)
    assert cookie.key.startswith("__Host-")
    assert (cookie.secure, cookie.httponly, cookie.samesite, cookie.path, cookie.domain) == (
        True, True, "lax", "/", None
    )  # fmt: skip


def test_signed_out_is_signed_out_also_after_a_restart(sessions: Sessions, clock: Clock, tmp_path: Path) -> None:
    cookie, other = begin(sessions), begin(sessions)
    grant = sessions.find(cookie, 1)
    assert grant is not None
    assert sessions.end(grant).max_age == 0
    again = Sessions(tmp_path, Local(tmp_path / "local.sqlite"), clock)
    assert again.find(cookie, 1) is None
    assert again.find(other, 1) is not None


@pytest.mark.parametrize("value", ["", "a.b.c", "e30.e30." + "A" * 86])
def test_what_we_did_not_sign_is_nobody(sessions: Sessions, value: str) -> None:
    assert sessions.find(value, 1) is None


def test_a_storefronts_session_is_nobody_in_the_back_office(tmp_path: Path) -> None:
    crew = Crew(tmp_path)
    admin, storefront = crew.working("admin"), crew.working("storefront")
    staff = StaffSessions("admin", admin.kept, lambda _: False)
    shop = Sessions(tmp_path, Local(tmp_path / "local.sqlite"), admin.now)
    now = admin.now()
    posing = StaffGrant("s" * 22, 7, 1, "admin", Method.PASSKEY, now, now + 1000, 0, now)
    key = storefront.keyring.signing(now)
    for forged in (begin(shop), sign(key, Use.SESSION, b"{}"), storefront.sign(posing)):
        with pytest.raises(Refusal, match=r"session\.invalid"):
            staff.verify(forged, 1, now)


def test_a_session_of_staff_is_no_customers(tmp_path: Path) -> None:
    crew = Crew(tmp_path)
    admin = crew.working("admin")
    shop = Sessions(tmp_path, Local(tmp_path / "local.sqlite"), admin.now)
    staff = admin.begin(person_id=7, shop_id=1, method=Method.PASSKEY, surface="storefront")
    assert shop.find(admin.sign(staff), 1) is None
