"""Holds that lapse, and orders whose hold is gone."""

import pytest

from matjar.core.clock import MINUTE
from matjar.core.refusal import Refusal
from matjar.domain import inventory, tasks
from matjar.domain.inventory import Share
from matjar.storage.tx import ShopTx
from tests.domain.inventory.shelf import BALM, SOAP, available, counts, hold, open_location, want


def test_the_next_buyer_gets_what_has_lapsed(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=2)
    hold(shop, 1, want(2), minutes=1)
    shop.now += MINUTE
    assert available(shop) == 2
    hold(shop, 2, want(1))
    assert counts(shop, dubai) == (2, 0, 1)
    assert available(shop) == 1


def test_a_hold_in_flight_does_not_lapse(shop: ShopTx) -> None:
    open_location(shop, "Dubai", soap=2)
    hold(shop, 1, want(2), minutes=1, in_flight=True)
    shop.now += 60 * MINUTE
    assert inventory.give_back_lapsed(shop) == 0
    with pytest.raises(Refusal, match="sold_out"):
        hold(shop, 2, want(1))


def test_the_sweeper_gives_back_what_nobody_asked_for_a_few_at_a_time(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=9)
    for checkout_id in (1, 2, 3):
        hold(shop, checkout_id, want(2), minutes=checkout_id)
    shop.now += 3 * MINUTE
    before = len(shop._head.announced)
    assert inventory.give_back_lapsed(shop, most=2) == 2
    assert counts(shop, dubai)[0] == 9
    assert len(shop._head.announced) == before + 1
    assert inventory.give_back_lapsed(shop, most=2) == 1
    assert inventory.give_back_lapsed(shop, most=2) == 0
    assert shop.one("SELECT reserved FROM inventory_levels WHERE shop_id = :shop_id") == (0,)


def test_a_lapsed_hold_that_nobody_took_is_still_good_for_its_order(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=2)
    hold(shop, 1, want(2), minutes=1)
    shop.now += 5 * MINUTE
    assert inventory.commit(shop, checkout_id=1, order_id=9) == (Share(SOAP, dubai, 2),)
    assert counts(shop, dubai) == (2, 2, 0)


def test_an_order_whose_hold_is_gone_takes_what_is_free_wherever_it_is(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=2)
    ajman = open_location(shop, "Ajman", priority=1, soap=2)
    hold(shop, 1, want(2), minutes=1)
    shop.now += MINUTE
    hold(shop, 2, want(1))
    assert inventory.commit(shop, checkout_id=1, order_id=9, wants=[want(2)]) == (Share(SOAP, ajman, 2),)
    assert counts(shop, dubai) == (2, 0, 1)
    assert tasks.list_open(shop) == []


def test_an_order_that_no_longer_fits_is_promised_all_the_same_and_is_a_task(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=3, balm=1)
    hold(shop, 1, want(2), want(1, BALM), minutes=1)
    inventory.release(shop, checkout_id=1)
    hold(shop, 2, want(2))
    shares = inventory.commit(shop, checkout_id=1, order_id=9, wants=[want(2), want(1, BALM)])
    assert sorted(shares, key=str) == [Share(SOAP, dubai, 2), Share(BALM, dubai, 1)]
    assert counts(shop, dubai) == (3, 2, 2)
    (task,) = tasks.list_open(shop)
    assert (task.kind, task.subject_id) == ("oversold", 9)
    assert task.facts == {"items": [{"inventory_item_id": SOAP, "quantity": 1}]}


def test_a_hold_that_is_too_small_does_not_count_twice(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=3)
    hold(shop, 1, want(2))
    hold(shop, 2, want(1))
    assert inventory.commit(shop, checkout_id=1, order_id=9, wants=[want(3)]) == (Share(SOAP, dubai, 3),)
    assert tasks.list_open(shop)[0].facts == {"items": [{"inventory_item_id": SOAP, "quantity": 1}]}


def test_an_order_for_what_was_never_stocked_is_promised_from_the_first_location(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai")
    assert inventory.commit(shop, checkout_id=1, order_id=9, wants=[want(1)]) == (Share(SOAP, dubai, 1),)
    assert counts(shop, dubai) == (0, 1, 0)
    assert len(tasks.list_open(shop)) == 1


def test_stock_that_was_moved_away_is_not_promised_by_a_lapsed_hold(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=2)
    ajman = open_location(shop, "Ajman", priority=1)
    hold(shop, 1, want(2), minutes=1)
    shop.now += MINUTE
    inventory.transfer(shop, inventory_item_id=SOAP, from_location_id=dubai, to_location_id=ajman, quantity=2)
    assert inventory.commit(shop, checkout_id=1, order_id=9, wants=[want(2)]) == (Share(SOAP, ajman, 2),)
