"""Selling, and taking the money."""

import msgspec

from matjar.core.money import Money
from matjar.core.tx import Tx
from matjar.domain import payments, shops, tasks
from matjar.domain.orders import events, model, queries
from matjar.domain.orders.model import Begun, Order, Placement
from matjar.domain.orders.operations import writing
from matjar.domain.orders.rules import bookkeeping, crediting, drafting, sending, standing
from matjar.domain.orders.store import orders as store
from matjar.domain.orders.store import parcels
from matjar.domain.payments import Deed, Outcome, State, Status, Transaction

replace = msgspec.structs.replace


def place(tx: Tx, *, placement: Placement) -> Order:
    """Write the order that a paid or promised checkout becomes, with its place in the ledger. Never refused."""
    shop = shops.load(tx)
    order = drafting.draft(
        placement, new_id=tx.new_id, number=tx.next_number("orders"), currency=shop.currency,
        request_id=tx.request_id, now=tx.now,
    )  # fmt: skip
    store.insert(tx, order, placement.token_hash)
    parcels.insert_allocations(tx, order.id, sending.allot(order.lines, placement.shares))
    writing.post(tx, "sale", order, bookkeeping.sale_postings(order))
    tx.emit(events.OrderPlaced(order.id, order.number, order.total_minor, order.currency))
    if placement.intent_id is not None:
        payments.attach(tx, intent_id=placement.intent_id, order_id=order.id)
    if placement.state is not State.DEFERRED and order.total_minor:
        kind = Deed.SALE if placement.state is State.CAPTURED else Deed.AUTHORIZATION
        writing.record(tx, order, kind, order.total_minor, placement.gateway, placement.reference, placement.intent_id)
    if order.paid_minor:
        writing.issue_invoice(tx, shop, order, crediting.rest_of(order, ()))
        tx.emit(events.OrderPaid(order.id, order.paid_minor))
    return order


def mark_paid(
    tx: Tx, *, order_id: int, amount_minor: int | None = None, gateway: str = "", reference: str = ""
) -> Order:
    """Somebody of the shop has the money in hand, or sees it in the bank: all that is due, or a part of it.

    Refuses ``orders.nothing_due``, ``orders.more_than_due``, and while a card's money is held or being taken.
    """
    order = queries.load(tx, order_id=order_id)
    transactions = payments.transactions_of(tx, order_id=order_id)
    if standing.authorization_of(transactions):
        raise model.AUTHORIZED()
    if any(each.status is Status.PENDING for each in transactions):
        raise model.PAYMENT_PENDING()
    amount_minor = _check_due(order, amount_minor, order.due_minor)
    writing.record(tx, order, Deed.SALE, amount_minor, gateway or order.gateway, reference, None)
    return _take_in(tx, order, amount_minor)


def begin_capture(tx: Tx, *, order_id: int, amount_minor: int | None = None) -> Begun:
    """Take money that is held: what is due, or less; the gateway lets go of the rest.

    Refuses ``orders.not_authorized``, ``orders.nothing_due``, ``orders.more_than_due``.
    """
    order = queries.load(tx, order_id=order_id)
    held = _held(tx, order)
    amount_minor = _check_due(order, amount_minor, min(order.due_minor, held.amount_minor))
    intent = payments.load_intent(tx, intent_id=held.intent_id or 0)
    return Begun(order, transaction=payments.begin_capture(tx, intent=intent, amount_minor=amount_minor))


def begin_void(tx: Tx, *, order_id: int) -> Begun:
    """Let go of money that is held; the order is still to be paid. Refuses ``orders.not_authorized``."""
    order = queries.load(tx, order_id=order_id)
    held = _held(tx, order)
    intent = payments.load_intent(tx, intent_id=held.intent_id or 0)
    return Begun(order, transaction=payments.begin_void(tx, intent=intent))


def settle_transaction(tx: Tx, *, transaction_id: int, outcome: Outcome) -> Transaction:
    """Record what became of a capture or void. Never refused; once settled it stays.

    What fails leaves a task. Money that came although it was to be let go is taken down like any other; and what came
    above what is still due goes back by itself.
    """
    open_before = payments.load_transaction(tx, transaction_id=transaction_id).status is Status.PENDING
    settled = payments.settle_transaction(tx, transaction_id=transaction_id, outcome=outcome)
    if not open_before:
        return settled
    taken_minor = standing.taken(settled, outcome)
    facts = {"transaction_id": settled.id, "amount_minor": settled.amount_minor}
    if settled.status is Status.FAILURE and not taken_minor:
        tasks.open_task(tx, kind=f"{settled.kind}_failed", subject_id=settled.order_id or settled.id, facts=facts)
    if settled.order_id is None:
        return settled
    order = queries.load(tx, order_id=settled.order_id)
    if settled.kind is Deed.VOID and taken_minor:
        _record_of(tx, order, settled, Deed.CAPTURE, taken_minor)
    if settled.kind is Deed.CAPTURE and outcome.state is State.VOIDED:
        _record_of(tx, order, settled, Deed.VOID, settled.amount_minor)
    if taken_minor:
        writing.pay_back(tx, _take_in(tx, order, taken_minor), "paid_too_much")
    else:
        _let_go(tx, order, "voided" if settled.status is Status.SUCCESS else f"{settled.kind}_failed", facts)
    return settled


def hear(tx: Tx, *, intent_id: int, outcome: Outcome) -> None:
    """What a gateway says by itself of a charge that has its order: taken or let go over there, or lapsed.

    Never refused. Held money that is gone leaves a task, for the goods may be on their way.
    """
    before = payments.load_intent(tx, intent_id=intent_id)
    intent = payments.note(tx, intent_id=intent_id, outcome=outcome, due_at=payments.NOTHING_OPEN)
    assert intent.order_id is not None, "a charge without an order is the checkout's"
    if intent.state is before.state or intent.state not in (State.CAPTURED, State.VOIDED):
        return
    transactions = payments.transactions_of(tx, order_id=intent.order_id)
    pending = [each for each in transactions if each.status is Status.PENDING and each.intent_id == intent_id]
    if pending:
        settle_transaction(tx, transaction_id=pending[0].id, outcome=replace(outcome, state=intent.state))
        return
    held = standing.authorization_of(transactions)
    if held is None:
        return
    order = queries.load(tx, order_id=intent.order_id)
    if intent.state is State.CAPTURED:
        taken_minor = outcome.amount_minor or held.amount_minor
        _record_of(tx, order, held, Deed.CAPTURE, taken_minor)
        writing.pay_back(tx, _take_in(tx, order, taken_minor), "paid_too_much")
        return
    _record_of(tx, order, held, Deed.VOID, held.amount_minor)
    facts = {"amount_minor": held.amount_minor}
    tasks.open_task(tx, kind="authorization_gone", subject_id=order.id, facts=facts)
    _let_go(tx, order, "voided", facts)


def _held(tx: Tx, order: Order) -> Transaction:
    """The money that is held for the order; refuses ``orders.not_authorized``."""
    held = standing.authorization_of(payments.transactions_of(tx, order_id=order.id))
    if held is None:
        raise model.NOT_AUTHORIZED()
    return held


def _check_due(order: Order, amount_minor: int | None, most_minor: int) -> int:
    """The amount, or all that is due; refuses more than that."""
    if most_minor <= 0:
        raise model.NOTHING_DUE()
    if amount_minor is None:
        return most_minor
    if amount_minor <= 0:
        raise model.BAD_AMOUNT()
    if amount_minor > most_minor:
        raise model.MORE_THAN_DUE(due=str(Money(most_minor, order.currency)))
    return amount_minor


def _take_in(tx: Tx, order: Order, amount_minor: int) -> Order:
    """Money came: the order knows, and its invoice is issued."""
    paid = writing.write(tx, replace(order, paid_minor=order.paid_minor + amount_minor))
    writing.invoice(tx, paid)
    writing.note(tx, order.id, "paid", {"amount_minor": amount_minor})
    tx.emit(events.OrderPaid(order.id, amount_minor))
    return paid


def _let_go(tx: Tx, order: Order, kind: str, facts: dict[str, int]) -> None:
    """No money came: the order stands as its transactions say."""
    writing.note(tx, order.id, kind, facts)
    writing.write(tx, order)
    tx.emit(events.OrderChanged(order.id))


def _record_of(tx: Tx, order: Order, charge: Transaction, kind: Deed, amount_minor: int) -> None:
    """Record what became of a charge."""
    writing.record(tx, order, kind, amount_minor, charge.gateway, charge.reference, charge.intent_id)
