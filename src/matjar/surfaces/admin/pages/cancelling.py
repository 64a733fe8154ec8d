"""Cancelling an order: nothing more is sent, and what was paid for it goes back."""

from litestar import Response, get, post

from matjar.core.refusal import Kind, Refusal
from matjar.domain.access import actions
from matjar.domain.orders import CancelReason, Order
from matjar.edge import refunding
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.languages import sentence
from matjar.surfaces.admin.pages import refunds
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of
from matjar.surfaces.admin.pages.order import done, order_of, path_of
from matjar.surfaces.admin.parts import Parts

REASONS = {
    CancelReason.CUSTOMER: sentence("The buyer changed their mind"),
    CancelReason.INVENTORY: sentence("We do not have it"),
    CancelReason.FRAUD: sentence("It does not look honest"),
    CancelReason.DECLINED: sentence("The payment did not come"),
    CancelReason.OTHER: sentence("Something else"),
}


@get("/orders/{name:str}/cancel", action=actions.ORDERS_CANCEL)
async def ask(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """Whether it is really to be cancelled, and why."""
    return _page(frame, await order_of(request, parts, session, name))


@post("/orders/{name:str}/cancel", action=actions.ORDERS_CANCEL)
async def cancel(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """Cancel it."""
    form = await form_of(request, parts)
    order = await order_of(request, parts, session, name)
    reason = next((each for each in CancelReason if each == form.text("reason")), CancelReason.OTHER)
    try:
        begun = await refunding.cancel(
            parts.desk(visit_of(request), session), parts.gateways, order_id=order.id, reason=reason,
            key=form.text("key"),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.kind is not Kind.CONFLICT:
            raise
        return _page(frame, order, frame.reader.say(refusal))
    back_minor = begun.refund.amount_minor if begun.refund else 0
    note(request, parts, subject=f"order:{order.number}", after={"reason": reason} | refunds.booked(begun))
    what = refunds.told(begun, frame) if back_minor else Done("cancelled", {"name": order.name})
    return done(parts, frame, order, what)


def _page(frame: Frame, order: Order, trouble: str = "") -> Response[bytes]:
    return frame.page(
        "cancel.html", 422 if trouble else 200, order=order, path=path_of(order), reasons=REASONS, trouble=trouble
    )
