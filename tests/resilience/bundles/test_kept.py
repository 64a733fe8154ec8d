"""A surface keeps the last good copy of every bundle, and lets no other one near."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.core.clock import DAY
from matjar.core.refusal import Refusal
from matjar.resilience.bundles import ACCESS, KEYS, Bundle, Kept, Revocations, RevokedPerson, Shelf, next_number
from matjar.resilience.bundles.signing import Use, sign
from tests.resilience.bundles.makers import (
    NOW,
    ROOT_KEY,
    access,
    acquainted,
    bundle,
    heartbeat,
    key,
    keys,
    moment,
    offer,
    surface,
)


def code_of(kept: Kept, made: Bundle) -> str:
    with pytest.raises(Refusal) as refused:
        offer(kept, made)
    return refused.value.code


def test_a_surface_starts_from_its_own_shelf_with_nobody_there(tmp_path: Path) -> None:
    offer(acquainted(tmp_path), access(5, b"[1]"))
    found = surface(tmp_path).find(ACCESS, 7)
    assert found is not None
    assert found.content() == b"[1]"


def test_the_same_bundle_again_is_no_news(tmp_path: Path) -> None:
    kept = acquainted(tmp_path)
    assert offer(kept, access(5)) is True
    made = access(6)
    assert [offer(kept, made), offer(kept, made)] == [True, False]


@pytest.mark.parametrize("number", [4, 5])
def test_an_older_bundle_is_refused_and_the_newer_stays(tmp_path: Path, number: int) -> None:
    kept = acquainted(tmp_path)
    offer(kept, access(5, b"[5]"))
    assert code_of(kept, access(number, b"[4]")) == "bundles.older"
    for each in (kept, surface(tmp_path)):
        found = each.find(ACCESS, 7)
        assert found is not None
        assert found.content() == b"[5]"


@pytest.mark.parametrize(
    "made",
    [
        access(6, signer=key("identity", "a stranger's")),
        access(6, signer=key("publisher")),
        msgspec.structs.replace(keys(number=2), token=access(6).token),
        bundle(key("identity"), KEYS, {"keys.json": b"{}"}, number=9),
        msgspec.structs.replace(access(6), token=access(6).token[:-8]),
        msgspec.structs.replace(access(6), token=""),
        msgspec.structs.replace(access(6), manifest=access(6, shop_id=8).manifest),
    ],
    ids=["stranger", "other maker", "other kind", "keys by identity", "cut off", "empty", "other shop"],
)  # fmt: skip
def test_what_its_maker_did_not_sign_is_refused(tmp_path: Path, made: Bundle) -> None:
    kept = acquainted(tmp_path)
    offer(kept, access(5))
    assert code_of(kept, made) == "bundles.unsigned"


@pytest.mark.parametrize(
    "files", [{}, {"access.json": b"[2]"}, {"access.json": b"[1]", "more.json": b""}, {"other": b"[1]"}]
)
def test_files_that_are_not_the_manifest_s_are_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    kept = acquainted(tmp_path)
    offer(kept, access(5, b"[0]"))
    assert code_of(kept, msgspec.structs.replace(access(6, b"[1]"), files=files)) == "bundles.damaged"
    found = kept.find(ACCESS, 7)
    assert found is not None
    assert found.content() == b"[0]"


def test_keys_that_cannot_be_read_are_refused_and_do_not_reach_the_shelf(tmp_path: Path) -> None:
    kept = acquainted(tmp_path)
    assert code_of(kept, bundle(ROOT_KEY, KEYS, {"keys.json": b"no"}, number=9)) == "bundles.damaged"
    assert surface(tmp_path).ring.find(key("identity").public.kid, NOW) is not None


def test_a_key_that_a_newer_bundle_leaves_out_stays_through_a_restart(tmp_path: Path) -> None:
    offer(acquainted(tmp_path), keys(key("admin"), number=2))
    offer(surface(tmp_path), keys(key("till"), number=3))
    kept = surface(tmp_path)
    for owner in ("identity", "admin", "till"):
        assert kept.ring.find(key(owner).public.kid, NOW) is not None
    assert sorted(kept._shelf.numbers(KEYS, 0)) == [1, 2, 3]


def test_a_keys_bundle_that_says_nothing_of_its_own_any_more_is_let_go(tmp_path: Path) -> None:
    offer(acquainted(tmp_path), keys(key("identity"), key("publisher"), key("admin"), number=2))
    assert surface(tmp_path)._shelf.numbers(KEYS, 0) == [2]


def test_a_key_ends_at_its_own_end(tmp_path: Path) -> None:
    kept = surface(tmp_path)
    offer(kept, keys(key("admin", not_after=NOW + DAY)))
    kid = key("admin").public.kid
    assert kept.ring.find(kid, NOW + DAY) is not None
    assert kept.ring.find(kid, NOW + DAY + 1) is None


def test_a_kept_bundle_outlives_the_key_that_signed_it(tmp_path: Path) -> None:
    kept = surface(tmp_path)
    brief = key("identity", not_after=NOW + DAY)
    offer(kept, keys(brief))
    offer(kept, access(5, signer=brief))
    later = surface(tmp_path)
    assert later.find(ACCESS, 7) is not None
    with pytest.raises(Refusal, match="bundles.unsigned"):
        offer(later, access(6, signer=brief), moment(2 * DAY))


def test_a_revoked_key_counts_no_more_and_what_it_signed_gives_way(tmp_path: Path) -> None:
    kept = surface(tmp_path)
    stolen, fresh = key("identity", "stolen"), key("identity", "fresh")
    offer(kept, keys(stolen, fresh))
    offer(kept, access(1 << 60, b"[666]", signer=stolen))
    offer(kept, keys(fresh, number=2, revoked={stolen.public.kid: stolen.public.not_after}))
    assert code_of(kept, access((1 << 60) + 1, signer=stolen)) == "bundles.unsigned"
    offer(kept, access(6, b"[6]", signer=fresh))
    found = surface(tmp_path).find(ACCESS, 7)
    assert found is not None
    assert found.content() == b"[6]"


def test_a_revocation_stays_until_its_end_though_a_restored_maker_forgot_it(tmp_path: Path) -> None:
    told = Revocations(sessions={"s1": NOW + DAY}, people=(RevokedPerson(3, NOW, NOW + DAY),))
    offer(acquainted(tmp_path), heartbeat(10, told))
    offer(surface(tmp_path), heartbeat(11))
    for kept in (surface(tmp_path),):
        assert kept.revoked.session("s1")
        assert kept.revoked.person(3, NOW - 1)
        assert not kept.revoked.person(3, NOW)
        offer(kept, heartbeat(12), moment(DAY))
        assert not kept.revoked.session("s1")
    assert surface(tmp_path)._shelf.numbers("revocations", 0) == [12]


@pytest.mark.parametrize("spoiled", ["jws", "content", "gone"])
def test_a_damaged_shelf_is_told_of_and_the_rest_is_served(tmp_path: Path, spoiled: str) -> None:
    kept = acquainted(tmp_path)
    offer(kept, access(5))
    offer(kept, access(5, shop_id=8, content=b"[8]"))
    place = tmp_path / "access" / "8"
    path = place / "5.jws" if spoiled == "jws" else next(path for path in place.iterdir() if path.suffix == "")
    if spoiled == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1])
    anew = surface(tmp_path)
    assert anew.find(ACCESS, 7) is not None
    assert anew.find(ACCESS, 8) is None
    assert offer(anew, access(5, shop_id=8, content=b"[8]"))
    assert surface(tmp_path).find(ACCESS, 8) is not None


@given(st.integers(0, 1 << 50), st.integers(0, 1 << 50))
def test_numbers_only_rise_and_a_restored_maker_does_not_fall_behind(previous: int, now: int) -> None:
    number = next_number(previous, now)
    assert number > previous
    assert number >= now


def test_a_manifest_of_something_else_entirely_is_damaged(tmp_path: Path) -> None:
    class Strange(msgspec.Struct):
        number: int = 5

    token = sign(key("identity"), Use.BUNDLE, msgspec.json.encode(Strange()))
    assert code_of(acquainted(tmp_path), msgspec.structs.replace(access(6), token=token)) == "bundles.damaged"


def test_a_surface_that_died_amid_the_change_knows_which_copy_is_the_thief_s(tmp_path: Path) -> None:
    kept = surface(tmp_path)
    stolen, fresh = key("identity", "stolen"), key("identity", "fresh")
    offer(kept, keys(stolen, fresh))
    offer(kept, access(1 << 60, b"[666]", signer=stolen))
    offer(kept, keys(fresh, number=2, revoked={stolen.public.kid: stolen.public.not_after}))
    good = access(6, b"[6]", signer=fresh)
    Shelf(tmp_path).put(good.manifest, good.token, good.files)
    found = surface(tmp_path).find(ACCESS, 7)
    assert found is not None
    assert found.content() == b"[6]"


def test_a_maker_with_a_fast_clock_other_than_identity_moves_no_clock(tmp_path: Path) -> None:
    kept = acquainted(tmp_path)
    offer(kept, heartbeat(NOW))
    offer(kept, bundle(key("publisher"), "catalogue", {"catalogue.json": b"{}"}, number=5, issued_at=NOW + DAY // 2))
    assert kept.wall(moment(5)) < NOW + DAY // 4
