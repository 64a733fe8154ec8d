"""Sending something back: the buyer says what and why, and the shop answers."""

from litestar import Response, get, post

from matjar.core.ids import hash_token
from matjar.core.refusal import Refusal
from matjar.domain import orders
from matjar.domain.orders import Order, Piece, ReturnReason
from matjar.edge.answers import status_of
from matjar.edge.csrf import check_origin
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go, own
from matjar.surfaces.storefront.pages.account.entering import refused
from matjar.surfaces.storefront.pages.details import Filled
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.pages.order import load_order, rows_of
from matjar.surfaces.storefront.parts import Parts


@get(routes("/orders/{token:str}/return"))
async def show(request: Ask, frame: Frame, parts: Parts, token: str) -> Response[bytes]:
    """The page that asks what and why; refuses ``link.invalid``."""
    order = await parts.desk(visit_of(request)).read(lambda view: load_order(view, token))
    return own(_page(frame, parts, order, token, Filled({})))


@post(routes("/orders/{token:str}/return"), status_code=303)
async def ask(request: Ask, frame: Frame, parts: Parts, token: str) -> Response[bytes]:
    """Tell the shop, and back to the order."""
    check_origin(request)
    form = Form.of(await request.body())
    desk = parts.desk(visit_of(request))
    order = await desk.read(lambda view: load_order(view, token))
    named = {line.id: form.number(f"line-{line.id}", 0, line.quantity) for line in order.lines}
    pieces = tuple(Piece(line_id, quantity) for line_id, quantity in named.items() if quantity)
    reason = form.text("reason")
    try:
        await desk.submit(orders.ask_for_return)(
            token_hash=hash_token(token), pieces=pieces,
            reason=ReturnReason(reason) if reason in list(ReturnReason) else ReturnReason.OTHER,
        )  # fmt: skip
    except Refusal as refusal:
        kept = {name: form.text(name) for name in form.fields}
        filled = refused(refusal, Filled(kept), frame.language, "lines")
        return own(_page(frame, parts, order, token, filled), status_of(refusal))
    return go(frame.url(f"/orders/{token}"))


def _page(frame: Frame, parts: Parts, order: Order, token: str, filled: Filled) -> bytes:
    """With the lines of which something can come back, and how much of each."""
    rows = [(row, most) for row in rows_of(frame, parts, order) if (most := orders.returnable(row.line))]
    return frame.render("return.html", order=order, rows=rows, at=f"/orders/{token}", filled=filled)
