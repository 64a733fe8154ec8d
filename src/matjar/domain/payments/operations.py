"""What is done with payments, before and after a gateway is called: never while it is."""

import msgspec

from matjar.core.limits import FINISHER_GRACE_MS
from matjar.core.tx import Tx
from matjar.domain import ledger
from matjar.domain.payments import events, queries, rules, store
from matjar.domain.payments.model import (
    NO_CREDIT,
    NOTHING_OPEN,
    Credit,
    Deed,
    Intent,
    PayoutAccount,
    Refund,
    RefundState,
    Status,
    Transaction,
)
from matjar.domain.payments.ports import Outcome, State

_TAKES_MONEY = (Deed.CAPTURE, Deed.SALE)


def begin(
    tx: Tx, *, checkout_id: int, gateway: str, amount_minor: int, currency: str, capture: str, due_at: int
) -> Intent:
    """Write down that a charge is about to be asked for; ``rules.key_of`` its id is the gateway's idempotency key.

    ``due_at`` is when the finisher asks the gateway, should nobody have brought the answer by then.
    """
    assert amount_minor >= 0
    intent = Intent(
        tx.new_id(), checkout_id, gateway, amount_minor, currency, capture, State.CHARGING, "", None,
        tx.now, due_at, tx.now,
    )  # fmt: skip
    store.insert_intent(tx, intent)
    return intent


def note(tx: Tx, *, intent_id: int, outcome: Outcome, due_at: int) -> Intent:
    """Take down what the gateway says; answers with the truth as it then stands, which never goes backwards.

    ``due_at`` is when the finisher asks next. A charge that is attached to an order or given back is not asked about
    again, unless the gateway brings news of it.
    """
    intent = queries.load_intent(tx, intent_id=intent_id)
    state = rules.move(intent.state, outcome.state)
    closed = intent.order_id is not None or (state is intent.state and intent.due_at == NOTHING_OPEN)
    noted = msgspec.structs.replace(
        intent,
        state=state,
        reference=intent.reference or outcome.reference,
        due_at=NOTHING_OPEN if closed else due_at,
    )
    if noted == intent:
        return intent
    noted = msgspec.structs.replace(noted, updated_at=tx.now)
    store.update_intent(tx, noted)
    return noted


def attach(tx: Tx, *, intent_id: int, order_id: int) -> None:
    """The charge paid for this order; the finisher need not ask about it any more."""
    intent = queries.load_intent(tx, intent_id=intent_id)
    store.update_intent(
        tx, msgspec.structs.replace(intent, order_id=order_id, due_at=NOTHING_OPEN, updated_at=tx.now)
    )


def record(
    tx: Tx,
    *,
    order_id: int,
    intent_id: int | None,
    kind: Deed,
    gateway: str,
    amount_minor: int,
    currency: str,
    status: Status,
    reference: str,
) -> Transaction:
    """Write what happened to an order's money, and post it: a capture or sale pays, a refund pays back."""
    transaction = Transaction(
        tx.new_id(), order_id, intent_id, kind, status, gateway, amount_minor, currency, reference, tx.now, NOTHING_OPEN
    )
    store.insert_transaction(tx, transaction)
    _post(tx, transaction)
    return transaction


def begin_capture(tx: Tx, *, intent: Intent, amount_minor: int) -> Transaction:
    """Write down that authorized money is about to be taken; ``rules.key_of`` the transaction's id is the key."""
    return _begin_transaction(tx, intent, Deed.CAPTURE, amount_minor, tx.now + FINISHER_GRACE_MS)


def begin_void(tx: Tx, *, intent: Intent) -> Transaction:
    """Write down that an authorization is about to be let go."""
    return _begin_transaction(tx, intent, Deed.VOID, intent.amount_minor, tx.now + FINISHER_GRACE_MS)


def settle_transaction(tx: Tx, *, transaction_id: int, outcome: Outcome) -> Transaction:
    """Record what became of a capture or void. Once settled it stays as it is, whoever asks again.

    A charge that became no order and whose money came although it was to be let go is due again at once.
    """
    transaction = queries.load_transaction(tx, transaction_id=transaction_id)
    if transaction.status is not Status.PENDING:
        return transaction
    done = rules.is_done(transaction.kind, outcome.state)
    settled = msgspec.structs.replace(
        transaction, status=Status.SUCCESS if done else Status.FAILURE, due_at=NOTHING_OPEN
    )
    store.update_transaction(tx, settled)
    if settled.intent_id is not None:
        told = Outcome(State.VOIDED) if done and settled.kind is Deed.VOID else outcome
        note(tx, intent_id=settled.intent_id, outcome=told, due_at=NOTHING_OPEN if done else tx.now)
    _post(tx, settled)
    return settled


def begin_refund(
    tx: Tx,
    *,
    order_id: int | None,
    intent_id: int | None,
    gateway: str,
    reference: str,
    amount_minor: int,
    currency: str,
    reason: str,
    credit: Credit = NO_CREDIT,
    due_at: int | None = None,
) -> Refund:
    """Write down what the buyer no longer owes and that money is about to go back; with no money it is done at once."""
    assert amount_minor >= 0
    state, due = RefundState.REFUNDING, tx.now + FINISHER_GRACE_MS if due_at is None else due_at
    if amount_minor == 0:
        state, due = RefundState.REFUNDED, NOTHING_OPEN
    refund = Refund(
        tx.new_id(), order_id, intent_id, state, amount_minor, currency, gateway, reference, credit, reason,
        tx.now, due, tx.now,
    )  # fmt: skip
    store.insert_refund(tx, refund)
    return refund


def settle_refund(tx: Tx, *, refund_id: int, given: bool) -> Refund:
    """Record whether the gateway gave the money back. Once settled it stays as it is, whoever asks again."""
    refund = queries.load_refund(tx, refund_id=refund_id)
    if refund.state is not RefundState.REFUNDING:
        return refund
    state = RefundState.REFUNDED if given else RefundState.FAILED
    settled = msgspec.structs.replace(refund, state=state, due_at=NOTHING_OPEN, updated_at=tx.now)
    store.update_refund(tx, settled)
    if settled.order_id is not None:
        record(
            tx, order_id=settled.order_id, intent_id=settled.intent_id, kind=Deed.REFUND, gateway=settled.gateway,
            amount_minor=settled.amount_minor, currency=settled.currency,
            status=Status.SUCCESS if given else Status.FAILURE, reference=settled.reference,
        )  # fmt: skip
    elif given:
        _pay(tx, "refund", settled.id, settled.currency, ledger.REFUNDS_DUE, settled.gateway, -settled.amount_minor)
    return settled


def return_charge(tx: Tx, *, intent_id: int, reason: str, due_at: int) -> None:
    """Let go of a charge that became no order: the finisher refunds or voids it. Asked twice, done once."""
    intent = queries.load_intent(tx, intent_id=intent_id)
    assert intent.order_id is None, "an order's money goes back by its refunds"
    if intent.due_at == NOTHING_OPEN or intent.state not in (State.AUTHORIZED, State.CAPTURED):
        return
    store.update_intent(tx, msgspec.structs.replace(intent, due_at=NOTHING_OPEN, updated_at=tx.now))
    if intent.state is State.AUTHORIZED:
        _begin_transaction(tx, intent, Deed.VOID, intent.amount_minor, due_at)
        return
    refund = begin_refund(
        tx, order_id=None, intent_id=intent.id, gateway=intent.gateway, reference=intent.reference,
        amount_minor=intent.amount_minor, currency=intent.currency, reason=reason, due_at=due_at,
    )  # fmt: skip
    _pay(tx, "capture", refund.id, intent.currency, ledger.REFUNDS_DUE, intent.gateway, intent.amount_minor)


def _begin_transaction(tx: Tx, intent: Intent, kind: Deed, amount_minor: int, due_at: int) -> Transaction:
    transaction = Transaction(
        tx.new_id(), intent.order_id, intent.id, kind, Status.PENDING, intent.gateway, amount_minor, intent.currency,
        intent.reference, tx.now, due_at,
    )  # fmt: skip
    store.insert_transaction(tx, transaction)
    return transaction


def _post(tx: Tx, transaction: Transaction) -> None:
    """Authorizations and voids move no money, nor does what is pending or failed."""
    if transaction.status is not Status.SUCCESS or transaction.order_id is None:
        return
    amount_minor = transaction.amount_minor
    if transaction.kind is Deed.REFUND:
        amount_minor = -amount_minor
    elif transaction.kind not in _TAKES_MONEY:
        return
    _pay(
        tx, transaction.kind, transaction.order_id, transaction.currency, ledger.RECEIVABLE, transaction.gateway,
        amount_minor,
    )  # fmt: skip


def _pay(tx: Tx, kind: str, subject_id: int, currency: str, account: str, gateway: str, amount_minor: int) -> None:
    """Money that came in through a gateway for what an account is owed; below zero, money that went back."""
    postings = [(ledger.gateway(gateway), amount_minor), (account, -amount_minor)]
    ledger.post(tx, kind=kind, subject_id=subject_id, currency=currency, postings=postings)


def name_payout_account(tx: Tx, *, holder: str, iban: str) -> PayoutAccount:
    """Say where the shop's money is paid out to. Refuses ``payments.bad_holder`` and ``payments.bad_iban``."""
    named, iban = rules.check_holder(holder), rules.check_iban(iban)
    account = PayoutAccount(tx.new_id(), named, iban, tx.actor.person_id, tx.now)
    store.insert_payout_account(tx, account)
    tx.emit(events.PayoutAccountNamed(account.id))
    return account
