"""Charges: what the gateway says of them, in any order, and what becomes of those that nobody wants any more."""

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from matjar.core.tx import Tx
from matjar.domain import ledger, payments
from matjar.domain.payments import Intent, Outcome, RefundState, State, Status
from matjar.domain.payments.rules import move


def charge(tx: Tx) -> Intent:
    """A charge of 100 dirhams that was asked for."""
    return payments.begin(
        tx, checkout_id=7, gateway="twin", amount_minor=10_000, currency="AED", capture="automatic",
        due_at=tx.now + 1_000,
    )  # fmt: skip


def tell(tx: Tx, intent: Intent, state: State) -> Intent:
    """The gateway says so."""
    return payments.note(tx, intent_id=intent.id, outcome=Outcome(state, "ch_1"), due_at=tx.now)


@given(st.lists(st.sampled_from(State)).flatmap(lambda news: st.tuples(st.just(news), st.permutations(news))))
def test_news_in_any_order_end_in_the_same_truth(news: tuple[list[State], list[State]]) -> None:
    one, other = news
    assert reduce(move, one, State.CHARGING) is reduce(move, other * 2, State.CHARGING)


def test_captured_absorbs_everything(tx: Tx) -> None:
    intent = charge(tx)
    assert tell(tx, intent, State.CAPTURED).state is State.CAPTURED
    assert tell(tx, intent, State.DECLINED).state is State.CAPTURED
    assert payments.load_intent(tx, intent_id=intent.id).reference == "ch_1"


def test_a_charge_is_due_until_it_has_an_order(tx: Tx) -> None:
    intent = charge(tx)
    assert payments.due_intents(tx, most=10) == []
    tell(tx, intent, State.CAPTURED)
    assert [due.id for due in payments.due_intents(tx, most=10)] == [intent.id]
    payments.attach(tx, intent_id=intent.id, order_id=9)
    assert payments.due_intents(tx, most=10) == []
    tell(tx, intent, State.CAPTURED)
    assert payments.due_intents(tx, most=10) == []


def test_a_charge_that_became_no_order_goes_back_once(tx: Tx) -> None:
    intent = charge(tx)
    for _ in range(2):
        tell(tx, intent, State.CAPTURED)
        payments.return_charge(tx, intent_id=intent.id, reason="sold out", due_at=tx.now)
    (refund,) = payments.due_refunds(tx, most=10)
    assert (refund.order_id, refund.amount_minor, refund.reference) == (None, 10_000, "ch_1")
    assert ledger.balances(tx)[("refunds_due", "AED")] == -10_000
    assert payments.settle_refund(tx, refund_id=refund.id, given=True).state is RefundState.REFUNDED
    assert payments.due_refunds(tx, most=10) == []
    assert set(ledger.balances(tx).values()) == {0}


def test_money_that_was_only_held_is_let_go(tx: Tx) -> None:
    intent = charge(tx)
    tell(tx, intent, State.AUTHORIZED)
    payments.return_charge(tx, intent_id=intent.id, reason="sold out", due_at=tx.now)
    (void,) = payments.due_transactions(tx, most=10)
    settled = payments.settle_transaction(tx, transaction_id=void.id, outcome=Outcome(State.VOIDED))
    assert (settled.status, settled.order_id) == (Status.SUCCESS, None)
    assert payments.load_intent(tx, intent_id=intent.id).state is State.VOIDED
    assert payments.due_intents(tx, most=10) == []
    assert ledger.balances(tx) == {}


def test_held_money_that_came_although_it_was_to_be_let_go_is_looked_into(tx: Tx) -> None:
    intent = charge(tx)
    tell(tx, intent, State.AUTHORIZED)
    payments.return_charge(tx, intent_id=intent.id, reason="sold out", due_at=tx.now)
    (void,) = payments.due_transactions(tx, most=10)
    payments.settle_transaction(tx, transaction_id=void.id, outcome=Outcome(State.CAPTURED))
    assert [due.state for due in payments.due_intents(tx, most=10)] == [State.CAPTURED]
    payments.return_charge(tx, intent_id=intent.id, reason="sold out", due_at=tx.now)
    assert len(payments.due_refunds(tx, most=10)) == 1


def test_a_charge_that_was_given_up_and_succeeds_after_all_is_due_again(tx: Tx) -> None:
    intent = charge(tx)
    payments.note(tx, intent_id=intent.id, outcome=Outcome(State.ABANDONED), due_at=0)
    assert payments.due_intents(tx, most=10) == []
    assert tell(tx, intent, State.CAPTURED).state is State.CAPTURED
    assert len(payments.due_intents(tx, most=10)) == 1
