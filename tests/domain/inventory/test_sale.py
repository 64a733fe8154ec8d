"""The way of a sale: reserve, commit, send; and back from each step."""

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import inventory, tasks
from matjar.domain.inventory import Share
from matjar.storage.tx import ShopTx
from tests.domain.inventory.shelf import BALM, SOAP, VOUCHER, available, counts, hold, open_location, want


def test_a_sale_goes_from_the_shelf_to_the_parcel(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=5)
    assert hold(shop, 1, want(2)) == (Share(SOAP, dubai, 2),)
    assert counts(shop, dubai) == (5, 0, 2)
    shares = inventory.commit(shop, checkout_id=1, order_id=9)
    assert shares == (Share(SOAP, dubai, 2),)
    assert counts(shop, dubai) == (5, 2, 0)
    inventory.send(shop, order_id=9, shares=shares)
    assert counts(shop, dubai) == (3, 0, 0)


def test_each_step_is_in_the_history_with_its_order(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=5)
    hold(shop, 1, want(2))
    shares = inventory.commit(shop, checkout_id=1, order_id=9)
    inventory.send(shop, order_id=9, shares=shares)
    inventory.restock(shop, order_id=9, shares=[Share(SOAP, dubai, 1)])
    history = inventory.movements(shop, inventory_item_id=SOAP)
    told = [(one.kind, one.on_hand_delta, one.committed_delta, one.subject_id) for one in history]
    assert told == [("restock", 1, 0, 9), ("send", -2, -2, 9), ("sell", 0, 2, 9), ("set", 5, 0, 0)]


def test_what_is_held_is_sold_out_for_others(shop: ShopTx) -> None:
    open_location(shop, "Dubai", soap=5)
    hold(shop, 1, want(3))
    assert available(shop) == 2
    with pytest.raises(Refusal) as refused:
        hold(shop, 2, want(3))
    assert refused.value.code == "inventory.sold_out"
    assert refused.value.facts == {"available": 2, "title": "Rose soap"}


def test_two_lines_of_the_same_item_are_one_wish(shop: ShopTx) -> None:
    open_location(shop, "Dubai", soap=3)
    with pytest.raises(Refusal) as refused:
        hold(shop, 1, want(2), want(2))
    assert refused.value.facts["available"] == 3


def test_a_second_reserving_replaces_the_first(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=5, balm=5)
    hold(shop, 1, want(5))
    hold(shop, 1, want(4), want(1, BALM))
    assert counts(shop, dubai) == (5, 0, 4)
    hold(shop, 1, want(2, BALM))
    assert counts(shop, dubai) == (5, 0, 0)
    assert counts(shop, dubai, BALM) == (5, 0, 2)


def test_a_released_hold_can_be_sold_to_others(shop: ShopTx) -> None:
    open_location(shop, "Dubai", soap=2)
    hold(shop, 1, want(2), in_flight=True)
    inventory.release(shop, checkout_id=1)
    inventory.release(shop, checkout_id=1)
    assert available(shop) == 2
    hold(shop, 2, want(2))


def test_a_hold_in_two_places_is_given_back_in_both(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=1)
    ajman = open_location(shop, "Ajman", soap=1)
    hold(shop, 1, want(2))
    inventory.release(shop, checkout_id=1)
    assert counts(shop, dubai) == counts(shop, ajman) == (1, 0, 0)


def test_what_is_cancelled_before_it_is_sent_can_be_sold_again(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=2)
    hold(shop, 1, want(2))
    shares = inventory.commit(shop, checkout_id=1, order_id=9)
    inventory.uncommit(shop, order_id=9, shares=shares)
    assert counts(shop, dubai) == (2, 0, 0)


def test_what_is_fetched_comes_from_where_it_is_fetched(shop: ShopTx) -> None:
    open_location(shop, "Dubai", soap=5)
    mall = open_location(shop, "Mall", priority=9, soap=1)
    held = inventory.reserve(
        shop, checkout_id=1, wants=[want(1)], lapses_at=shop.now + 1, in_flight=True, location_id=mall
    )
    assert held == (Share(SOAP, mall, 1),)
    with pytest.raises(Refusal, match="sold_out"):
        inventory.reserve(shop, checkout_id=1, wants=[want(2)], lapses_at=0, in_flight=True, location_id=mall)


def test_what_sells_without_end_is_promised_below_zero_and_nobody_is_bothered(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=1)
    hold(shop, 1, want(3, continue_selling=True))
    assert counts(shop, dubai) == (1, 0, 3)
    assert inventory.commit(shop, checkout_id=1, order_id=9) == (Share(SOAP, dubai, 3),)
    assert tasks.list_open(shop) == []


def test_what_is_not_tracked_is_never_sold_out_and_has_no_count_to_show(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=1)
    assert hold(shop, 1, want(1), want(7, VOUCHER)) == (Share(SOAP, dubai, 1), Share(VOUCHER, dubai, 7))
    inventory.commit(shop, checkout_id=1, order_id=9)
    assert inventory.available(shop, [SOAP, BALM, VOUCHER]) == {SOAP: 0, BALM: 0}
    assert tasks.list_open(shop) == []


def test_a_shop_without_a_location_sells_nothing(shop: ShopTx) -> None:
    with pytest.raises(Refusal, match="sold_out"):
        hold(shop, 1, want(1))
    with pytest.raises(Refusal, match="no_location"):
        hold(shop, 1, want(1, VOUCHER))


def test_buying_is_announced_once_for_all_its_items(shop: ShopTx) -> None:
    open_location(shop, "Dubai", soap=5, balm=5)
    before = len(shop._head.announced)
    hold(shop, 1, want(2), want(1, BALM))
    inventory.commit(shop, checkout_id=1, order_id=9)
    assert [each["type"] for each in shop._head.announced[before:]] == ["stock_changed"]
