"""What gateways say by themselves of charges that have their orders."""

from matjar.core.tx import Tx
from matjar.domain import orders, payments, tasks
from matjar.domain.orders import Order
from matjar.domain.payments import Outcome, State
from tests.domain.orders.sales import goods, sell, stock


def say(tx: Tx, order: Order, state: State) -> Order:
    """The gateway says so; tells how the order stands then."""
    (intent,) = payments.intents_of_checkout(tx, checkout_id=order.checkout_id)
    orders.hear(tx, intent_id=intent.id, outcome=Outcome(state))
    return orders.load(tx, order_id=order.id)


def test_money_taken_in_the_gateway_s_own_pages_pays_the_order_once(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 100)], State.AUTHORIZED)
    for _ in range(2):
        heard = say(tx, order, State.CAPTURED)
        assert (heard.financial_status, heard.paid_minor) == ("paid", order.total_minor)


def test_held_money_that_lapsed_is_owed_again_and_a_task(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 100)], State.AUTHORIZED)
    assert say(tx, order, State.VOIDED).financial_status == "pending"
    assert [task.kind for task in tasks.list_open(tx)] == ["authorization_gone"]


def test_news_that_overtake_the_answer_settle_the_capture(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 100)], State.AUTHORIZED)
    begun = orders.begin_capture(tx, order_id=order.id)
    assert say(tx, order, State.CAPTURED).financial_status == "paid"
    assert begun.transaction is not None
    orders.settle_transaction(tx, transaction_id=begun.transaction.id, outcome=Outcome(State.CAPTURED))
    assert orders.load(tx, order_id=order.id).paid_minor == order.total_minor


def test_a_capture_that_finds_nothing_held_any_more_leaves_the_order_owed(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 100)], State.AUTHORIZED)
    begun = orders.begin_capture(tx, order_id=order.id)
    assert begun.transaction is not None
    orders.settle_transaction(tx, transaction_id=begun.transaction.id, outcome=Outcome(State.VOIDED))
    assert orders.load(tx, order_id=order.id).financial_status == "pending"
    assert orders.mark_paid(tx, order_id=order.id).financial_status == "paid"


def test_a_late_word_about_a_paid_order_changes_nothing(tx: Tx) -> None:
    stock(tx, [11])
    order = sell(tx, [goods(11, 1, 100)])
    assert say(tx, order, State.DECLINED) == order
