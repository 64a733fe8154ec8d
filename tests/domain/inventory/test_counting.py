"""What people do with stock: count it, move it, say where it lies."""

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import inventory, tasks
from matjar.domain.inventory.model import PIECES
from matjar.storage.tx import ShopTx
from tests.domain.inventory.shelf import SOAP, VOUCHER, available, counts, hold, level, open_location, want


def test_a_count_replaces_the_one_before_and_leaves_promises_alone(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=5)
    hold(shop, 1, want(2))
    counted = inventory.set_stock(shop, inventory_item_id=SOAP, location_id=dubai, on_hand=8)
    assert counted == level(shop, dubai)
    assert counts(shop, dubai) == (8, 0, 2)
    assert counted.available == 6


def test_saying_what_is_available_leaves_room_for_what_is_promised(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=5)
    hold(shop, 1, want(2))
    inventory.set_available(shop, inventory_item_id=SOAP, location_id=dubai, available=10)
    assert counts(shop, dubai) == (12, 0, 2)


def test_an_adjustment_adds_to_what_is_there(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=5)
    inventory.adjust(shop, inventory_item_id=SOAP, location_id=dubai, delta=-2, reason="broken")
    assert counts(shop, dubai) == (3, 0, 0)
    assert inventory.movements(shop, inventory_item_id=SOAP, most=1)[0].reason == "broken"


def test_fewer_than_were_promised_is_a_task(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=5)
    hold(shop, 1, want(4))
    inventory.set_stock(shop, inventory_item_id=SOAP, location_id=dubai, on_hand=1)
    (task,) = tasks.list_open(shop)
    assert task.facts == {"items": [{"inventory_item_id": SOAP, "quantity": 3}]}
    assert available(shop) == 0


def test_what_is_not_tracked_may_be_fewer_than_promised(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai")
    inventory.connect(shop, inventory_item_id=VOUCHER, location_id=dubai)
    hold(shop, 1, want(4, VOUCHER))
    inventory.adjust(shop, inventory_item_id=VOUCHER, location_id=dubai, delta=-1)
    assert tasks.list_open(shop) == []


@pytest.mark.parametrize("on_hand", [-1, PIECES + 1])
def test_an_impossible_count_is_refused(shop: ShopTx, on_hand: int) -> None:
    dubai = open_location(shop, "Dubai")
    with pytest.raises(Refusal, match="bad_count"):
        inventory.set_stock(shop, inventory_item_id=SOAP, location_id=dubai, on_hand=on_hand)


def test_what_or_where_nobody_knows_cannot_be_stocked(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai")
    with pytest.raises(Refusal, match="no_such_location"):
        inventory.set_stock(shop, inventory_item_id=SOAP, location_id=dubai + 1, on_hand=1)
    with pytest.raises(Refusal, match="no_such_item"):
        inventory.connect(shop, inventory_item_id=999, location_id=dubai)
    with pytest.raises(Refusal, match="not_stocked"):
        inventory.adjust(shop, inventory_item_id=SOAP, location_id=dubai, delta=1)


def test_a_transfer_moves_what_is_not_promised(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=5)
    ajman = open_location(shop, "Ajman", priority=1)
    hold(shop, 1, want(2))
    with pytest.raises(Refusal) as refused:
        inventory.transfer(shop, inventory_item_id=SOAP, from_location_id=dubai, to_location_id=ajman, quantity=4)
    assert refused.value.facts == {"available": 3}
    inventory.transfer(shop, inventory_item_id=SOAP, from_location_id=dubai, to_location_id=ajman, quantity=3)
    assert counts(shop, dubai) == (2, 0, 2)
    assert counts(shop, ajman) == (3, 0, 0)
    assert available(shop) == 3


def test_only_an_empty_shelf_is_taken_away(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=1)
    with pytest.raises(Refusal, match="still_stocked"):
        inventory.disconnect(shop, inventory_item_id=SOAP, location_id=dubai)
    inventory.set_stock(shop, inventory_item_id=SOAP, location_id=dubai, on_hand=0)
    inventory.disconnect(shop, inventory_item_id=SOAP, location_id=dubai)
    assert inventory.levels_of(shop, inventory_item_id=SOAP) == []


def test_levels_are_listed_by_item_and_by_location(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=1, balm=2)
    ajman = open_location(shop, "Ajman", soap=3)
    assert [one.location_id for one in inventory.levels_of(shop, inventory_item_id=SOAP)] == [dubai, ajman]
    assert [one.on_hand for one in inventory.levels_at(shop, location_id=dubai)] == [1, 2]
    assert [one.on_hand for one in inventory.levels_at(shop, location_id=dubai, after_id=SOAP)] == [2]
