"""Prices: searched, changed in place, with what goods cost before; a change can be taken back."""

from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post

from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import catalog
from matjar.domain.access import actions
from matjar.domain.catalog import Product, Variant
from matjar.edge.catalogue import Said
from matjar.edge.forms import Form, in_latin, number_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.languages import catalogue, sentence
from matjar.edge.pages import go
from matjar.surfaces.admin.pages import cookies
from matjar.surfaces.admin.pages.amounts import read, typed
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of
from matjar.surfaces.admin.pages.naming import article_of, name_articles, title_of
from matjar.surfaces.admin.parts import Parts

ROWS = 25
"""Products of one page, each with its variants."""
CHANGED_SINCE = sentence("It was priced anew since, and costs {price} now. Save if you mean the price typed here.")


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
    price_minor, errors["price"] = read(form.text("price"), currency, frame.reader)
    before_minor: int | None = None
    if form.text("before"):
        before_minor, errors["before"] = read(form.text("before"), currency, frame.reader)
    if form.text("instead_of") not in ("", _standing(variant)):
        price = frame.reader.money(variant.price_minor, currency)
        errors["price"] = catalogue(frame.language).gettext(CHANGED_SINCE).format(price=price)
    try:
        if not any(errors.values()):
            await desk.submit(catalog.set_price)(
                variant_id=variant_id, price_minor=price_minor, compare_at_minor=before_minor
            )
    except Refusal as refusal:
        errors["price"] = frame.beside(refusal)
    if any(errors.values()):
        words, after = form.text("q")[:100], number_of(form.text("after"))
        return await _page(request, frame, parts, session, words, after, errors, form)
    note(
        request, parts, subject=f"variant:{variant_id}", before=_prices(variant.price_minor, variant.compare_at_minor),
        after=_prices(price_minor, before_minor),
    )  # fmt: skip
    query = urlencode({name: form.text(name) for name in ("q", "after") if form.text(name)})
    changed = msgspec.structs.replace(variant, price_minor=price_minor, compare_at_minor=before_minor)
    done = await desk.read(lambda view: _done(view, parts, frame, form, product, variant, changed))
    return cookies.keep(go(frame.url(f"/prices?{query}")), cookies.DONE, done)


async def _page(
    request: Ask, frame: Frame, parts: Parts, session: Session, words: str, after: int, errors: dict[str, str],
    form: Form,
) -> Response[bytes]:  # fmt: skip
    shelf = parts.catalogue.shelf(frame.shop.id)

    def load(view: Reading) -> tuple[list[Product], dict[int, Said]]:
        found = catalog.list_products(view, since_id=after, words=words, most=ROWS + 1)
        articles = [article_of(product, variant) for product in found for variant in product.variants]
        return found, name_articles(view, shelf, articles, frame.language)

    found, said = await parts.desk(visit_of(request), session).read(load)
    return frame.page(
        "prices.html", 422 if errors else 200, products=found[:ROWS], more=len(found) > ROWS, words=words, after=after,
        errors=errors, form=form, row=number_of(form.text("row")), typed=typed, said=said,
    )  # fmt: skip


def _standing(variant: Variant) -> str:
    """What it costs, and did before, in minor units: by which a later change is noticed."""
    return "/".join(_prices(variant.price_minor, variant.compare_at_minor).values())


def _prices(price_minor: int, before_minor: int | None) -> dict[str, str]:
    return {"price_minor": str(price_minor), "compare_at_minor": "" if before_minor is None else str(before_minor)}


def _done(
    view: Reading, parts: Parts, frame: Frame, form: Form, product: Product, variant: Variant, changed: Variant
) -> Done:
    """What to say, with the way back."""
    shelf, currency = parts.catalogue.shelf(frame.shop.id), frame.shop.currency
    title = title_of(view, shelf, product, variant, frame.language)
    back = {"row": str(variant.id), "price": typed(variant.price_minor, currency)}
    back |= {name: form.text(name) for name in ("q", "after") if form.text(name)}
    if variant.compare_at_minor is not None:
        back["before"] = typed(variant.compare_at_minor, currency)
    # Taken back is this change alone: whoever has priced it anew meanwhile is not overruled unseen.
    back["instead_of"] = _standing(changed)
    return Done("priced", {"title": title, "price": frame.reader.money(changed.price_minor)}, "/prices", back)
