"""What a shop knows of a customer, all of it, to be handed over; and forgetting it (GDPR, 15, 17 and 20).

What stays, and why: an order keeps its number, goods, money and country, since the books must add up; an issued invoice
keeps the buyer's name and address, for as long as the law asks for invoices.
"""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec

from matjar.core.clock import SECOND
from matjar.core.limits import PAGE_ROWS
from matjar.core.money import to_text
from matjar.core.tx import Reading
from matjar.domain import customers, orders
from matjar.domain.orders import Filter, Order
from matjar.storage.desk import Desk

Told = dict[str, Any]


async def known_of(desk: Desk, customer_id: int) -> Told:
    """Everything, in words that a person can read, ready to be written as JSON; refuses ``customers.not_found``."""
    told = await desk.read(lambda view: _person(view, customer_id))
    told["orders"] = found = []
    since_id = 0
    while page := await desk.read(partial(_orders_after, customer_id, since_id)):
        found += [_order(order) for order in page]
        since_id = page[-1].id
    return told


async def forget(desk: Desk, customer_id: int) -> None:
    """Forget a customer, with who bought in each order; refuses ``customers.not_found`` and ``orders.on_the_way``.

    What died midway is ended by doing it again.
    """
    since_id = await desk.submit(orders.forget_buyer)(customer_id=customer_id)
    while since_id:
        since_id = await desk.submit(orders.forget_buyer)(customer_id=customer_id, since_id=since_id)


def _person(view: Reading, customer_id: int) -> Told:
    customer = customers.load(view, customer_id=customer_id)
    return {
        "email": customer.email,
        "name": customer.name,
        "phone": customer.phone,
        "language": customer.language,
        "accepts_marketing": customer.accepts_marketing,
        "told_about_news": [
            {"agreed": each.given, "to": each.words, "where": each.source, "when": _day(each.at)}
            for each in customers.list_consents(view, customer_id=customer_id)
        ],
        "customer_since": _day(customer.created_at),
        "account_since": _day(customer.opened_at),
        "last_address": msgspec.to_builtins(customer.address),
        "addresses": [
            msgspec.to_builtins(each.address) for each in customers.list_addresses(view, customer_id=customer_id)
        ],
        "passkeys": [
            {"name": each.name, "host": each.host, "added": _day(each.created_at), "last_used": _day(each.used_at)}
            for each in customers.list_passkeys(view, customer_id=customer_id)
        ],
    }


def _orders_after(customer_id: int, since_id: int, view: Reading) -> list[Order]:
    return orders.list_orders(view, matching=Filter(customer_id=customer_id), since_id=since_id, most=PAGE_ROWS)


def _order(order: Order) -> Told:
    return {
        "order": order.name,
        "placed": _day(order.created_at),
        "status": order.status,
        "payment": order.financial_status,
        "delivery": order.fulfilment_status,
        "paid_with": order.gateway,
        "total": to_text(order.total_minor, order.currency),
        "currency": order.currency,
        "contact": msgspec.to_builtins(order.contact),
        "goods": [
            {
                "title": line.title,
                "variant": line.variant_title,
                "quantity": line.quantity,
                "total": to_text(line.total_minor, order.currency),
            }
            for line in order.lines
        ],
    }


def _day(at: int | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at / SECOND, UTC).isoformat(timespec="seconds")
