"""Refunds and cancelled orders, where money was not taken yet or goods not sent."""

import pytest

from matjar.core.refusal import Refusal
from matjar.core.tx import Tx
from matjar.domain import inventory, invoices, ledger, orders, tasks
from matjar.domain.invoices import Paper
from matjar.domain.orders import Restock, Return
from matjar.domain.payments import RefundState, State
from tests.domain.orders.sales import goods, sell, stock


def test_a_line_taken_off_an_unpaid_order_is_simply_not_owed(tx: Tx) -> None:
    stock(tx, [11, 12])
    order = sell(tx, [goods(11, 1, 10_000), goods(12, 1, 5_000)], State.DEFERRED, "cash_on_delivery")
    begun = orders.begin_refund(tx, order_id=order.id, lines=(Return(order.lines[1].id, 1, Restock.CANCEL),))
    assert begun.refund is not None
    assert (begun.refund.state, begun.refund.amount_minor) == (RefundState.REFUNDED, 0)
    assert (begun.order.financial_status, begun.order.due_minor) == ("pending", 12_500)
    assert inventory.available(tx, [12]) == {12: 100}
    orders.fulfil(tx, order_id=order.id)
    (invoice,) = invoices.invoices_of(tx, order_id=order.id)
    assert (invoice.total_minor, [item.title for item in invoice.body.items]) == (12_500, ["Soap 11", "Courier"])
    assert orders.mark_paid(tx, order_id=order.id).financial_status == "paid"


def test_an_unpaid_order_that_is_cancelled_owes_nothing_and_leaves_no_paper(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 2, 10_000)], State.DEFERRED, "cash_on_delivery")
    begun = orders.begin_cancel(tx, order_id=order.id, reason=orders.CancelReason.INVENTORY)
    assert (begun.order.status, begun.order.financial_status, begun.order.due_minor) == ("cancelled", "voided", 0)
    assert (begun.order.cancel_reason, inventory.available(tx, [11])) == ("inventory", {11: 100})
    assert invoices.invoices_of(tx, order_id=order.id) == []
    assert set(ledger.balances(tx).values()) == {0}
    with pytest.raises(Refusal, match=r"orders\.cancelled"):
        orders.fulfil(tx, order_id=order.id)
    with pytest.raises(Refusal, match=r"orders\.nothing_due"):
        orders.mark_paid(tx, order_id=order.id)


def test_of_an_order_sent_in_part_only_the_rest_is_cancelled(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 3, 10_000)])
    orders.fulfil(tx, order_id=order.id, lines=(orders.Piece(order.lines[0].id, 1),))
    begun = orders.begin_cancel(tx, order_id=order.id)
    assert begun.refund is not None
    assert begun.refund.amount_minor == 20_000
    assert (begun.order.fulfilment_status, inventory.available(tx, [11])) == ("fulfilled", {11: 99})
    note = invoices.invoices_of(tx, order_id=order.id)[1]
    assert (note.kind, note.total_minor, note.body.items[0].quantity) == (Paper.CREDIT_NOTE, 20_000, 2)


def test_a_refunded_piece_that_is_not_restocked_is_still_sent(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 10_000)])
    orders.begin_refund(tx, order_id=order.id, lines=(Return(order.lines[0].id, 1),))
    assert orders.fulfil(tx, order_id=order.id)


def test_a_price_let_down_is_a_credit_note_with_its_tax(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 10_500)])
    orders.begin_refund(tx, order_id=order.id, amount_minor=2_100, reason="A scratch")
    note = invoices.invoices_of(tx, order_id=order.id)[1]
    assert (note.total_minor, note.tax_minor) == (2_100, 100)


def test_what_can_still_be_refunded_is_told(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 3, 10_000)])
    orders.begin_refund(tx, order_id=order.id, lines=(Return(order.lines[0].id, 1),), delivery_minor=500)
    left = orders.refundable(tx, order_id=order.id)
    assert left.pieces == (orders.Piece(order.lines[0].id, 2),)
    assert (left.delivery_minor, left.total_minor) == (2_000, 22_000)


def test_what_is_all_sent_is_not_cancelled(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 10_000)])
    orders.fulfil(tx, order_id=order.id)
    with pytest.raises(Refusal, match=r"orders\.sent"):
        orders.begin_cancel(tx, order_id=order.id)


def test_a_refund_comes_out_as_it_was_shown_before(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 3, 9_999)])
    wanted = (Return(order.lines[0].id, 2),)
    shown = orders.preview_refund(tx, order_id=order.id, lines=wanted, delivery_minor=1_000)
    begun = orders.begin_refund(tx, order_id=order.id, lines=wanted, delivery_minor=1_000)
    assert begun.refund is not None
    assert (begun.refund.credit, begun.refund.amount_minor) == (shown.credit, shown.amount_minor)
    assert shown.amount_minor == 20_998


def test_what_the_gateway_would_not_give_back_is_settled_by_hand_and_its_task_with_it(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 10_000)])
    begun = orders.begin_cancel(tx, order_id=order.id)
    assert begun.refund is not None
    with pytest.raises(Refusal, match=r"orders\.nothing_to_refund"):
        orders.mark_refunded(tx, order_id=order.id)
    orders.settle_refund(tx, refund_id=begun.refund.id, given=False)
    assert tasks.count_open(tx) == 1
    with pytest.raises(Refusal, match=r"orders\.too_much"):
        orders.mark_refunded(tx, order_id=order.id, amount_minor=12_501)
    assert orders.mark_refunded(tx, order_id=order.id, amount_minor=2_500).due_minor == -10_000
    assert tasks.count_open(tx) == 1
    settled = orders.mark_refunded(tx, order_id=order.id)
    assert (settled.financial_status, settled.due_minor, tasks.count_open(tx)) == ("refunded", 0, 0)
    assert sum(ledger.balances(tx).values()) == 0
