"""The command line, called in this process: what it says, and its exit code."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from matjar.compose import cli, speech
from matjar.core.clock import now_ms
from matjar.core.tx import SYSTEM
from matjar.domain import catalog, inventory, shipping, shops
from matjar.domain.catalog import NewVariant, Option
from matjar.domain.payments import State
from matjar.domain.shipping import Method, MethodKind
from matjar.storage.head import Head
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, connect
from matjar.storage.tx import ShopTx
from tests.conftest import DEMO
from tests.domain.orders.sales import goods, sell


class Called(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Call = Callable[..., Called]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Call]:
    """Call a command with an empty home, in English."""
    monkeypatch.setenv("MATJAR_HOME", str(tmp_path / "var"))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def calling(*words: str, language: str = "") -> Called:
        monkeypatch.setenv("LANG", language)
        speech._catalogue.cache_clear()
        code = cli.run(list(words))
        return Called(code, *capfd.readouterr())

    yield calling
    speech._catalogue.cache_clear()


@pytest.fixture
def shop(call: Call, tmp_path: Path) -> Call:
    """The same, in the home of a shop that has sold two soaps, to be paid on delivery."""
    (tmp_path / "var").mkdir()
    fill(tmp_path / "var" / "shops.sqlite")
    return call


def fill(database: Path) -> None:
    """Open the shop, stock it, and sell."""
    engine = SqliteEngine(connect(database))
    migrate(engine)
    engine.begin()
    head = Head(1)
    tx = ShopTx(engine, head, now_ms(), SYSTEM, "test")
    shops.create(
        tx, handle="demo", name="Demo", currency="AED", country="AE", time_zone="Asia/Dubai", languages=("en", "ar"),
        settings=DEMO,
    )  # fmt: skip
    soap = catalog.create_product(
        tx, title="Rose soap", options=(Option("Size"),),
        variants=(
            NewVariant(10_500, ("Large",), sku="R-1"), NewVariant(5_500, ("Small",), sku="R-2"),
            NewVariant(2_500, ("Trial",), sku="TWICE"), NewVariant(2_000, ("Gift",), sku="TWICE"),
        ),
    )  # fmt: skip
    item_id = soap.variants[0].inventory_item_id
    location = inventory.create_location(tx, name="Store room")
    catalog.translate(tx, owner_type="location", owner_id=location.id, language="ar", texts={"title": "المخزن"})
    catalog.translate(tx, owner_type="product", owner_id=soap.id, language="ar", texts={"title": "صابون الورد"})
    inventory.set_stock(tx, inventory_item_id=item_id, location_id=location.id, on_hand=9)
    standard = Method("standard", MethodKind.FLAT, {"en": "Standard"}, 2_000, days_min=1, days_max=3)
    shipping.set_zone(tx, name="Emirates", places=("AE",), methods=(standard,))
    sell(tx, [goods(item_id, 2, 10_500)], State.DEFERRED, "cash_on_delivery")
    head.save(engine, now_ms())
    engine.commit()
    engine.close()
