"""Sending something back: the buyer says what and why, and the shop answers."""

import msgspec
from litestar import Response, get, post

from matjar.core.ids import hash_token
from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import orders
from matjar.domain.orders import Order, Piece, ReturnReason
from matjar.edge.answers import status_of
from matjar.edge.catalogue import Picture
from matjar.edge.csrf import check_origin
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go, own
from matjar.edge.tokens import BAD_LINK
from matjar.surfaces.storefront.pages.account.entering import refused
from matjar.surfaces.storefront.pages.details import Filled
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.parts import Parts


class Row(msgspec.Struct, frozen=True):
    """A line of which something can come back, in the reader's words."""

    line_item_id: int
    title: str
    choice: str
    picture: Picture | None
    most: int


@get(routes("/orders/{token:str}/return"))
async def show(request: Ask, frame: Frame, parts: Parts, token: str) -> Response[bytes]:
    """The page that asks what and why; refuses ``link.invalid``."""
    order = await _order(request, parts, token)
    return own(_page(frame, parts, order, token, Filled({})))


@post(routes("/orders/{token:str}/return"), status_code=303)
async def ask(request: Ask, frame: Frame, parts: Parts, token: str) -> Response[bytes]:
    """Tell the shop, and back to the order."""
    check_origin(request)
    form = Form.of(await request.body())
    order = await _order(request, parts, token)
    named = {line.id: form.number(f"line-{line.id}", 0, line.quantity) for line in order.lines}
    pieces = tuple(Piece(line_id, quantity) for line_id, quantity in named.items() if quantity)
    reason = form.text("reason")
    try:
        await parts.desk(visit_of(request)).submit(orders.ask_for_return)(
            token_hash=hash_token(token), pieces=pieces,
            reason=ReturnReason(reason) if reason in list(ReturnReason) else ReturnReason.OTHER,
        )  # fmt: skip
    except Refusal as refusal:
        kept = {name: form.text(name) for name in form.fields}
        filled = refused(refusal, Filled(kept), frame.language, "lines")
        return own(_page(frame, parts, order, token, filled), status_of(refusal))
    return go(frame.url(f"/orders/{token}"))


async def _order(request: Ask, parts: Parts, token: str) -> Order:
    token_hash = hash_token(token)

    def find(view: Reading) -> Order:
        order = orders.find_by_token(view, token_hash=token_hash)
        if order is None:
            raise BAD_LINK()
        return order

    return await parts.desk(visit_of(request)).read(find)


def _page(frame: Frame, parts: Parts, order: Order, token: str, filled: Filled) -> bytes:
    shelf = parts.catalogue.shelf(frame.shop.id)
    rows = []
    for line in order.lines:
        title, choice, picture = shelf.said(line.variant_id, frame.language) or (line.title, line.variant_title, None)
        rows.append(Row(line.id, title, choice, picture, orders.returnable(line)))
    rows = [row for row in rows if row.most]
    return frame.render("return.html", order=order, rows=rows, at=f"/orders/{token}", filled=filled)
