"""Taking back: refunds, and orders that are cancelled."""

import msgspec

from matjar.core.money import Money
from matjar.core.tx import Tx
from matjar.domain import payments, tasks
from matjar.domain.orders import events, model, queries
from matjar.domain.orders.model import Begun, CancelReason, Order, Status
from matjar.domain.orders.model.parcels import Return
from matjar.domain.orders.operations import writing
from matjar.domain.orders.rules import crediting, standing
from matjar.domain.payments import Refund, RefundState, Restock

replace = msgspec.structs.replace


def begin_refund(
    tx: Tx,
    *,
    order_id: int,
    lines: tuple[Return, ...] = (),
    delivery_minor: int = 0,
    amount_minor: int = 0,
    reason: str = "",
) -> Begun:
    """Take pieces, delivery, or simply an amount off what the buyer owes; what they paid too much goes back to them.

    Pieces count at what they were sold for; ``delivery_minor`` and ``amount_minor`` have their tax in them. Nothing of
    all that: what is still owed to the buyer is tried again. Refuses what is not there to be refunded any more.
    """
    order = queries.load(tx, order_id=order_id)
    refunds = payments.refunds_of(tx, order_id=order_id)
    credit = crediting.credit(order, refunds, lines, delivery_minor, amount_minor)
    if not credit.lines and not credit.delivery_minor and not standing.payout(order, refunds):
        raise model.NOTHING_TO_REFUND()
    off: dict[int, int] = {}
    for line in credit.lines:
        if line.restock is Restock.CANCEL:
            off[line.line_item_id] = off.get(line.line_item_id, 0) + line.quantity
    return writing.credit(tx, writing.bring_back(tx, writing.take_off(tx, order, off), credit), refunds, credit, reason)


def mark_refunded(tx: Tx, *, order_id: int, amount_minor: int | None = None, reference: str = "") -> Order:
    """Somebody of the shop gave the money back by another way: all that is owed to the buyer, or a part of it.

    With the last of it, tasks about refunds that did not go through are dealt with. Refuses
    ``orders.nothing_to_refund``, ``orders.bad_amount``, ``orders.too_much``.
    """
    order = queries.load(tx, order_id=order_id)
    refunds = payments.refunds_of(tx, order_id=order_id)
    owed_minor = standing.payout(order, refunds)
    if not owed_minor:
        raise model.NOTHING_TO_REFUND()
    given_minor = owed_minor if amount_minor is None else amount_minor
    if given_minor <= 0:
        raise model.BAD_AMOUNT()
    if given_minor > owed_minor:
        raise model.TOO_MUCH(left=str(Money(owed_minor, order.currency)))
    refund = payments.begin_refund(
        tx, order_id=order_id, intent_id=None, gateway=payments.BY_HAND, reference=reference,
        amount_minor=given_minor, currency=order.currency, reason="",
    )  # fmt: skip
    settle_refund(tx, refund_id=refund.id, given=True)
    if given_minor == owed_minor:
        tasks.close_about(tx, kind="refund_failed", subject_id=order_id)
    return queries.load(tx, order_id=order_id)


def begin_cancel(tx: Tx, *, order_id: int, reason: CancelReason = CancelReason.OTHER) -> Begun:
    """Send nothing more, give back stock, and what was paid for it; let go of held money where nothing is due.

    Refuses ``orders.cancelled``, and ``orders.sent`` where everything has left.
    """
    order = queries.load(tx, order_id=order_id)
    if order.status is Status.CANCELLED:
        raise model.CANCELLED()
    if not any(line.unsent for line in order.lines) and any(line.fulfilled for line in order.lines):
        raise model.SENT()
    refunds = payments.refunds_of(tx, order_id=order_id)
    taking = crediting.Crediting(order, refunds)
    taking.take_unsent()
    credit = taking.credit()
    freed = writing.take_off(tx, order, {line.id: line.unsent for line in order.lines if line.unsent})
    cancelled = replace(freed, status=Status.CANCELLED, cancelled_at=tx.now, cancel_reason=reason.value)
    writing.note(tx, order_id, "cancelled", {"reason": reason.value})
    tx.emit(events.OrderCancelled(order_id))
    return writing.credit(tx, writing.bring_back(tx, cancelled, credit), refunds, credit, reason.value)


def settle_refund(tx: Tx, *, refund_id: int, given: bool) -> Refund:
    """Record whether the money went back. Never refused; once settled it stays. What is not given leaves a task."""
    open_before = payments.load_refund(tx, refund_id=refund_id).state is RefundState.REFUNDING
    refund = payments.settle_refund(tx, refund_id=refund_id, given=given)
    if not open_before:
        return refund
    facts = {"refund_id": refund.id, "amount_minor": refund.amount_minor}
    if not given:
        tasks.open_task(tx, kind="refund_failed", subject_id=refund.order_id or refund.id, facts=facts)
    if refund.order_id is not None:
        order = queries.load(tx, order_id=refund.order_id)
        if given:
            order = replace(order, refunded_minor=order.refunded_minor + refund.amount_minor)
        writing.write(tx, order)
        writing.note(tx, order.id, "refunded" if given else "refund_failed", facts)
        tx.emit(events.RefundSettled(order.id, refund.id, refund.amount_minor, given))
    return refund
