"""The home page: the shop's face, its collections, and goods from its first shelf and its newest."""

from litestar import Response, get

from matjar.edge.catalogue import ProductDocument, Shelf, Wanted
from matjar.surfaces.storefront.pages.cards import cards_of, tile_of
from matjar.surfaces.storefront.pages.found import faces
from matjar.surfaces.storefront.pages.frame import Frame, browsed, routes
from matjar.surfaces.storefront.parts import Parts

ROW, FEATURED, TILES = 4, 8, 6
"""Goods in a row of a wide page, goods at most of one kind, and collections that fit side by side."""


@get(routes("/"))
async def show(frame: Frame, parts: Parts) -> Response[bytes]:
    """The home page."""
    return browsed(make(frame, parts.catalogue.shelf(frame.shop.id)))


def make(frame: Frame, shelf: Shelf) -> bytes:
    """The page as bytes, from the shelf alone."""
    first = frame.collections[0] if frame.collections else None
    wanted = Wanted(first.id, first.sort.value) if first else Wanted()
    featured = full_rows(shelf.products(wanted, size=FEATURED).products)
    shown = {product.id for product in featured}
    newest = [each for each in shelf.products(Wanted(), size=FEATURED + ROW).products if each.id not in shown]
    return frame.render(
        "home.html",
        face=faces.of_home(frame),
        tiles=tuple(tile_of(shelf, each, frame.language) for each in frame.collections[1 : TILES + 1]),
        featured=cards_of(featured, frame.language),
        featured_in=first,
        newest=cards_of(newest[:ROW], frame.language),
        hero=frame.shop.settings.hero.get(frame.language, ""),
    )


def full_rows(products: tuple[ProductDocument, ...]) -> tuple[ProductDocument, ...]:
    """As many as fill their rows, so that none stands alone in the last."""
    return products[: len(products) // ROW * ROW] or products
