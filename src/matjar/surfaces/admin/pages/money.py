"""Money of an order: seen in hand or in the bank, taken where it was held, let go, or given back by hand."""

from litestar import Response, get, post

from matjar.core.limits import TEXT
from matjar.core.refusal import Refusal
from matjar.domain import orders
from matjar.domain.access import actions
from matjar.domain.orders import Order
from matjar.domain.payments import Status
from matjar.edge import capturing
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.surfaces.admin.pages.amounts import read, typed
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of
from matjar.surfaces.admin.pages.order import done, held_of, load, order_of, owed_of, path_of
from matjar.surfaces.admin.parts import Parts


@get("/orders/{name:str}/paid", action=actions.ORDERS_CHARGE)
async def ask_paid(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """How much came in."""
    order = await order_of(request, parts, session, name)
    return _page(frame, "paid", order, max(order.due_minor, 0), Form({}), {})


@post("/orders/{name:str}/paid", action=actions.ORDERS_CHARGE)
async def mark_paid(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """It came in."""
    form = await form_of(request, parts)
    order = await order_of(request, parts, session, name)
    amount_minor, trouble = read(form.text("amount"), order.currency, frame.reader)
    if trouble:
        return _page(frame, "paid", order, max(order.due_minor, 0), form, {"amount": trouble})
    try:
        paid = await parts.desk(visit_of(request), session).submit(orders.mark_paid, key=form.text("key"))(
            order_id=order.id, amount_minor=amount_minor, reference=form.text("reference")[:TEXT]
        )
    except Refusal as refusal:
        return _page(frame, "paid", order, max(order.due_minor, 0), form, {"amount": frame.beside(refusal)})
    note(request, parts, subject=f"order:{order.number}", after={"paid_minor": str(amount_minor)})
    facts = {"name": order.name, "amount": frame.reader.money(amount_minor, order.currency)}
    return done(parts, frame, order, Done("partly_paid" if paid.due_minor > 0 else "paid", facts))


@get("/orders/{name:str}/refunded", action=actions.ORDERS_REFUND)
async def ask_refunded(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """How much was given back by another way."""
    dossier = (await load(request, parts, session, name)).dossier
    return _page(frame, "refunded", dossier.order, owed_of(dossier), Form({}), {})


@post("/orders/{name:str}/refunded", action=actions.ORDERS_REFUND)
async def mark_refunded(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """It was."""
    form = await form_of(request, parts)
    dossier = (await load(request, parts, session, name)).dossier
    order, most = dossier.order, owed_of(dossier)
    amount_minor, trouble = read(form.text("amount"), order.currency, frame.reader)
    if trouble:
        return _page(frame, "refunded", order, most, form, {"amount": trouble})
    try:
        await parts.desk(visit_of(request), session).submit(orders.mark_refunded, key=form.text("key"))(
            order_id=order.id, amount_minor=amount_minor, reference=form.text("reference")[:TEXT]
        )
    except Refusal as refusal:
        return _page(frame, "refunded", order, most, form, {"amount": frame.beside(refusal)})
    note(request, parts, subject=f"order:{order.number}", after={"refund_minor": str(amount_minor)})
    facts = {"name": order.name, "amount": frame.reader.money(amount_minor, order.currency)}
    return done(parts, frame, order, Done("given_back", facts))


@get("/orders/{name:str}/capture", action=actions.ORDERS_CHARGE)
async def ask_capture(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """How much of the held money is to be taken."""
    kept = await load(request, parts, session, name)
    order = kept.dossier.order
    most = min(order.due_minor, held_of(kept.dossier))
    return _page(frame, "capture", order, max(most, 0), Form({}), {})


@post("/orders/{name:str}/capture", action=actions.ORDERS_CHARGE)
async def capture(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """Take it."""
    form = await form_of(request, parts)
    order = await order_of(request, parts, session, name)
    desk = parts.desk(visit_of(request), session)
    amount_minor, trouble = read(form.text("amount"), order.currency, frame.reader)
    if trouble:
        return _page(frame, "capture", order, max(order.due_minor, 0), form, {"amount": trouble})
    try:
        begun = await capturing.capture(
            desk, parts.gateways, order_id=order.id, amount_minor=amount_minor, key=form.text("key")
        )
    except Refusal as refusal:
        return _page(frame, "capture", order, max(order.due_minor, 0), form, {"amount": frame.beside(refusal)})
    note(request, parts, subject=f"order:{order.number}", after={"captured_minor": str(amount_minor)})
    pending = begun.transaction is not None and begun.transaction.status is Status.PENDING
    facts = {"name": order.name, "amount": frame.reader.money(amount_minor, order.currency)}
    return done(parts, frame, order, Done("capturing" if pending else "captured", facts))


@get("/orders/{name:str}/void", action=actions.ORDERS_CHARGE)
async def ask_void(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """Whether the held money is to be let go."""
    order = await order_of(request, parts, session, name)
    return _page(frame, "void", order, 0, Form({}), {})


@post("/orders/{name:str}/void", action=actions.ORDERS_CHARGE)
async def void(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """Let it go."""
    form = await form_of(request, parts)
    order = await order_of(request, parts, session, name)
    try:
        await capturing.void(
            parts.desk(visit_of(request), session), parts.gateways, order_id=order.id, key=form.text("key")
        )
    except Refusal as refusal:
        return _page(frame, "void", order, 0, form, {"amount": frame.beside(refusal)})
    note(request, parts, subject=f"order:{order.number}", after={"voided": "1"})
    return done(parts, frame, order, Done("voided", {"name": order.name}))


def _page(
    frame: Frame, what: str, order: Order, most_minor: int, form: Form, errors: dict[str, str]
) -> Response[bytes]:
    amount = form.text("amount") if errors else typed(most_minor, order.currency)
    return frame.page(
        "money.html", 422 if errors else 200, what=what, order=order, path=path_of(order), most_minor=most_minor,
        amount=amount, form=form, errors=errors,
    )  # fmt: skip
