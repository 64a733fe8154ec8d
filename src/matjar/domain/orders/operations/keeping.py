"""Keeping orders: put away, taken out again, their buyers forgotten."""

import msgspec

from matjar.core.address import NOWHERE
from matjar.core.limits import TEXT
from matjar.core.tx import Tx
from matjar.domain import customers
from matjar.domain.orders import events, model, queries
from matjar.domain.orders.model import Contact, Order, Status
from matjar.domain.orders.operations import writing
from matjar.domain.orders.queries import Filter
from matjar.domain.orders.store import orders as store

_FORGOTTEN_AT_ONCE = 50
"""Orders that are forgotten in one command, so that it holds up no sale."""

replace = msgspec.structs.replace


def close(tx: Tx, *, order_id: int) -> Order:
    """Put the order away: nothing is to be done any more. Refuses ``orders.cancelled``."""
    return _set_status(tx, order_id, Status.CLOSED)


def reopen(tx: Tx, *, order_id: int) -> Order:
    """Take the order out again. Refuses ``orders.cancelled``."""
    return _set_status(tx, order_id, Status.OPEN)


def amend(tx: Tx, *, order_id: int, contact: Contact) -> Order:
    """Correct who bought and where it goes, with the note; an invoice that is issued stays as it was.

    Refuses ``orders.cancelled`` and ``orders.too_long``.
    """
    order = queries.load(tx, order_id=order_id)
    if order.status is Status.CANCELLED:
        raise model.CANCELLED()
    told = [contact.email, contact.phone, contact.note]
    for address in (contact.shipping, contact.billing):
        told += [getattr(address, name) for name in address.__struct_fields__]
    if any(len(text) > TEXT for text in told):
        raise model.TOO_LONG(most=TEXT)
    store.set_contact(tx, order_id, contact)
    writing.note(tx, order_id, "amended", {})
    tx.emit(events.OrderChanged(order_id))
    return replace(order, contact=contact, updated_at=tx.now)


def forget(tx: Tx, *, order_id: int) -> Order:
    """Erase who bought: the country stays, for the figures; what the law wants kept stands on the invoice."""
    order = queries.load(tx, order_id=order_id)
    shipping, billing = order.contact.shipping, order.contact.billing
    nobody = Contact(
        shipping=replace(NOWHERE, country=shipping.country, region=shipping.region),
        billing=replace(NOWHERE, country=billing.country, region=billing.region),
    )
    if order.contact == nobody:
        return order
    store.set_contact(tx, order_id, nobody)
    writing.note(tx, order_id, "forgotten", {})
    tx.emit(events.OrderChanged(order_id))
    return replace(order, contact=nobody)


def forget_buyer(tx: Tx, *, customer_id: int, since_id: int = 0) -> int:
    """Forget a customer, and who bought in their orders, a page of them; returns from where to go on, 0 at the end.

    Numbers, goods, money, ledger, feed and invoices stay. Refuses ``orders.on_the_way`` while something is still to be
    sent, since a parcel needs an address.
    """
    unsent = Filter(customer_id=customer_id, status="open", fulfilment_status="unsent")
    if waiting := queries.list_latest(tx, matching=unsent, most=1):
        raise model.ON_THE_WAY(order=waiting[0].name)
    customers.erase(tx, customer_id=customer_id)
    page = queries.list_orders(tx, matching=Filter(customer_id=customer_id), since_id=since_id, most=_FORGOTTEN_AT_ONCE)
    for order in page:
        forget(tx, order_id=order.id)
    return page[-1].id if len(page) == _FORGOTTEN_AT_ONCE else 0


def _set_status(tx: Tx, order_id: int, status: Status) -> Order:
    order = queries.load(tx, order_id=order_id)
    if order.status is Status.CANCELLED:
        raise model.CANCELLED()
    if order.status is status:
        return order
    writing.note(tx, order_id, "closed" if status is Status.CLOSED else "reopened", {})
    tx.emit(events.OrderChanged(order_id))
    return writing.write(tx, replace(order, status=status))
