"""`matjar order`, `stock` and `price`: a merchant's work with nothing running but the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from matjar.compose.cli import assemble
from matjar.core.clock import now_ms
from matjar.core.refusal import Refusal
from matjar.core.tx import SYSTEM
from matjar.domain import catalog, inventory, shops
from matjar.domain.catalog import NewVariant
from matjar.domain.payments import State
from matjar.storage.head import Head
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, connect
from matjar.storage.tx import ShopTx
from tests.conftest import DEMO
from tests.domain.orders.sales import goods, sell

Say = Callable[..., str]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Call the command line in a home whose shop has sold two soaps, to be paid on delivery; tells what it said."""
    monkeypatch.setenv("MATJAR_HOME", str(tmp_path))
    fill(tmp_path / "shops.sqlite")

    def call(*words: str) -> str:
        assemble(words[0])(list(words), standalone_mode=False)
        return capsys.readouterr().out

    return call


def fill(database: Path) -> None:
    """Open the shop, stock it, and sell."""
    engine = SqliteEngine(connect(database))
    migrate(engine)
    engine.begin()
    head = Head(1)
    tx = ShopTx(engine, head, now_ms(), SYSTEM, "test")
    shops.create(
        tx, handle="demo", name="Demo", currency="AED", country="AE", time_zone="Asia/Dubai", settings=DEMO
    )
    soap = catalog.create_product(tx, title="Rose soap", variants=(NewVariant(sku="R-1", price_minor=10_500),))
    item_id = soap.variants[0].inventory_item_id
    location = inventory.create_location(tx, name="Store room")
    inventory.set_stock(tx, inventory_item_id=item_id, location_id=location.id, on_hand=9)
    sell(tx, [goods(item_id, 2, 10_500)], State.DEFERRED, "cash_on_delivery")
    head.save(engine, now_ms())
    engine.commit()
    engine.close()


def test_an_order_is_sent_paid_and_refunded_from_the_command_line(say: Say) -> None:
    assert "#1001" in say("order", "list", "demo", "--sent", "unfulfilled")
    assert say("order", "fulfil", "demo", "1001", "--line", "1:1", "--company", "Aramex", "--tracking", "AX1")
    assert say("order", "mark-paid", "demo", "#1001") == "#1001: open, paid, partial.\n"
    refunded = say("order", "refund", "demo", "1001", "--line", "1:1", "--restock", "return", "--delivery", "5")
    assert refunded == "#1001: open, partially_refunded, partial.\n110.00 AED by cash_on_delivery: refunded.\n"
    cancelled = say("order", "cancel", "demo", "1001", "--reason", "customer")
    assert cancelled.startswith("#1001: cancelled, partially_refunded, fulfilled.\n105.00 AED")
    shown = say("order", "show", "demo", "1001")
    for word in ("INV-000001", "CN-000001", "CN-000002", "parcel AX1", "Soap", "due"):
        assert word in shown


def test_stock_and_prices_change_from_the_command_line(say: Say) -> None:
    assert say("stock", "set", "demo", "R-1", "5") == "R-1: 5 at Store room, 3 of them to be sold.\n"
    assert say("price", "set", "demo", "R-1", "99.50") == "Rose soap (R-1): 99.50 AED.\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("order", "show", "demo", "1002"), "orders.no_such_order"),
        (("order", "capture", "demo", "1001"), "orders.not_authorized"),
        (("price", "set", "demo", "R-2", "1"), "goods.no_such_sku"),
        (("stock", "set", "demo", "R-1", "1", "--location", "Moon"), "goods.which_location"),
    ],
)
def test_what_cannot_be_done_is_refused(say: Say, words: tuple[str, ...], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        say(*words)


def test_a_line_that_is_not_there_is_bad_usage(say: Say) -> None:
    with pytest.raises(typer.BadParameter, match="7 is not a line"):
        say("order", "fulfil", "demo", "1001", "--line", "7")
