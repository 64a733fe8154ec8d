"""A product: its pictures, its choices, and the form that puts it into the cart."""

from litestar import Response, get

from matjar.edge.catalogue import ProductDocument, Shelf, VariantDocument, Wanted
from matjar.edge.languages import catalogue
from matjar.surfaces.storefront.pages import moved
from matjar.surfaces.storefront.pages.cards import cards_of, reduced_from
from matjar.surfaces.storefront.pages.choices import (
    chosen,
    facts_of,
    left_of,
    most_of,
    options_of,
    unit_price_in_words,
)
from matjar.surfaces.storefront.pages.delivery import promise_of
from matjar.surfaces.storefront.pages.found import faces
from matjar.surfaces.storefront.pages.frame import Frame, browsed, routes
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.views import titles

RELATED = 4


@get(routes("/products/{handle:str}"))
async def show(frame: Frame, parts: Parts, handle: str, variant: str = "", waiting: str = "") -> Response[bytes]:
    """One product, with a variant chosen by ``?variant=`` if there is such a one; one that was renamed is led to.

    Refuses ``catalog.not_found`` and ``catalog.gone``.
    """
    shelf = parts.catalogue.shelf(frame.shop.id)
    product = shelf.product(handle)
    if product is None:
        return moved.product(frame, shelf, handle)
    done = catalogue(frame.language).gettext("We write to you once, as soon as it is back.") if waiting else ""
    return browsed(make(frame, shelf, product, variant, done=done))


def make(
    frame: Frame, shelf: Shelf, product: ProductDocument, variant: str = "", trouble: str = "", *, done: str = ""
) -> bytes:
    """The page as bytes, from the shelf alone; ``trouble`` says what could not be done, ``done`` what was."""
    words, shown = product.in_language(frame.language), chosen(product, variant)
    places = {collection_id for collection_id, _ in product.places}
    collection = next((each for each in frame.collections if each.id in places), None)
    return frame.render(
        "product.html",
        face=faces.of_product(frame, shelf, product, collection),
        product=product,
        words=words,
        shown=shown,
        before=reduced_from(shown),
        unit_price=unit_price_in_words(product, shown, frame.reader),
        options=options_of(product, words, shown),
        variants=tuple(facts_of(product, each, frame.reader, stock_hint(frame, each)) for each in product.variants),
        stock=stock_hint(frame, shown),
        most=most_of(shown),
        trouble=trouble,
        done=done,
        sold_out=[(each.id, titles(product, each, frame.language)[1]) for each in product.variants if not each.on_sale],
        related=cards_of(related(shelf, product), frame.language),
        collection=collection,
        promise=promise_of(shelf.document, shown),
        details=[(fact.key, fact.value) for fact in product.facts_in(frame.language) if fact.namespace == "details"],
    )


def stock_hint(frame: Frame, variant: VariantDocument) -> str:
    """What the page says of a variant's stock; nothing where there is enough."""
    say, left = catalogue(frame.language), left_of(variant)
    if left is None:
        return ""
    if left == 0:
        return say.gettext("Sold out")
    return say.ngettext("Only one left", "Only %(number)s left", left) % {"number": frame.reader.number(left)}


def related(shelf: Shelf, product: ProductDocument) -> list[ProductDocument]:
    """Others of its kind, then others beside it on its shelves."""
    kinds = [Wanted(product_type=product.product_type)] if product.product_type else []
    shelves = [Wanted(collection_id, "manual") for collection_id, _ in product.places[:2]]
    found: dict[int, ProductDocument] = {}
    for wanted in (*kinds, *shelves):
        found |= {each.id: each for each in shelf.products(wanted, size=RELATED + 1).products}
    found.pop(product.id, None)
    return list(found.values())[:RELATED]
