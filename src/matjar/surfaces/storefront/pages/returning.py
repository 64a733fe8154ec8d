"""Coming back from the gateway, in whatever browser: what became of the payment, or that it is being confirmed."""

from litestar import Response, get

from matjar.core.refusal import Kind, Refusal
from matjar.domain import checkout, payments
from matjar.domain.checkout import Checkout, Status
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go, own
from matjar.edge.tokens import BAD_LINK
from matjar.storage.desk import Desk
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.pages.paying import leave, next_page, order_page, page_of
from matjar.surfaces.storefront.pages.sheet import declined
from matjar.surfaces.storefront.pages.telling import OPEN, opened
from matjar.surfaces.storefront.parts import Parts

AGAIN_SECONDS = 3
"""The page asks again by itself so often, without a script."""


@get(routes("/checkout/return/{token:str}"))
async def show(request: Ask, frame: Frame, parts: Parts, token: str) -> Response[bytes]:
    """Ask the gateway if need be, and tell. The link itself is the proof: it works without any cookie."""
    checkout_id = parts.tokens.open_return(frame.shop.id, token)
    desk = parts.desk(visit_of(request))
    told = await desk.read(lambda view: checkout.find_by_id(view, checkout_id=checkout_id))
    if told is None:
        raise BAD_LINK()
    answer = None
    if told.status in (Status.IN_PROGRESS, Status.REQUIRES_ESCALATION):
        answer = await _asked(parts, desk, told)
        told = answer or told
    if told.status in OPEN:
        if await _is_mine(request, parts, told):
            return go(frame.url("/checkout"))
        return own(frame.render("not-paid.html", why=declined(told, frame.language)))
    if told.status is Status.COMPLETED:
        return await _to_order(request, frame, parts, told)
    if answer is not None and told.status is Status.REQUIRES_ESCALATION and page_of(parts, told):
        return leave(frame, parts, told, mine=await _is_mine(request, parts, told))
    name = page_of(parts, told)
    return own(frame.render("confirming.html", again_seconds=AGAIN_SECONDS, bank=_bank_page(told), name=name))


async def _asked(parts: Parts, desk: Desk, told: Checkout) -> Checkout | None:
    """The checkout after asking the gateway; None where it does not answer."""
    if told.payment is None or told.payment.gateway not in parts.cashier.gateways:
        return None
    intent_id = told.payment.intent_id
    intent = await desk.read(lambda view: payments.load_intent(view, intent_id=intent_id))
    try:
        return await parts.cashier.inquire(desk, intent) or told
    except Refusal as refusal:
        if refusal.kind not in (Kind.AWAY, Kind.BUSY):
            raise
        return None


async def _to_order(request: Ask, frame: Frame, parts: Parts, told: Checkout) -> Response[bytes]:
    """On to the order. Only the browser that bought forgets its cart: another's is not touched."""
    if not await _is_mine(request, parts, told):
        return order_page(frame, parts, told)
    return await next_page(request, frame, parts, told)


async def _is_mine(request: Ask, parts: Parts, told: Checkout) -> bool:
    """Whether this browser is the one that is buying."""
    mine = await opened(request, parts)
    return mine is not None and mine.id == told.id


def _bank_page(told: Checkout) -> str:
    """The bank's page, as long as the buyer has not been there."""
    return told.payment.challenge_url if told.payment and told.status is Status.REQUIRES_ESCALATION else ""
