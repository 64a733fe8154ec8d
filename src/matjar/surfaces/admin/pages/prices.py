"""Prices: searched, changed in place, with what goods cost before; a change can be taken back."""

from urllib.parse import urlencode

from litestar import Response, get, post

from matjar.core.refusal import Kind, Refusal, translate
from matjar.domain import catalog
from matjar.domain.access import actions
from matjar.domain.catalog import Product, Variant
from matjar.edge.catalogue import Said
from matjar.edge.forms import Form, in_latin, number_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.languages import catalogue
from matjar.edge.pages import go
from matjar.surfaces.admin.pages import cookies
from matjar.surfaces.admin.pages.amounts import amount_of, typed
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of
from matjar.surfaces.admin.parts import Parts

ROWS = 25
"""Products of one page, each with its variants."""


@get("/prices", action=actions.PRICES_READ)
async def show(
    request: Ask, frame: Frame, parts: Parts, session: Session, q: str = "", after: int = 0
) -> Response[bytes]:
    """The list of what is sold, and for how much."""
    return await _page(request, frame, parts, session, in_latin(q).strip()[:100], after, {}, Form({}))


@post("/prices", action=actions.PRICES_WRITE)
async def change(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """A variant costs something else from now on; without a price before, nothing is struck through."""
    form = await form_of(request, parts)
    variant_id, currency = number_of(form.text("row")), frame.shop.currency
    desk = parts.desk(visit_of(request), session)
    product, variant = await desk.read(lambda view: catalog.load_variant(view, variant_id=variant_id))
    errors: dict[str, str] = {}
    price_minor = _read(form, "price", currency, errors, frame)
    before_minor = _read(form, "before", currency, errors, frame) if form.text("before") else None
    try:
        if not errors:
            await desk.submit(catalog.set_price)(
                variant_id=variant_id, price_minor=price_minor, compare_at_minor=before_minor
            )
    except Refusal as refusal:
        if refusal.kind not in (Kind.INVALID, Kind.CONFLICT):
            raise
        errors["price"] = translate(refusal, catalogue(frame.language).gettext)
    if errors:
        words, after = form.text("q")[:100], number_of(form.text("after"))
        return await _page(request, frame, parts, session, words, after, errors, form)
    note(
        request, parts, subject=f"variant:{variant_id}", before=_prices(variant.price_minor, variant.compare_at_minor),
        after=_prices(price_minor, before_minor),
    )  # fmt: skip
    query = urlencode({name: form.text(name) for name in ("q", "after") if form.text(name)})
    return cookies.keep(
        go(frame.url(f"/prices?{query}")), cookies.DONE, _done(frame, form, product, variant, price_minor)
    )


async def _page(
    request: Ask, frame: Frame, parts: Parts, session: Session, words: str, after: int, errors: dict[str, str],
    form: Form,
) -> Response[bytes]:  # fmt: skip
    found = await parts.desk(visit_of(request), session).read(
        lambda view: catalog.list_products(view, since_id=after, words=words, most=ROWS + 1)
    )
    return frame.page(
        "prices.html", 422 if errors else 200, products=found[:ROWS], more=len(found) > ROWS, words=words, after=after,
        errors=errors, form=form, row=number_of(form.text("row")), typed=typed, said=_said(parts, frame, found),
    )  # fmt: skip


def _said(parts: Parts, frame: Frame, found: list[Product]) -> dict[int, Said]:
    """What each variant is called in the reader's language; what is not on sale, as its maker called it."""
    shelf = parts.catalogue.shelf(frame.shop.id)
    return {
        variant.id: shelf.said(variant.id, frame.language)
        or Said(product.title, variant.title if len(product.variants) > 1 else "", None)
        for product in found
        for variant in product.variants
    }


def _read(form: Form, name: str, currency: str, errors: dict[str, str], frame: Frame) -> int:
    """An amount of the form; what is wrong with it stands in ``errors``."""
    try:
        return amount_of(form.text(name), currency)
    except Refusal as refusal:
        errors[name] = translate(refusal, catalogue(frame.language).gettext)
        return 0


def _prices(price_minor: int, before_minor: int | None) -> dict[str, str]:
    return {"price_minor": str(price_minor), "compare_at_minor": "" if before_minor is None else str(before_minor)}


def _done(frame: Frame, form: Form, product: Product, variant: Variant, price_minor: int) -> Done:
    currency = frame.shop.currency
    title = f"{product.title} – {variant.title}" if variant.title else product.title
    back = {"row": str(variant.id), "price": typed(variant.price_minor, currency)}
    back |= {name: form.text(name) for name in ("q", "after") if form.text(name)}
    if variant.compare_at_minor is not None:
        back["before"] = typed(variant.compare_at_minor, currency)
    return Done("priced", {"title": title, "price": frame.reader.money(price_minor)}, "/prices", back)
