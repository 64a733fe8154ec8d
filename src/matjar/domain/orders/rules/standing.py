"""How an order stands: what is paid, held, owed, sent."""

from collections.abc import Iterable

from matjar.domain.orders.model import FinancialStatus, FulfilmentStatus, LineItem, Order
from matjar.domain.payments import Deed, Outcome, Refund, RefundState, State, Status, Transaction


def payout(order: Order, refunds: Iterable[Refund]) -> int:
    """What was paid above what is still owed, and is not on its way back yet."""
    on_its_way = sum(refund.amount_minor for refund in refunds if refund.state is RefundState.REFUNDING)
    return max(0, -order.due_minor - on_its_way)


def source_of(transactions: Iterable[Transaction]) -> Transaction | None:
    """The payment that a refund goes back to: the last that brought money."""
    taken = [each for each in transactions if each.kind in (Deed.SALE, Deed.CAPTURE) and each.status is Status.SUCCESS]
    return taken[-1] if taken else None


def taken(settled: Transaction, outcome: Outcome) -> int:
    """What a settled capture or void brought: a void may find that the money was taken before."""
    if settled.kind is Deed.VOID:
        return outcome.amount_minor or settled.amount_minor if outcome.state is State.CAPTURED else 0
    return settled.amount_minor if settled.status is Status.SUCCESS else 0


def authorization_of(transactions: Iterable[Transaction]) -> Transaction | None:
    """The money that is held and neither taken, let go, nor about to be."""
    held = None
    for each in transactions:
        if each.status is Status.FAILURE:
            continue
        if each.kind is Deed.AUTHORIZATION:
            held = each
        elif each.kind in (Deed.CAPTURE, Deed.VOID):
            held = None
    return held


def financial_status(order: Order, *, authorized: bool) -> FinancialStatus:
    """How the money stands, in Shopify's words. ``authorized``: some is held, to be taken later."""
    if order.refunded_minor:
        whole = order.refunded_minor >= order.paid_minor
        return FinancialStatus.REFUNDED if whole else FinancialStatus.PARTIALLY_REFUNDED
    if order.paid_minor:
        return FinancialStatus.PAID if order.due_minor <= 0 else FinancialStatus.PARTIALLY_PAID
    if authorized:
        return FinancialStatus.AUTHORIZED
    if order.credited_minor >= order.total_minor > 0:
        return FinancialStatus.VOIDED
    return FinancialStatus.PENDING if order.due_minor else FinancialStatus.PAID


def fulfilment_status(lines: Iterable[LineItem]) -> FulfilmentStatus:
    """How much is sent of what is to be sent."""
    lines = tuple(lines)
    sent, waiting = any(line.fulfilled for line in lines), any(line.unsent for line in lines)
    if waiting or not lines:
        return FulfilmentStatus.PARTIAL if sent else FulfilmentStatus.UNFULFILLED
    return FulfilmentStatus.FULFILLED if sent else FulfilmentStatus.RESTOCKED
