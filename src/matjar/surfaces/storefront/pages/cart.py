"""The cart: put in, change, take out and put back, each by a plain form."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post

from matjar.core.ids import hash_token, mint_token
from matjar.core.limits import LINE_QUANTITY
from matjar.core.refusal import Refusal, translate
from matjar.domain import carts, inventory
from matjar.domain.carts import Line
from matjar.domain.catalog.model import NO_VARIANT
from matjar.edge.answers import status_of
from matjar.edge.catalogue import ProductDocument, Shelf, VariantDocument
from matjar.edge.csrf import check_origin
from matjar.edge.forms import Form, number_of
from matjar.edge.framework import Ask, visit_of, wants_page
from matjar.edge.languages import catalogue
from matjar.edge.pages import go, own
from matjar.surfaces.storefront.pages import cookies, product
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.pages.rows import Row, rows_of
from matjar.surfaces.storefront.parts import Parts


class Added(msgspec.Struct, frozen=True):
    """What the script is told of a cart that has grown."""

    count: int
    title: str


@get(routes("/cart"))
async def show(request: Ask, frame: Frame, parts: Parts, removed: str = "") -> Response[bytes]:
    """The cart; ``removed`` is the variant and the quantity that can be put back."""
    lines = await lines_of(request, parts)
    return cart_page(frame, parts.catalogue.shelf(frame.shop.id), lines, removed=removed)


@post(routes("/cart/add"), status_code=303)
async def add(request: Ask, frame: Frame, parts: Parts) -> Response[Any]:
    """Put a variant into the cart; where that cannot be, the product's page says why."""
    check_origin(request)
    form = Form.of(await request.body())
    shelf = parts.catalogue.shelf(frame.shop.id)
    found = _chosen(shelf, form)
    lines = await lines_of(request, parts)
    try:
        _check_stock(found, lines, form.number("quantity", 1, LINE_QUANTITY), frame.language)
        if not lines:
            parts.let_begin(visit_of(request))
        wanted = Line(found[1].id, form.number("quantity", 1, LINE_QUANTITY))
        kept, token = await _put(request, parts, (*lines, wanted))
    except Refusal as refusal:
        if not wants_page(request):
            raise
        sentence = translate(refusal, catalogue(frame.language).gettext)
        content = product.make(frame, shelf, found[0], str(found[1].id), sentence)
        return own(content, status_of(refusal))
    if wants_page(request):
        return _keep(go(frame.url("/cart")), kept, token)
    told = Added(_count(kept), found[0].in_language(frame.language).title)
    return _keep(Response(told, status_code=200), kept, token)


@post(routes("/cart/change"), status_code=303)
async def change(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """Change quantities, or take a line out: the page then offers to put it back."""
    check_origin(request)
    form = Form.of(await request.body())
    lines = await lines_of(request, parts)
    if not lines:
        return go(frame.url("/cart"))
    removed = number_of(form.text("remove"))
    wanted = [_wanted(line, form, removed) for line in lines]
    kept, token = await _put(request, parts, tuple(line for line in wanted if line.quantity > 0))
    gone = next((line for line in lines if line.variant_id == removed), None)
    query = f"?{urlencode({'removed': f'{gone.variant_id}.{gone.quantity}'})}" if gone else ""
    return _keep(go(frame.url("/cart") + query), kept, token)


def cart_page(
    frame: Frame, shelf: Shelf, lines: tuple[Line, ...], *, removed: str = "", trouble: str = "", status: int = 200
) -> Response[bytes]:
    """The cart's page, at the prices that the shelf has."""
    rows = rows_of(shelf, lines, frame.language)
    undo = _undo(shelf, removed, frame.language)
    return own(
        frame.render(
            "cart.html",
            rows=rows,
            subtotal_minor=sum(row.subtotal_minor for row in rows),
            buyable=bool(rows) and all(row.buyable for row in rows),
            undo=undo,
            trouble=trouble,
        ),
        status,
    )


async def lines_of(request: Ask, parts: Parts) -> tuple[Line, ...]:
    """The lines of the buyer's cart; nothing, without asking, where there is no cart."""
    token = cookies.read(request, cookies.CART)
    if not token:
        return ()
    found = await parts.desk(visit_of(request)).read(lambda view: carts.find(view, token_hash=hash_token(token)))
    return found.lines if found else ()


async def take_out(request: Ask, parts: Parts, response: Response[bytes], bought: tuple[Line, ...]) -> Response[bytes]:
    """Take out what was bought. What the buyer put in meanwhile, in another tab say, stays in the cart."""
    gone = {line.variant_id: line.quantity for line in bought}
    lines = await lines_of(request, parts)
    left = (Line(line.variant_id, line.quantity - gone.get(line.variant_id, 0)) for line in lines)
    stay = tuple(line for line in left if line.quantity > 0)
    if not stay:
        return cookies.forget(response, cookies.CART, cookies.COUNT)
    return _keep(response, *await _put(request, parts, stay))


def _chosen(shelf: Shelf, form: Form) -> tuple[ProductDocument, VariantDocument]:
    """The variant that a form names: by its id, or by its product and one value of each option."""
    found = shelf.variant(number_of(form.text("variant"))) if form.text("variant") else None
    if found is not None:
        return found
    goods = shelf.product(form.text("product"))
    if goods is None:
        raise NO_VARIANT()
    choices = tuple(form.text(f"option{index}") for index in range(len(goods.options)))
    variant = next((each for each in goods.variants if each.choices == choices), None)
    if variant is None and len(goods.variants) > 1:
        raise NO_VARIANT()
    return goods, variant or goods.variants[0]


def _check_stock(
    found: tuple[ProductDocument, VariantDocument], lines: tuple[Line, ...], quantity: int, language: str
) -> None:
    """Say at once what the checkout would say later: so many are left."""
    goods, variant = found
    if variant.continue_selling or variant.available is None:
        return
    inside = sum(line.quantity for line in lines if line.variant_id == variant.id)
    if inside + quantity > variant.available:
        title = goods.in_language(language).title
        raise inventory.SOLD_OUT(available=max(variant.available, 0), title=title)


def _wanted(line: Line, form: Form, removed: int) -> Line:
    if line.variant_id == removed:
        return Line(line.variant_id, 0)
    name = f"quantity-{line.variant_id}"
    quantity = form.number(name, 0, LINE_QUANTITY) if form.text(name) else line.quantity
    return Line(line.variant_id, quantity)


def _undo(shelf: Shelf, removed: str, language: str) -> Row | None:
    """What was just taken out, if it is still sold."""
    variant_id, _, quantity = removed.partition(".")
    rows = rows_of(shelf, (Line(number_of(variant_id), number_of(quantity)),), language) if removed else ()
    return rows[0] if rows and rows[0].quantity > 0 and rows[0].path else None


async def _put(request: Ask, parts: Parts, lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], str]:
    token = cookies.read(request, cookies.CART) or mint_token()
    kept = await parts.desk(visit_of(request)).submit(carts.put)(token_hash=hash_token(token), lines=lines)
    return kept.lines, token


def _count(lines: tuple[Line, ...]) -> int:
    return sum(line.quantity for line in lines)


def _keep(response: Response[Any], lines: tuple[Line, ...], token: str) -> Response[Any]:
    cookies.keep(response, cookies.CART, token)
    return cookies.keep(response, cookies.COUNT, str(_count(lines)))
