"""What the verbs of this room write alike: the order as it stands, its timeline, its place in ledger and papers."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from matjar.core.tx import Tx
from matjar.domain import inventory, invoices, ledger, payments, shops
from matjar.domain.orders import events
from matjar.domain.orders.model import Begun, LineItem, Occasion, Order
from matjar.domain.orders.rules import bookkeeping, crediting, sending, standing
from matjar.domain.orders.store import orders as store
from matjar.domain.orders.store import parcels
from matjar.domain.payments import Credit, Deed, Refund, Restock, Status, Transaction

replace = msgspec.structs.replace


def write(tx: Tx, order: Order) -> Order:
    """Write the order, with its statuses as they follow from the rest."""
    held = standing.authorization_of(payments.transactions_of(tx, order_id=order.id))
    standing_now = replace(
        order,
        financial_status=standing.financial_status(order, authorized=held is not None),
        fulfilment_status=standing.fulfilment_status(order.lines),
        updated_at=tx.now,
    )
    store.update(tx, standing_now)
    return standing_now


def write_lines(tx: Tx, order: Order, changed: Sequence[LineItem]) -> Order:
    """Write lines that changed; the order with them."""
    store.update_lines(tx, order.id, list(changed))
    by_id = {line.id: line for line in changed}
    return replace(order, lines=tuple(by_id.get(line.id, line) for line in order.lines))


def note(tx: Tx, order_id: int, kind: str, facts: dict[str, Any]) -> None:
    """Put something on the order's timeline; ids and amounts, nobody's data."""
    actor = f"{tx.actor.kind}:{tx.actor.person_id}" if tx.actor.person_id else tx.actor.kind
    parcels.insert_occasion(tx, order_id, Occasion(tx.new_id(), kind, actor, facts, tx.now))


def post(tx: Tx, kind: str, order: Order, postings: Sequence[tuple[str, int]]) -> None:
    """Post to the ledger."""
    ledger.post(tx, kind=kind, subject_id=order.id, currency=order.currency, postings=postings)


def record(
    tx: Tx, order: Order, kind: Deed, amount_minor: int, gateway: str, reference: str, intent_id: int | None
) -> Transaction:
    """Record money that was taken or is held."""
    return payments.record(
        tx, order_id=order.id, intent_id=intent_id, kind=kind, gateway=gateway, amount_minor=amount_minor,
        currency=order.currency, status=Status.SUCCESS, reference=reference,
    )  # fmt: skip


def invoice(tx: Tx, order: Order) -> None:
    """Issue the order's invoice, of what is left of it, if it has none yet."""
    if invoices.find_invoice_of(tx, order_id=order.id) is None:
        refunds = payments.refunds_of(tx, order_id=order.id)
        issue_invoice(tx, shops.load(tx), order, crediting.rest_of(order, refunds))


def issue_invoice(tx: Tx, shop: shops.Shop, order: Order, rest: crediting.Rest) -> None:
    """Issue the invoice of an order that has none."""
    items = list(bookkeeping.invoice_items(order, rest))
    contact = order.contact
    buyer = contact.billing if contact.billing.country else contact.shipping
    if items:
        invoices.issue(
            tx, shop=shop, order_id=order.id, order_number=order.number, currency=order.currency, buyer=buyer,
            items=items,
        )  # fmt: skip


def take_off(tx: Tx, order: Order, pieces: Mapping[int, int]) -> Order:
    """Pieces, by line, that will not be sent: what was promised of them can be sold again."""
    lines = [line for line in order.lines if pieces.get(line.id)]
    if not lines:
        return order
    allocations = parcels.allocations_of(tx, order.id)
    moves = [move for line in lines for move in sending.release(line, allocations, pieces[line.id])]
    counted = [move for move in moves if move.inventory_item_id]
    for move in counted:
        parcels.move(tx, order.id, move.line_item_id, move.location_id, released=move.quantity)
    if counted:
        inventory.uncommit(tx, order_id=order.id, shares=[move.share for move in counted])
    return write_lines(tx, order, [replace(line, cancelled=line.cancelled + pieces[line.id]) for line in lines])


def bring_back(tx: Tx, order: Order, credit: Credit) -> Order:
    """Count credited pieces as refunded; those that came back are put on the shelf."""
    credited: dict[int, int] = {}
    shares = []
    allocations = parcels.allocations_of(tx, order.id)
    for line in credit.lines:
        credited[line.line_item_id] = credited.get(line.line_item_id, 0) + line.quantity
        if line.restock is Restock.RETURN:
            share = sending.came_back(allocations, line.line_item_id, line.quantity, line.location_id)
            shares += [share] if share else []
    if shares:
        inventory.restock(tx, order_id=order.id, shares=shares)
    back = [line for line in order.lines if credited.get(line.id)]
    return write_lines(tx, order, [replace(line, refunded=line.refunded + credited[line.id]) for line in back])


def pay_back(tx: Tx, order: Order, reason: str) -> None:
    """What was paid above what is due goes back, though nobody asked."""
    refunds = payments.refunds_of(tx, order_id=order.id)
    if standing.payout(order, refunds):
        credit(tx, order, refunds, payments.NO_CREDIT, reason)


def credit(tx: Tx, order: Order, refunds: Sequence[Refund], credit: Credit, reason: str) -> Begun:
    """The buyer owes less: in the ledger, on a credit note, and as money that is to go back or not to be taken."""
    owing = replace(order, credited_minor=order.credited_minor + credit.total_minor)
    transactions = payments.transactions_of(tx, order_id=order.id)
    source = standing.source_of(transactions)
    refund = payments.begin_refund(
        tx, order_id=order.id, intent_id=source.intent_id if source else None,
        gateway=source.gateway if source else order.gateway, reference=source.reference if source else "",
        amount_minor=standing.payout(owing, refunds), currency=order.currency, reason=reason, credit=credit,
    )  # fmt: skip
    post(tx, "credit", order, bookkeeping.credit_postings(credit))
    if credit.total_minor:
        items = list(bookkeeping.credit_items(order, credit))
        invoices.issue_credit_note(tx, order_id=order.id, refund_id=refund.id, items=items, reason=reason)
    held = standing.authorization_of(transactions)
    void = None
    if held and owing.due_minor <= 0:
        void = payments.begin_void(tx, intent=payments.load_intent(tx, intent_id=held.intent_id or 0))
    facts = {"refund_id": refund.id, "credit_minor": credit.total_minor, "amount_minor": refund.amount_minor}
    note(tx, order.id, "refund_created", facts)
    tx.emit(events.RefundCreated(order.id, refund.id, credit.total_minor, refund.amount_minor))
    return Begun(write(tx, owing), refund, void)
