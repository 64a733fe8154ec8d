"""Placing an order."""

from matjar.core.ids import hash_token
from matjar.core.tx import Tx
from matjar.domain import ledger, orders, payments
from matjar.domain.payments import State
from tests.domain.orders.sales import goods, sell, stock


def test_an_order_is_found_as_it_was_placed(tx: Tx) -> None:
    stock(tx, [11, 12])
    order = sell(tx, [goods(11, 2, 9900), goods(12, 1, 500)])
    assert orders.load(tx, order_id=order.id) == order
    assert orders.find_by_token(tx, token_hash=hash_token(str(order.checkout_id))) == order
    assert orders.find_by_number(tx, number=1) == order
    assert order.name == "#1001"


def test_a_card_s_order_is_paid_and_invoiced(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 2, 10_500)])
    dossier = orders.load_dossier(tx, order_id=order.id)
    assert (order.financial_status, order.paid_minor, order.due_minor) == ("paid", 23_500, 0)
    assert [each.kind for each in dossier.transactions] == ["sale"]
    assert [paper.name for paper in dossier.invoices] == ["INV-000001"]
    assert ledger.balances(tx) == {
        ("delivery", "AED"): -2381,
        ("gateway:twin", "AED"): 23_500,
        ("receivable", "AED"): 0,
        ("sales", "AED"): -20_000,
        ("tax:AE", "AED"): -1119,
    }


def test_cash_on_delivery_is_owed_until_it_is_paid(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 10_500)], State.DEFERRED, "cash_on_delivery")
    assert (order.financial_status, order.due_minor) == ("pending", 13_000)
    assert not orders.load_dossier(tx, order_id=order.id).invoices
    paid = orders.mark_paid(tx, order_id=order.id)
    assert (paid.financial_status, paid.due_minor) == ("paid", 0)
    assert len(orders.load_dossier(tx, order_id=order.id).invoices) == 1


def test_the_charge_belongs_to_the_order_and_is_not_asked_about_again(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 10_500)])
    (intent,) = payments.intents_of_checkout(tx, checkout_id=order.checkout_id)
    assert (intent.order_id, intent.due_at) == (order.id, 0)
