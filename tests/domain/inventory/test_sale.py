"""The way of a sale: reserve, commit, send, and back."""

import pytest

from matjar.core.clock import MINUTE
from matjar.core.refusal import Refusal
from matjar.domain import inventory, tasks
from matjar.domain.inventory import Share, Want
from matjar.storage.tx import ShopTx

SOAP, BALM = 501, 502


def stock(tx: ShopTx, on_hand: int, item: int = SOAP, priority: int = 0) -> int:
    location = inventory.create_location(tx, name="Dubai", priority=priority)
    inventory.set_stock(tx, inventory_item_id=item, location_id=location.id, on_hand=on_hand)
    return location.id


def hold(tx: ShopTx, checkout_id: int, quantity: int, *, in_flight: bool = False) -> tuple[Share, ...]:
    wants = [Want(SOAP, quantity, False, "Rose soap")]
    return inventory.reserve(
        tx, checkout_id=checkout_id, wants=wants, lapses_at=tx.now + MINUTE, in_flight=in_flight
    )


def test_a_sale_goes_from_the_shelf_to_the_parcel(tx: ShopTx) -> None:
    dubai = stock(tx, 5)
    assert hold(tx, 1, 2) == (Share(SOAP, dubai, 2),)
    shares = inventory.commit(tx, checkout_id=1, order_id=9)
    assert shares == (Share(SOAP, dubai, 2),)
    level = inventory.load_level(tx, inventory_item_id=SOAP, location_id=dubai)
    assert (level.on_hand, level.committed, level.reserved) == (5, 2, 0)
    inventory.send(tx, order_id=9, shares=shares)
    level = inventory.load_level(tx, inventory_item_id=SOAP, location_id=dubai)
    assert (level.on_hand, level.committed, level.reserved) == (3, 0, 0)
    assert [movement.kind for movement in inventory.movements(tx, inventory_item_id=SOAP)] == ["send", "sell", "set"]


def test_what_is_held_is_sold_out_for_others(tx: ShopTx) -> None:
    stock(tx, 5)
    hold(tx, 1, 3)
    with pytest.raises(Refusal) as refused:
        hold(tx, 2, 3)
    assert refused.value.code == "inventory.sold_out"
    assert refused.value.facts == {"available": 2, "title": "Rose soap"}
    assert tasks.list_open(tx) == []
