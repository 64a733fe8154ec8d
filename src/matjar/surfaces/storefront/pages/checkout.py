"""The checkout on one page: begin with the cart, tell, pay. Each step is a plain form."""

import contextlib

from litestar import Response, get, post
from msgspec.structs import replace

from matjar.core.address import NOWHERE, Address
from matjar.core.ids import hash_token, mint_token
from matjar.core.refusal import Kind, Refusal, translate
from matjar.domain import checkout, customers
from matjar.domain.carts import Line
from matjar.domain.checkout import Checkout, Details, Status
from matjar.edge.csrf import check_origin
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.languages import catalogue
from matjar.edge.pages import go
from matjar.surfaces.storefront.pages import cart, cookies
from matjar.surfaces.storefront.pages.details import Filled, field_of
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.pages.paying import CARD_PAGE, next_page, order_page, pay
from matjar.surfaces.storefront.pages.sheet import Sheet, sheet
from matjar.surfaces.storefront.pages.telling import OPEN, hash_of, opened, tell, with_delivery
from matjar.surfaces.storefront.pages.visitor import Visitor, addresses_of, desk_of, find
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.views import ASKS


@post(routes("/checkout/begin"), status_code=303)
async def begin(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """Begin a checkout with what is in the cart, or go on with the one that was begun."""
    check_origin(request)
    lines = await cart.lines_of(request, parts)
    if not lines:
        return go(frame.url("/cart"))
    try:
        token = await _begin(request, frame, parts, lines)
    except Refusal as refusal:
        if refusal.kind not in (Kind.INVALID, Kind.CONFLICT):
            raise
        sentence = translate(refusal, catalogue(frame.language).gettext)
        return cart.cart_page(frame, parts.catalogue.shelf(frame.shop.id), lines, trouble=sentence, status=409)
    return cookies.forget(cookies.keep(go(frame.url("/checkout")), cookies.CHECKOUT, token), cookies.PLACED)


@get(routes("/checkout"))
async def show(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """The checkout as it stands, or where the buyer has got to beyond it: back from their order, to the order."""
    found = await opened(request, parts)
    if found is None:
        placed = await opened(request, parts, cookies.PLACED)
        return order_page(frame, parts, placed) if placed else go(frame.url("/cart"))
    if found.status not in OPEN:
        return await next_page(request, frame, parts, found)
    gateway = request.query_params.get("gateway", "")
    return sheet(await _sheet(request, frame, parts, found, Filled.kept(found.details), gateway))


@post(routes("/checkout"), status_code=303)
async def change(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """Take down the form; with ``do=pay``, go on to the payment if nothing is missing."""
    check_origin(request)
    found = await opened(request, parts)
    if found is None or found.status not in OPEN:
        return go(frame.url("/checkout"))
    form = Form.of(await request.body())
    filled, gateway = Filled.typed(form), form.text("gateway")
    if form.text("do") == "drop-discount":
        filled.values["discount_code"] = ""
    begun = await _sheet(request, frame, parts, found, filled, gateway)
    filled.take(next((each.address for each in begun.kept if form.text("do") == f"address-{each.id}"), NOWHERE))
    told = await tell(parts.desk(visit_of(request)), hash_of(request), filled, frame.language)
    filled.values["delivery"] = told.details.delivery_id
    seen = replace(begun, checkout=told)
    if form.text("do") != "pay":
        return sheet(seen)
    _ask_for_missing(filled, told, frame.language)
    seen_total_minor = form.number("seen_total", 0, 1 << 52)
    if filled.errors:
        return sheet(seen, status=422)
    if told.sums.total_minor > seen_total_minor:
        return sheet(replace(seen, dearer=True), status=409)
    if seen.visitor is not None and form.text("keep"):
        await _keep(request, parts, seen.visitor, told)
    if gateway in parts.card_forms and told.sums.total_minor:
        return go(frame.url(CARD_PAGE))
    return await pay(request, seen, gateway=gateway)


async def _begin(request: Ask, frame: Frame, parts: Parts, lines: tuple[Line, ...]) -> str:
    desk, language = parts.desk(visit_of(request)), frame.language
    earlier = await opened(request, parts)
    token = cookies.read(request, cookies.CHECKOUT)
    if earlier is not None and earlier.status in OPEN:
        try:
            await with_delivery(desk, hash_token(token), earlier.details, language, lines)
        except Refusal as refusal:
            if field_of(refusal.field or "") != "discount_code":
                raise
            await with_delivery(desk, hash_token(token), replace(earlier.details, discount_code=""), language, lines)
        return token
    if earlier is not None and earlier.status in (Status.IN_PROGRESS, Status.REQUIRES_ESCALATION):
        return token
    parts.let_begin(visit_of(request))
    token = mint_token()
    details = await _known(request, frame, parts)
    await desk.submit(checkout.create)(
        token_hash=hash_token(token), lines=lines, language=language, details=details
    )
    await with_delivery(desk, hash_token(token), details, language)
    return token


async def _known(request: Ask, frame: Frame, parts: Parts) -> Details:
    """What a checkout begins with: of whoever is signed in, all that it asks for; of a guest, the shop's country."""
    visitor = await find(request, parts)
    if visitor is None:
        return Details(shipping=Address(country=frame.shop.country))
    kept = await addresses_of(request, parts, visitor)
    begun = Address(name=visitor.customer.name, country=frame.shop.country)
    shipping = kept[0].address if kept else begun
    phone = shipping.phone or visitor.customer.phone or ""
    return Details(email=visitor.customer.email or "", phone=phone, shipping=replace(shipping, phone=phone))


async def _keep(request: Ask, parts: Parts, visitor: Visitor, told: Checkout) -> None:
    """Keep the address of this checkout for the next. Where that cannot be, the purchase goes on."""
    with contextlib.suppress(Refusal):
        await desk_of(request, parts, visitor).submit(customers.keep_address)(
            customer_id=visitor.customer.id, address=told.details.shipping
        )


async def _sheet(request: Ask, frame: Frame, parts: Parts, found: Checkout, filled: Filled, gateway: str) -> Sheet:
    visitor = await find(request, parts)
    kept = await addresses_of(request, parts, visitor)
    return Sheet(frame=frame, parts=parts, checkout=found, filled=filled, gateway=gateway, visitor=visitor, kept=kept)


def _ask_for_missing(filled: Filled, told: Checkout, language: str) -> None:
    """Say beside each field that is still empty what belongs there."""
    for path in told.missing:
        filled.errors.setdefault(field_of(path), catalogue(language).gettext(ASKS[path]))
