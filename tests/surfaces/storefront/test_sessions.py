"""Customers' sessions: signed by the storefront alone, for one shop, and nothing at all where a shop's people work."""

from pathlib import Path

import pytest

from matjar.core.clock import DAY, MINUTE
from matjar.core.refusal import Refusal
from matjar.domain.access import Method
from matjar.edge.local import Local
from matjar.edge.sessions import Grant as StaffGrant
from matjar.edge.sessions import Sessions as StaffSessions
from matjar.edge.trust import Trust
from matjar.resilience.bundles import Moment, Revocations, Use
from matjar.resilience.bundles.signing import sign
from matjar.surfaces.storefront.sessions import Sessions
from tests.edge.crew import Crew

NOW = 1_800_000_000_000


class Clock:
    """A clock that is turned by hand."""

    now = NOW

    def __call__(self) -> Moment:
        return Moment(self.now, self.now)


@pytest.fixture
def clock() -> Clock:
    """At its beginning."""
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path, clock: Clock) -> Sessions:
    """A storefront's, in a house where identity never was."""
    return opened(tmp_path, clock)


def opened(home: Path, clock: Clock, surface: str = "storefront") -> Sessions:
    """A surface right after its start."""
    trust = Trust(home, surface, clock=clock)
    trust.load()
    return Sessions(trust, Local(home / "local.sqlite"))


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
    again = opened(tmp_path, clock)
    assert again.find(cookie, 1) is None
    assert again.find(other, 1) is not None


@pytest.mark.parametrize("value", ["", "a.b.c", "e30.e30." + "A" * 86])
def test_what_we_did_not_sign_is_nobody(sessions: Sessions, value: str) -> None:
    assert sessions.find(value, 1) is None


def test_a_storefronts_session_is_nobody_in_the_back_office(tmp_path: Path) -> None:
    crew = Crew(tmp_path)
    admin, storefront = crew.working("admin"), crew.working("storefront")
    staff = StaffSessions("admin", admin.kept, lambda _: False)
    shop = Sessions(storefront, Local(tmp_path / "local.sqlite"))
    now = admin.now()
    posing = StaffGrant("s" * 22, 7, 1, "admin", Method.PASSKEY, now, now + 1000, 0, now)
    key = storefront.keyring.signing(now)
    for forged in (begin(shop), sign(key, Use.SESSION, b"{}"), storefront.sign(posing)):
        with pytest.raises(Refusal, match=r"session\.invalid"):
            staff.verify(forged, 1, now)


def test_a_session_of_staff_is_no_customers(tmp_path: Path) -> None:
    crew = Crew(tmp_path)
    admin = crew.working("admin")
    shop = Sessions(crew.working("storefront"), Local(tmp_path / "local.sqlite"))
    staff = admin.begin(person_id=7, shop_id=1, method=Method.PASSKEY, surface="storefront")
    assert shop.find(admin.sign(staff), 1) is None


def test_another_surface_that_all_know_signs_no_customer_in(tmp_path: Path) -> None:
    crew = Crew(tmp_path)
    admin, storefront = crew.surface("admin"), crew.surface("storefront")
    crew.publish_keys()
    shop = Sessions(crew.bring(storefront), Local(tmp_path / "local.sqlite"))
    forged = Sessions(crew.bring(admin), Local(tmp_path / "another.sqlite"))
    assert storefront.kept.ring.find(admin.keyring.signing(admin.now()).public.kid, admin.now()) is not None
    assert shop.find(begin(forged), 1) is None
    assert shop.find(begin(shop), 1) is not None


def test_a_key_of_ours_that_is_revoked_signs_nobody_in_any_more(tmp_path: Path) -> None:
    crew = Crew(tmp_path)
    storefront = crew.surface("storefront")
    crew.publish_keys()
    shop = Sessions(crew.bring(storefront), Local(tmp_path / "local.sqlite"))
    cookie, leaked = begin(shop), storefront.keyring.signing(storefront.now()).public
    crew.beat(Revocations(keys={leaked.kid: leaked.not_after}))
    crew.bring(storefront)
    assert shop.find(cookie, 1) is None
    assert shop.find(begin(shop), 1) is not None
