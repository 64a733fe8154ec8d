"""Giving back: pieces, delivery, an amount; worked out before it is done."""

import msgspec
from litestar import Response, get, post
from msgspec.structs import replace

from matjar.core.limits import TEXT
from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import orders
from matjar.domain.access import actions
from matjar.domain.orders import Begun, LineItem, Order, Preview, Refundable, Restock, Return
from matjar.domain.payments import RefundState
from matjar.edge import refunding
from matjar.edge.catalogue import Picture
from matjar.edge.forms import Form, number_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.languages import catalogue, sentence
from matjar.surfaces.admin.pages.amounts import read, typed
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of
from matjar.surfaces.admin.pages.order import done, order_of, path_of, rows_of
from matjar.surfaces.admin.parts import Parts

AT_MOST = sentence("At most {amount}.")
AT_MOST_BESIDE = sentence("Beside what is chosen, at most {amount}.")
PIECES = sentence("A whole number from 0 to {most}.")
NOTHING = sentence("Choose what is to be given back.")

BECAME = {
    RefundState.REFUNDED: "refunded",
    RefundState.REFUNDING: "refunding",
    RefundState.FAILED: "refund_refused",
}
"""What is said of money that was to go back."""
BOOKED = {
    RefundState.REFUNDED: "refund_minor",
    RefundState.REFUNDING: "refunding_minor",
    RefundState.FAILED: "owed_minor",
}
"""What it is called in the audit."""


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


class Worked(msgspec.Struct, frozen=True):
    """A form as it was read: what can be asked, what is, what that comes to, and what is wrong, by field."""

    refundable: Refundable
    rows: list[Row]
    asked: Asked
    errors: dict[str, str]
    preview: Preview | None = None


@get("/orders/{name:str}/refund", action=actions.ORDERS_REFUND)
async def ask(
    request: Ask, frame: Frame, parts: Parts, session: Session, name: str, everything: str = ""
) -> Response[bytes]:
    """What is to be given back: nothing yet, or everything."""
    order = await order_of(request, parts, session, name)
    fields: dict[str, str] = {}
    if everything:
        refundable = await _refundable(request, parts, session, order)
        fields = {row.name: str(row.most) for row in _rows(parts, frame, order, refundable)}
        fields["delivery"] = typed(refundable.delivery_minor, order.currency)
    form = Form(fields)
    return _page(frame, order, form, await _work_out(request, frame, parts, session, order, form))


@post("/orders/{name:str}/refund", action=actions.ORDERS_REFUND)
async def give(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """Work it out, or give it back: as the button says."""
    form = await form_of(request, parts)
    order = await order_of(request, parts, session, name)
    worked = await _work_out(request, frame, parts, session, order, form)
    if worked.errors or form.text("do") != "refund":
        return _page(frame, order, form, worked)
    asked = worked.asked
    try:
        begun = await refunding.refund(
            parts.desk(visit_of(request), session), parts.gateways, order_id=order.id, lines=asked.lines,
            delivery_minor=asked.delivery_minor, amount_minor=asked.amount_minor,
            reason=form.text("reason")[:TEXT], key=form.text("key"),
        )  # fmt: skip
    except Refusal as refusal:
        wrong = {"all": frame.beside(refusal)}
        worked = await _work_out(request, frame, parts, session, order, form)
        return _page(frame, order, form, replace(worked, errors=worked.errors | wrong))
    note(request, parts, subject=f"order:{order.number}", after=booked(begun))
    return done(parts, frame, order, told(begun, frame))


def told(begun: Begun, frame: Frame) -> Done:
    """What became of the money, in a word."""
    order, refund = begun.order, begun.refund
    amount = frame.reader.money(refund.amount_minor if refund else 0, order.currency)
    if refund is None or not refund.amount_minor:
        return Done("credited", {"name": order.name})
    return Done(BECAME[refund.state], {"name": order.name, "amount": amount})


def booked(begun: Begun) -> dict[str, str]:
    """What the audit is told of it."""
    refund = begun.refund
    return {BOOKED[refund.state]: str(refund.amount_minor)} if refund else {BOOKED[RefundState.REFUNDED]: "0"}


def _page(frame: Frame, order: Order, form: Form, worked: Worked) -> Response[bytes]:
    """The form; once something was to be done with it, the first wrong field is gone to."""
    wrong = worked.errors
    fields = [*(row.name for row in worked.rows), "delivery", "amount"]
    return frame.page(
        "refund.html", 422 if wrong else 200, order=order, path=path_of(order), rows=worked.rows,
        refundable=worked.refundable, form=form, errors=wrong, preview=None if wrong else worked.preview, fields=fields,
        first=next((name for name in fields if name in wrong), "") if form.text("do") else "",
    )  # fmt: skip


async def _work_out(
    request: Ask, frame: Frame, parts: Parts, session: Session, order: Order, form: Form
) -> Worked:  # fmt: skip
    """Read the form, all of it, and work out what it comes to; nothing is refused here but said beside its field."""

    def load(view: Reading) -> Worked:
        refundable = orders.refundable(view, order_id=order.id)
        rows = _rows(parts, frame, order, refundable)
        asked, errors = _asked(form, order, rows, frame)
        worked = Worked(refundable, rows, asked, errors)
        if asked.delivery_minor > refundable.delivery_minor:
            errors["delivery"] = _at_most(AT_MOST, refundable.delivery_minor, order, frame)
        if errors or asked == Asked():
            return replace(worked, errors=errors or _nothing(form, frame))
        try:
            return _preview(view, frame, order, worked)
        except Refusal as refusal:
            return replace(worked, errors={"all": frame.beside(refusal)})

    return await parts.desk(visit_of(request), session).read(load)


def _preview(view: Reading, frame: Frame, order: Order, worked: Worked) -> Worked:
    """What would be taken off and given back."""
    asked = worked.asked
    chosen = orders.preview_refund(
        view, order_id=order.id, lines=asked.lines, delivery_minor=asked.delivery_minor
    ).credit  # fmt: skip
    left_minor = worked.refundable.total_minor - chosen.total_minor
    if asked.amount_minor > left_minor:
        words = AT_MOST if chosen.total_minor == 0 else AT_MOST_BESIDE
        return replace(worked, errors={"amount": _at_most(words, left_minor, order, frame)})
    preview = orders.preview_refund(
        view, order_id=order.id, lines=asked.lines, delivery_minor=asked.delivery_minor,
        amount_minor=asked.amount_minor,
    )  # fmt: skip
    return replace(worked, preview=preview)


def _nothing(form: Form, frame: Frame) -> dict[str, str]:
    """What to say of a form in which nothing is chosen, once its button was pressed."""
    pressed = form.text("do") == "refund"
    return {"all": catalogue(frame.language).gettext(NOTHING)} if pressed else {}


def _at_most(words: str, most_minor: int, order: Order, frame: Frame) -> str:
    return catalogue(frame.language).gettext(words).format(amount=frame.reader.money(most_minor, order.currency))


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


def _asked(form: Form, order: Order, rows: list[Row], frame: Frame) -> tuple[Asked, dict[str, str]]:
    """What the form asks, and what cannot be read or is more than there is, by its field."""
    errors: dict[str, str] = {}
    lines = []
    for row in rows:
        text = form.digits(row.name) or "0"
        pieces = number_of(text)
        if pieces > row.most or (not pieces and text.strip("0")):
            say = catalogue(frame.language).gettext(PIECES)
            errors[row.name] = say.format(most=frame.reader.number(row.most))
        elif pieces:
            came_back = form.text(f"back-{row.line.id}")
            restock = Restock.CANCEL if not row.sent else Restock.RETURN if came_back else Restock.NO_RESTOCK
            lines.append(Return(row.line.id, pieces, restock))
    amounts = {}
    for name in ("delivery", "amount"):
        amounts[name], trouble = read(form.text(name) or "0", order.currency, frame.reader)
        if trouble:
            errors[name] = trouble
    return Asked(tuple(lines), amounts["delivery"], amounts["amount"]), errors
