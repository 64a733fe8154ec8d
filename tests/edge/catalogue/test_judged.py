"""Sixty judged queries over the demo's shops, as people type them: what they mean stands among the first three."""

import asyncio
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from matjar.compose.demo.open_shops import open_demo_shops
from matjar.core.clock import now_ms
from matjar.domain import catalog, discounts, inventory, shipping, shops, tax
from matjar.edge.catalogue import Catalogue, Follower, Shelf, Sought
from matjar.storage.carrier import InProcess
from matjar.storage.desk import Storage
from matjar.storage.operations import operations
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect
from tests.edge.catalogue.house import until

LEAST = 0.9
FIRST = 3

JUDGED = list(csv.DictReader((Path(__file__).parent / "judged.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Shelf]]:
    """The demo's shops, by their handles."""
    folder = tmp_path_factory.mktemp("demo")
    catalogue = asyncio.run(_open(folder))
    yield {shelf.shop.handle: shelf for shelf in map(catalogue.shelf, catalogue.cursors())}
    catalogue.close()


async def _open(folder: Path) -> Catalogue:
    engine = SqliteEngine(connect(folder / "shops.sqlite"))
    migrate(engine)
    rooms = operations(room.COMMANDS for room in (shops, catalog, inventory, shipping, tax, discounts))
    storage = Storage(InProcess(engine, rooms, now_ms), SqliteReader(folder / "shops.sqlite", now_ms))
    await open_demo_shops(storage, folder / "media")
    catalogue = Catalogue(folder / "catalogue.sqlite")
    following = asyncio.create_task(Follower(storage, catalogue).run())
    await until(lambda: catalogue.ready and len(catalogue.cursors()) == 3, seconds=30)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    await storage.close()
    return catalogue


def rank(shelf: Shelf, typed: str, expected: str) -> int:
    """At which place the expected product stands; 0: not among those found."""
    handles = [product.handle for product in shelf.search(Sought(typed)).products]
    return handles.index(expected) + 1 if expected in handles else 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nine_in_ten_find_what_they_mean_among_the_first_three(shelves: dict[str, Shelf], language: str) -> None:
    judged = [row for row in JUDGED if row["language"] == language]
    places = {row["typed"]: rank(shelves[row["shop"]], row["typed"], row["expected"]) for row in judged}
    missed = {typed: place for typed, place in places.items() if not 1 <= place <= FIRST}
    assert len(judged) == 30
    assert len(missed) <= len(judged) * (1 - LEAST), missed
