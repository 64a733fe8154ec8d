"""A session counts where it was meant to, for as long as it was meant to, and nowhere else."""

from pathlib import Path

import msgspec
import pytest

from matjar.core.clock import HOUR
from matjar.core.refusal import Refusal
from matjar.domain.access import Method
from matjar.edge.sessions import Grant, Sessions, as_cookie, mint
from matjar.edge.trust import Trust
from matjar.resilience.bundles import Revocations, RevokedPerson
from tests.edge.crew import MANAGER, NOW, OTHER_SHOP, SHOP, Crew


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(tmp_path)


def begin(trust: Trust, method: Method = Method.PASSKEY, surface: str = "") -> Grant:
    return trust.begin(person_id=MANAGER, shop_id=SHOP, method=method, surface=surface)


def verdict(trust: Trust, value: str, shop_id: int = SHOP, surface: str = "", after_ms: int = 0) -> str:
    """``ok``, or the code of the refusal."""
    try:
        sessions = Sessions(surface or trust.surface, trust.kept, lambda sid: sid == "out")
        sessions.verify(value, shop_id, trust.now() + after_ms)
    except Refusal as refusal:
        return refusal.code
    return "ok"


def test_a_surface_takes_its_own_word(crew: Crew) -> None:
    admin = crew.surface("admin")
    assert verdict(admin, admin.sign(begin(admin))) == "ok"


def test_a_surface_takes_identity_s_word_for_itself_and_for_no_other(crew: Crew) -> None:
    identity, admin = crew.working("identity"), crew.working("admin")
    assert verdict(admin, identity.sign(begin(identity, surface="admin"))) == "ok"
    assert verdict(admin, identity.sign(begin(identity, surface="till"))) == "session.invalid"
    assert verdict(admin, identity.sign(begin(identity))) == "session.invalid"


@pytest.mark.parametrize("other", ["storefront", "till", "api", "publisher"])
def test_no_other_surface_signs_for_it(crew: Crew, other: str) -> None:
    stranger = crew.surface(other)
    crew.publish_keys()
    admin = crew.working("admin")
    assert admin.kept.ring.find(stranger.keyring.signing(NOW).public.kid, NOW) is not None
    assert verdict(admin, stranger.sign(begin(stranger, surface="admin"))) == "session.invalid"
    assert verdict(admin, stranger.sign(begin(stranger))) == "session.invalid"


def test_the_root_signs_nobody_in(crew: Crew) -> None:
    admin = crew.working("admin")
    assert verdict(admin, mint(begin(admin), crew.root)) == "session.invalid"


def test_a_session_of_one_shop_is_nobody_in_another(crew: Crew) -> None:
    admin = crew.working("admin")
    assert verdict(admin, admin.sign(begin(admin)), shop_id=OTHER_SHOP) == "session.invalid"


def test_nobody_is_somebody_without_a_cookie(crew: Crew) -> None:
    assert verdict(crew.working("admin"), "") == "session.missing"


@pytest.mark.parametrize(("method", "hours"), [(Method.PASSKEY, 12), (Method.PASSWORD, 12), (Method.BREAK_GLASS, 4)])
def test_a_session_lasts_its_hours_and_no_longer(crew: Crew, method: Method, hours: int) -> None:
    admin = crew.working("admin")
    value = admin.sign(begin(admin, method))
    assert verdict(admin, value, after_ms=hours * HOUR - 1) == "ok"
    assert verdict(admin, value, after_ms=hours * HOUR) == "session.ended"


def test_a_grant_for_longer_than_its_kind_lasts_is_none(crew: Crew) -> None:
    admin = crew.working("admin")
    grant = begin(admin, Method.BREAK_GLASS)
    longer = msgspec.structs.replace(grant, ends_at=grant.ends_at + 1)
    assert verdict(admin, admin.sign(longer)) == "session.invalid"


def test_a_proof_in_between_lengthens_nothing(crew: Crew) -> None:
    admin = crew.working("admin")
    grant = begin(admin)
    proven = grant.proven(grant.began_at + HOUR)
    assert (proven.sid, proven.ends_at, proven.passkey_at) == (grant.sid, grant.ends_at, grant.began_at + HOUR)


def test_a_revoked_session_is_over_everywhere_and_others_go_on(crew: Crew) -> None:
    admin = crew.working("admin")
    lost, other = begin(admin), begin(admin)
    crew.after_ms += 1
    crew.beat(Revocations(sessions={lost.sid: lost.ends_at}))
    crew.bring(admin)
    assert verdict(admin, admin.sign(lost)) == "session.revoked"
    assert verdict(admin, admin.sign(other)) == "ok"


def test_signed_out_everywhere_means_sessions_that_began_before(crew: Crew) -> None:
    admin = crew.working("admin")
    before = begin(admin)
    crew.after_ms += 1000
    crew.beat(Revocations(people=(RevokedPerson(MANAGER, crew.true_time, before.ends_at),)))
    crew.bring(admin)
    assert verdict(admin, admin.sign(before)) == "session.revoked"
    assert verdict(admin, admin.sign(begin(admin))) == "ok"


def test_who_signs_out_here_is_out_here_at_once(crew: Crew) -> None:
    admin = crew.working("admin")
    grant = msgspec.structs.replace(begin(admin), sid="out")
    assert verdict(admin, admin.sign(grant)) == "session.revoked"


def test_a_slow_clock_does_not_lock_out_who_has_just_been_signed_out_everywhere(crew: Crew) -> None:
    admin = crew.working("admin")
    crew.after_ms += 1000
    crew.beat(Revocations(people=(RevokedPerson(MANAGER, crew.true_time, crew.true_time + HOUR),)))
    crew.fast_ms = -HOUR
    crew.bring(admin)
    assert verdict(admin, admin.sign(begin(admin))) == "ok"


def test_the_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts(crew: Crew) -> None:
    admin = crew.surface("admin")
    grant = begin(admin)
    header = as_cookie(grant, "value", grant.began_at).to_header()
    assert header.startswith(f"Set-Cookie: __Host-admin-{SHOP}=value")
    for part in ("Secure", "HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"):
        assert part in header
    assert "Domain" not in header
