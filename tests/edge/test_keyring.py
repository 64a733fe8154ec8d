"""A surface mints its own key and turns it in time, whoever is there."""

import os
import stat
from pathlib import Path

import msgspec
import pytest

from matjar.core.clock import DAY
from matjar.edge.keyring import AHEAD_MS, LIFE_MS, Keyring, find_root, list_public, load_root
from matjar.resilience.bundles import Ring
from tests.edge.crew import NOW


def test_a_key_is_minted_once_and_found_again(tmp_path: Path) -> None:
    first = Keyring(tmp_path, "admin").signing(NOW).public
    assert Keyring(tmp_path, "admin").signing(NOW + DAY).public == first
    assert list(list_public(tmp_path)) == [first]


def test_private_halves_are_for_this_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Keyring(tmp_path, "admin").signing(NOW)
        load_root(tmp_path)
    finally:
        os.umask(before)
    for name in ("admin.pem", "root.pem"):
        assert stat.S_IMODE((tmp_path / "secrets" / name).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("secrets/.*")] == []


def test_the_next_key_is_known_long_before_it_signs(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path, "admin")
    first = keyring.signing(NOW).public
    keyring.prepare(first.not_after - 22 * DAY)
    assert list(list_public(tmp_path)) == [first]
    asked_at = first.not_after - 20 * DAY
    keyring.prepare(asked_at)
    (following,) = [key for key in list_public(tmp_path) if key != first]
    assert following.not_before == asked_at + AHEAD_MS
    assert keyring.signing(asked_at).public == first
    keyring.prepare(following.not_before - 1)
    assert keyring.signing(following.not_before - 1).public == first
    keyring.prepare(following.not_before)
    assert keyring.signing(following.not_before).public == following
    assert Keyring(tmp_path, "admin").signing(following.not_before).public == following


def test_what_an_earlier_key_signed_is_still_known_after_a_turn(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path, "admin")
    first = keyring.signing(NOW).public
    keyring.prepare(first.not_after - 20 * DAY)
    keyring.prepare(first.not_after - 13 * DAY)
    ring = Ring()
    Keyring(tmp_path, "admin", ring)
    assert ring.find(first.kid, first.not_after) == first


def test_a_surface_that_slept_through_its_key_mints_another_at_once(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path, "admin")
    first = keyring.signing(NOW).public
    late = NOW + LIFE_MS + 30 * DAY
    second = keyring.signing(late).public
    assert second != first
    assert second.not_before == late
    assert Keyring(tmp_path, "admin").signing(late).public == second


def test_a_revoked_key_signs_no_more(tmp_path: Path) -> None:
    ring = Ring()
    keyring = Keyring(tmp_path, "admin", ring)
    first = keyring.signing(NOW).public
    ring.revoked = frozenset({first.kid})
    second = keyring.signing(NOW + 1).public
    assert second != first
    assert ring.find(second.kid, NOW + 1) == second
    assert Keyring(tmp_path, "admin", ring).signing(NOW + 2).public == second


def test_a_stranger_in_the_folder_of_keys_is_passed_over(tmp_path: Path) -> None:
    mine = Keyring(tmp_path, "admin").signing(NOW).public
    halves = tmp_path / "keys"
    renamed = msgspec.structs.replace(mine, owner="identity")
    (halves / f"admin-{'x' * 43}.json").write_bytes(msgspec.json.encode(mine))
    (halves / f"till-{mine.kid}.json").write_bytes(msgspec.json.encode(renamed))
    (halves / f"root-{mine.kid}.json").write_bytes(msgspec.json.encode(msgspec.structs.replace(mine, owner="root")))
    (halves / "admin-nonsense.json").write_bytes(b"{")
    assert list(list_public(tmp_path)) == [mine]


def test_the_root_is_minted_once_and_its_public_half_lies_beside(tmp_path: Path) -> None:
    assert find_root(tmp_path) is None
    root = load_root(tmp_path).public.jwk
    assert find_root(tmp_path) == root
    (tmp_path / "secrets" / "root.pub").unlink()
    assert load_root(tmp_path).public.jwk == root
    assert find_root(tmp_path) == root


@pytest.mark.parametrize("content", [b"", b"{}", b"no"])
def test_a_damaged_public_half_is_told_anew_from_the_private_one(tmp_path: Path, content: bytes) -> None:
    mine = Keyring(tmp_path, "admin").signing(NOW).public
    path = tmp_path / "keys" / f"admin-{mine.kid}.json"
    path.write_bytes(content)
    again = Keyring(tmp_path, "admin").signing(NOW + DAY).public
    assert again.kid == mine.kid
    assert list(list_public(tmp_path)) == [again]
