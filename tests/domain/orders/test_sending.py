"""Sending."""

import pytest

from matjar.core.refusal import Refusal
from matjar.core.tx import Tx
from matjar.domain import inventory, invoices, orders
from matjar.domain.orders import Piece, Restock, Return, Tracking
from matjar.domain.payments import State
from tests.domain.orders.sales import goods, sell, stock


def test_all_that_is_left_is_sent(tx: Tx) -> None:
    location_id = stock(tx, [11, 12])
    order = sell(tx, [goods(11, 3, 100), goods(12, 1, 100)])
    (first,) = orders.fulfil(tx, order_id=order.id, lines=(Piece(order.lines[0].id, 2),))
    assert orders.load(tx, order_id=order.id).fulfilment_status == "partial"
    (rest,) = orders.fulfil(tx, order_id=order.id, tracking=Tracking("Aramex", "AX1"))
    assert orders.load(tx, order_id=order.id).fulfilment_status == "fulfilled"
    assert first.lines == (Piece(order.lines[0].id, 2),)
    assert rest.lines == (Piece(order.lines[0].id, 1), Piece(order.lines[1].id, 1))
    level = inventory.load_level(tx, inventory_item_id=11, location_id=location_id)
    assert (level.on_hand, level.committed) == (97, 0)
    with pytest.raises(Refusal, match=r"orders\.nothing_to_send"):
        orders.fulfil(tx, order_id=order.id)


def test_each_location_sends_its_own_parcel(tx: Tx) -> None:
    near = stock(tx, [11], on_hand=1)
    far = inventory.create_location(tx, name="Warehouse", priority=9).id
    inventory.set_stock(tx, inventory_item_id=11, location_id=far, on_hand=5)
    order = sell(tx, [goods(11, 6, 100)])
    with pytest.raises(Refusal, match=r"orders\.cannot_send"):
        orders.fulfil(tx, order_id=order.id, lines=(Piece(order.lines[0].id, 2),), location_id=near)
    (parcel,) = orders.fulfil(tx, order_id=order.id, location_id=far)
    assert (parcel.location_id, parcel.lines[0].quantity) == (far, 5)
    (parcel,) = orders.fulfil(tx, order_id=order.id)
    assert (parcel.location_id, parcel.lines[0].quantity) == (near, 1)


def test_goods_sent_before_they_are_paid_have_their_invoice(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 100)], State.DEFERRED, "cash_on_delivery")
    orders.fulfil(tx, order_id=order.id)
    assert [paper.number for paper in invoices.invoices_of(tx, order_id=order.id)] == [1]
    orders.mark_paid(tx, order_id=order.id)
    assert len(invoices.invoices_of(tx, order_id=order.id)) == 1


def test_a_parcel_is_tracked_later(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 100)])
    (parcel,) = orders.fulfil(tx, order_id=order.id)
    orders.track(tx, order_id=order.id, fulfilment_id=parcel.id, tracking=Tracking("Aramex", "AX1"))
    assert orders.load_dossier(tx, order_id=order.id).fulfilments[0].tracking.number == "AX1"
    with pytest.raises(Refusal, match=r"orders\.no_such_fulfilment"):
        orders.track(tx, order_id=order.id, fulfilment_id=1, tracking=Tracking())


def test_an_order_of_which_nothing_is_left_to_send_waits_for_nobody(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 2, 100)])
    unsent = orders.Filter(status="open", fulfilment_status="unsent")
    assert orders.count(tx, matching=unsent) == 1
    taken = Return(order.lines[0].id, 2, Restock.CANCEL)
    assert orders.begin_refund(tx, order_id=order.id, lines=(taken,)).order.fulfilment_status == "restocked"
    assert orders.count(tx, matching=unsent) == 0
    with pytest.raises(Refusal, match="Nothing of this order is left to be sent"):
        orders.fulfil(tx, order_id=order.id)
