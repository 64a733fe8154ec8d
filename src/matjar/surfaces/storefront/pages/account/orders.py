"""A customer's orders, the newest first; each has its own page, which its link opens with or without an account."""

import msgspec
from litestar import Response, get

from matjar.domain import orders
from matjar.domain.orders import Filter, Order
from matjar.edge.catalogue import Picture
from matjar.edge.forms import number_of
from matjar.edge.framework import Ask
from matjar.surfaces.storefront.pages import visitor as account
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.pages.standing import standing_of
from matjar.surfaces.storefront.pages.visitor import Visitor
from matjar.surfaces.storefront.parts import Parts

PAGE_ORDERS = 10
PICTURES = 4


class OrderCard(msgspec.Struct, frozen=True):
    """An order in the list."""

    order: Order
    path: str
    standing: str
    pieces: int
    pictures: tuple[Picture | None, ...]


@get(routes("/account"))
async def show(request: Ask, frame: Frame, parts: Parts, visitor: Visitor, before: str = "") -> Response[bytes]:
    """One page of them; ``before`` is the id that it stops short of."""
    matching, before_id = Filter(customer_id=visitor.customer.id), number_of(before) or 1 << 62
    found = await account.desk_of(request, parts, visitor).read(
        lambda view: orders.list_latest(view, matching=matching, before_id=before_id, most=PAGE_ORDERS + 1)
    )
    cards = tuple(_card(frame, parts, order) for order in found[:PAGE_ORDERS])
    older = cards[-1].order.id if len(found) > PAGE_ORDERS else 0
    return account.page(request, frame, "account-orders.html", visitor, cards=cards, older=older, later=bool(before))


def _card(frame: Frame, parts: Parts, order: Order) -> OrderCard:
    shelf = parts.catalogue.shelf(frame.shop.id)
    words = (shelf.said(line.variant_id, frame.language) for line in order.lines[:PICTURES])
    return OrderCard(
        order,
        f"/orders/{parts.tokens.of_order(frame.shop.id, order.checkout_id)}",
        standing_of(order).brief,
        sum(line.quantity for line in order.lines),
        tuple(each[2] if each else None for each in words),
    )
