"""Paying: to the gateway's own pages and back, and from every outcome to the page that tells it."""

import hashlib
from urllib.parse import urlencode

from litestar import Response, get, post
from msgspec.structs import replace

from matjar.core.limits import TEXT
from matjar.core.refusal import Kind, Refusal, translate
from matjar.domain import inventory, pricing
from matjar.domain.checkout import Checkout, Status
from matjar.domain.checkout.model import NO_SUCH_VARIANT
from matjar.edge.answers import status_of
from matjar.edge.csrf import check_origin
from matjar.edge.framework import Ask, visit_of
from matjar.edge.languages import catalogue
from matjar.edge.pages import go, own
from matjar.surfaces.storefront.pages import cookies
from matjar.surfaces.storefront.pages.cart import take_out
from matjar.surfaces.storefront.pages.details import Filled
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.pages.sheet import Sheet, sheet
from matjar.surfaces.storefront.pages.telling import OPEN, hash_of, opened
from matjar.surfaces.storefront.parts import Parts

CARD_PAGE, BACK_PAGE, BANK_PAGE = "/checkout/card", "/checkout/card/done", "/checkout/bank"


@get(routes(CARD_PAGE))
async def ask_for_card(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """Lead on to the gateway's own form for the card: its number is never ours."""
    told = await opened(request, parts)
    form_url = next((parts.card_forms[name] for name in frame.shop.settings.gateways if name in parts.card_forms), "")
    if told is None or told.status is not Status.READY or not form_url:
        return go(frame.url("/checkout"))
    query = urlencode({"return_url": frame.origin + frame.url(BACK_PAGE), "lang": frame.language})
    return own(frame.render("leaving.html", to="form", url=f"{form_url}?{query}", at_once=True))


@get(routes(BACK_PAGE))
async def take_card(request: Ask, frame: Frame, parts: Parts, token: str = "") -> Response[bytes]:
    """The way back from the gateway's form: charge the card. Coming again with the same token charges once."""
    told = await opened(request, parts)
    if told is None or told.status not in OPEN or not token or "prefetch" in request.headers.get("sec-purpose", ""):
        return go(frame.url("/checkout"))
    gateway = next(name for name in frame.shop.settings.gateways if name in parts.card_forms)
    state = Sheet(frame=frame, parts=parts, checkout=told, filled=Filled.kept(told.details), gateway=gateway)
    return await pay(request, state, gateway=gateway, card_token=token[:TEXT])


@get(routes(BANK_PAGE))
async def show_bank(request: Ask, frame: Frame, parts: Parts, go_on: str = "") -> Response[bytes]:
    """Lead on to the bank's page, where the buyer says that it is they who pay, or to the gateway's, where they pay."""
    told = await opened(request, parts)
    if told is None or told.status is not Status.REQUIRES_ESCALATION:
        return go(frame.url("/checkout"))
    return leave(frame, parts, told, at_once=bool(go_on))


@post(routes("/checkout/turn-back"), status_code=303)
async def turn_back(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """Leave the bank's or the gateway's page be, and pay another way."""
    check_origin(request)
    if await opened(request, parts) is not None:
        await parts.cashier.turn_back(parts.desk(visit_of(request)), hash_of(request))
    return go(frame.url("/checkout"))


async def pay(request: Ask, state: Sheet, *, gateway: str, card_token: str = "") -> Response[bytes]:
    """Pay; where that is refused, the checkout's page says why, and that nothing was charged."""
    frame, parts = state.frame, state.parts
    desk = parts.desk(visit_of(request))
    try:
        told = await parts.cashier.complete(
            desk,
            token_hash=hash_of(request),
            gateway=gateway,
            card_token=card_token,
            seen_total_minor=None,
            key=hashlib.sha256(card_token.encode()).hexdigest()[:32] if card_token else "",
            return_origin=frame.origin + frame.url("/").rstrip("/"),
        )
    except Refusal as refusal:
        if refusal.kind is Kind.FAULT:
            raise
        return await _explain(request, state, refusal)
    if told.status is Status.REQUIRES_ESCALATION:
        return go(frame.url(f"{BANK_PAGE}?go_on=1"))
    return await next_page(request, frame, parts, told)


def leave(frame: Frame, parts: Parts, told: Checkout, *, at_once: bool = False, mine: bool = True) -> Response[bytes]:
    """On to the page that the payment waits at; of one's own checkout, or back to another way to pay."""
    assert told.payment is not None
    name, url = page_of(parts, told), told.payment.challenge_url
    to = "page" if name else "bank"
    return own(frame.render("leaving.html", to=to, name=name, url=url, at_once=at_once, mine=mine))


def page_of(parts: Parts, told: Checkout) -> str:
    """Whose page it is that the whole payment is made on; empty: nobody's but ours, and perhaps the bank's."""
    return parts.payment_pages.get(told.payment.gateway, "") if told.payment else ""


def order_page(frame: Frame, parts: Parts, told: Checkout) -> Response[bytes]:
    """To the order that came of a checkout."""
    return go(f"{frame.url(f'/orders/{parts.tokens.of_order(frame.shop.id, told.id)}')}?thanks=1")


async def next_page(request: Ask, frame: Frame, parts: Parts, told: Checkout) -> Response[bytes]:
    """Where the buyer goes from their own checkout as it stands now."""
    match told.status:
        case Status.COMPLETED:
            answer = cookies.forget(order_page(frame, parts, told), cookies.CHECKOUT)
            cookies.keep(answer, cookies.PLACED, cookies.read(request, cookies.CHECKOUT))
            return await take_out(request, parts, answer, told.lines)
        case Status.REQUIRES_ESCALATION:
            return go(frame.url(BANK_PAGE))
        case Status.IN_PROGRESS:
            return go(frame.url(f"/checkout/return/{parts.tokens.of_return(frame.shop.id, told.id)}"))
        case Status.CANCELED:
            return cookies.forget(go(frame.url("/cart")), cookies.CHECKOUT)
        case Status.INCOMPLETE | Status.READY:
            return go(frame.url("/checkout"))


async def _explain(request: Ask, state: Sheet, refusal: Refusal) -> Response[bytes]:
    """The checkout's page with what stood in the way."""
    fresh = await opened(request, state.parts)
    now = replace(state, checkout=fresh or state.checkout)
    if refusal.code == pricing.CHANGED.code:
        return sheet(replace(now, dearer=True), status=409)
    if "title" in refusal.facts:
        refusal.facts["title"] = _title(now, str(refusal.facts["title"]))
    sentence = translate(refusal, catalogue(state.frame.language).gettext)
    if refusal.code.startswith("discounts."):
        now.filled.errors["discount_code"] = sentence
        return sheet(now, status=422)
    short = refusal.code in (inventory.SOLD_OUT.code, NO_SUCH_VARIANT.code)
    return sheet(replace(now, trouble=sentence, short=short), status=status_of(refusal))


def _title(state: Sheet, title: str) -> str:
    """The article that a refusal names, as the reader's page calls it."""
    shelf, language = state.parts.catalogue.shelf(state.frame.shop.id), state.frame.language
    line = next((line for line in state.checkout.sums.lines if line.title == title), None)
    words = shelf.said(line.variant_id, language) if line else None
    return words[0] if words else title
