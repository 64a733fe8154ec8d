"""Giving back: pieces, delivery, an amount; worked out before it is done."""

import msgspec
from litestar import Response, get, post

from matjar.core.limits import LINE_QUANTITY, TEXT
from matjar.core.refusal import Kind, Refusal, translate
from matjar.core.tx import Reading
from matjar.domain import orders
from matjar.domain.access import actions
from matjar.domain.orders import Begun, LineItem, Order, Preview, Refundable, Restock, Return
from matjar.domain.payments import RefundState
from matjar.edge import refunding
from matjar.edge.catalogue import Picture
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.languages import catalogue
from matjar.surfaces.admin.pages.amounts import amount_of, typed
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of
from matjar.surfaces.admin.pages.order import done, order_of, path_of, rows_of
from matjar.surfaces.admin.parts import Parts


class Row(msgspec.Struct, frozen=True):
    """Pieces of a line that can be refunded, either not sent yet or sent."""

    name: str
    line: LineItem
    sent: bool
    most: int
    title: str
    choice: str
    picture: Picture | None


class Asked(msgspec.Struct, frozen=True):
    """What a form asks to give back."""

    lines: tuple[Return, ...] = ()
    delivery_minor: int = 0
    amount_minor: int = 0


@get("/orders/{name:str}/refund", action=actions.ORDERS_REFUND)
async def ask(
    request: Ask, frame: Frame, parts: Parts, session: Session, name: str, everything: str = ""
) -> Response[bytes]:
    """What is to be given back: nothing yet, or everything."""
    order = await order_of(request, parts, session, name)
    refundable = await _refundable(request, parts, session, order)
    fields: dict[str, str] = {}
    if everything:
        fields = {row.name: str(row.most) for row in _rows(parts, frame, order, refundable)}
        fields["delivery"] = typed(refundable.delivery_minor, order.currency)
    return await _page(request, frame, parts, session, order, Form(fields), {})


@post("/orders/{name:str}/refund", action=actions.ORDERS_REFUND)
async def give(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """Work it out, or give it back: as the button says."""
    form = await form_of(request, parts)
    order = await order_of(request, parts, session, name)
    rows = _rows(parts, frame, order, await _refundable(request, parts, session, order))
    errors: dict[str, str] = {}
    asked = _asked(form, order, rows, errors, frame)
    if errors or form.text("do") != "refund":
        return await _page(request, frame, parts, session, order, form, errors)
    try:
        begun = await refunding.refund(
            parts.desk(visit_of(request), session), parts.gateways, order_id=order.id, lines=asked.lines,
            delivery_minor=asked.delivery_minor, amount_minor=asked.amount_minor,
            reason=form.text("reason")[:TEXT], key=form.text("key"),
        )  # fmt: skip
    except Refusal as refusal:
        return await _page(request, frame, parts, session, order, form, _wrong(refusal, frame))
    back_minor = begun.refund.amount_minor if begun.refund else 0
    note(request, parts, subject=f"order:{order.number}", after={"refund_minor": str(back_minor)})
    return done(parts, frame, order, told(begun, frame))


def told(begun: Begun, frame: Frame) -> Done:
    """What became of the money, in a word."""
    order, refund = begun.order, begun.refund
    amount = frame.reader.money(refund.amount_minor if refund else 0, order.currency)
    if refund is None or not refund.amount_minor:
        return Done("credited", {"name": order.name})
    what = "refunded" if refund.state is RefundState.REFUNDED else "refunding"
    return Done(what, {"name": order.name, "amount": amount})


async def _page(
    request: Ask, frame: Frame, parts: Parts, session: Session, order: Order, form: Form, errors: dict[str, str]
) -> Response[bytes]:
    refundable = await _refundable(request, parts, session, order)
    rows = _rows(parts, frame, order, refundable)
    preview = None
    if not errors:
        asked = _asked(form, order, rows, errors, frame)
        if asked != Asked() and not errors:
            preview = await _preview(request, parts, session, order, asked, errors, frame)
    return frame.page(
        "refund.html", 422 if errors else 200, order=order, path=path_of(order), rows=rows, refundable=refundable,
        form=form, errors=errors, preview=preview,
        delivery=typed(refundable.delivery_minor, order.currency),
    )  # fmt: skip


async def _preview(
    request: Ask, parts: Parts, session: Session, order: Order, asked: Asked, errors: dict[str, str], frame: Frame
) -> Preview | None:
    """What would be taken off and given back; what is wrong stands in ``errors``."""

    def work_out(view: Reading) -> Preview:
        return orders.preview_refund(
            view, order_id=order.id, lines=asked.lines, delivery_minor=asked.delivery_minor,
            amount_minor=asked.amount_minor,
        )  # fmt: skip

    try:
        return await parts.desk(visit_of(request), session).read(work_out)
    except Refusal as refusal:
        errors |= _wrong(refusal, frame)
        return None


async def _refundable(request: Ask, parts: Parts, session: Session, order: Order) -> Refundable:
    desk = parts.desk(visit_of(request), session)
    return await desk.read(lambda view: orders.refundable(view, order_id=order.id))


def _rows(parts: Parts, frame: Frame, order: Order, refundable: Refundable) -> list[Row]:
    """Each line twice where some of it was sent and some was not: other things become of the goods."""
    left = {piece.line_item_id: piece.quantity for piece in refundable.pieces}
    rows = []
    for row in rows_of(parts, frame, order):
        line, most = row.line, left.get(row.line.id, 0)
        unsent = min(line.unsent, most)
        if unsent:
            rows.append(Row(f"unsent-{line.id}", line, False, unsent, row.title, row.choice, row.picture))
        if most > unsent:
            rows.append(Row(f"sent-{line.id}", line, True, most - unsent, row.title, row.choice, row.picture))
    return rows


def _asked(form: Form, order: Order, rows: list[Row], errors: dict[str, str], frame: Frame) -> Asked:
    """Read the form; what cannot be read stands in ``errors`` by its field."""
    lines = []
    for row in rows:
        pieces = form.number(row.name, 0, LINE_QUANTITY)
        if pieces:
            came_back = form.text(f"back-{row.line.id}")
            restock = Restock.CANCEL if not row.sent else Restock.RETURN if came_back else Restock.NO_RESTOCK
            lines.append(Return(row.line.id, pieces, restock))
    amounts = {}
    for name in ("delivery", "amount"):
        try:
            amounts[name] = amount_of(form.text(name) or "0", order.currency)
        except Refusal as refusal:
            errors[name] = translate(refusal, catalogue(frame.language).gettext)
    return Asked(tuple(lines), amounts.get("delivery", 0), amounts.get("amount", 0))


def _wrong(refusal: Refusal, frame: Frame) -> dict[str, str]:
    if refusal.kind not in (Kind.CONFLICT, Kind.INVALID):
        raise refusal
    return {"all": translate(refusal, catalogue(frame.language).gettext)}
