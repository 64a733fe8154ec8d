"""What was put on a shelf is there after a kill; what was not quite put there is not seen."""

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import pytest

from matjar.resilience.bundles import ACCESS, Manifest, Shelf
from matjar.resilience.bundles.manifest import name_of
from matjar.resilience.bundles.publishing import publish
from matjar.resilience.bundles.signing import Use, sign
from tests.resilience.bundles.makers import NOW, acquainted, key, moment, surface

SHOP = 7


class Rows(msgspec.Struct, frozen=True):
    """A content that means nothing."""

    lines: tuple[str, ...]


def publish_for_ever(folder: Path, told: Connection) -> None:
    """Publish one after another, and tell each number once it is there."""
    shelf, signer = Shelf(folder), key("identity")
    for number in range(1, 10_000):
        made = publish(shelf, signer, ACCESS, SHOP, Rows(("x" * 100_000, str(number))), now_ms=NOW + number)
        told.send(made.manifest.number)


@pytest.mark.parametrize("after", [1, 2, 5, 9])
def test_a_maker_that_is_killed_leaves_whole_bundles(tmp_path: Path, after: int) -> None:
    key("identity"), key("root")
    here, there = multiprocessing.Pipe(duplex=False)
    maker = multiprocessing.get_context("fork").Process(target=publish_for_ever, args=(tmp_path / "made", there))
    maker.start()
    last = 0
    for _ in range(after):
        last = here.recv()
    os.kill(maker.pid or 0, signal.SIGKILL)
    maker.join()
    shelf = Shelf(tmp_path / "made")
    newest = shelf.numbers(ACCESS, SHOP)[-1]
    assert newest >= last
    found = shelf.find(ACCESS, SHOP, newest)
    assert found is not None
    kept = acquainted(tmp_path / "kept")
    assert kept.offer(ACCESS, SHOP, found.token, found.files, moment())
    assert surface(tmp_path / "kept").find(ACCESS, SHOP) is not None


def test_a_maker_keeps_a_few_and_lets_go_of_the_rest(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number in range(1, 7):
        publish(shelf, key("identity"), ACCESS, SHOP, Rows((str(number),)), now_ms=NOW + number)
    assert shelf.numbers(ACCESS, SHOP) == [NOW + 4, NOW + 5, NOW + 6]
    assert len(list((tmp_path / ACCESS / str(SHOP)).iterdir())) == 6


def test_the_same_content_is_written_once_for_many_numbers(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number in range(1, 4):
        publish(shelf, key("identity"), ACCESS, SHOP, Rows(()), now_ms=NOW + number)
    assert len([path for path in (tmp_path / ACCESS / str(SHOP)).iterdir() if path.suffix == ""]) == 1


def test_a_manifest_cannot_name_a_file_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / ACCESS / str(SHOP)).mkdir(parents=True)
    for name in ("../../secret", str(tmp_path / "secret"), "x" * 64, ""):
        manifest = Manifest(ACCESS, SHOP, 9, 0, NOW, {name_of(ACCESS): name})
        token = sign(key("identity"), Use.BUNDLE, msgspec.json.encode(manifest))
        (tmp_path / ACCESS / str(SHOP) / "9.jws").write_text(token)
        assert Shelf(tmp_path).find(ACCESS, SHOP, 9) is None
