"""Collections: all of them, and one with its goods, sorted, narrowed and paged."""

from litestar import Response, get
from litestar.params import Parameter

from matjar.core.limits import PAGE_ROWS
from matjar.edge.catalogue import CollectionDocument, Shelf, Wanted
from matjar.surfaces.storefront.pages import moved
from matjar.surfaces.storefront.pages.cards import cards_of, tile_of
from matjar.surfaces.storefront.pages.found import faces
from matjar.surfaces.storefront.pages.frame import Frame, browsed, routes
from matjar.surfaces.storefront.pages.narrowing import FACETS, SORTS, Narrowing, facets_of, looked_at, paging
from matjar.surfaces.storefront.parts import Parts


@get(routes("/collections"))
async def show_all(frame: Frame, parts: Parts) -> Response[bytes]:
    """All collections."""
    shelf = parts.catalogue.shelf(frame.shop.id)
    tiles = tuple(tile_of(shelf, each, frame.language) for each in frame.collections)
    return browsed(frame.render("collections.html", face=faces.of_collections(frame), tiles=tiles))


@get(routes("/collections/{handle:str}"))
async def show(
    frame: Frame,
    parts: Parts,
    handle: str,
    option: list[str] | None = None,
    sort: str = "",
    available: str = "",
    page: int = Parameter(ge=1, le=10_000, default=1),
) -> Response[bytes]:
    """One collection; one that was renamed is led to. Refuses ``catalog.no_collection`` and ``catalog.gone``."""
    shelf = parts.catalogue.shelf(frame.shop.id)
    collection = shelf.collection(handle)
    if collection is None:
        return moved.collection(frame, shelf, handle)
    options = tuple(each[:200] for each in option or () if each)[:FACETS]
    narrowing = Narrowing(sort if sort in SORTS else "", available == "1", page, options)
    return browsed(make(frame, shelf, collection, narrowing))


def make(frame: Frame, shelf: Shelf, collection: CollectionDocument, narrowing: Narrowing) -> bytes:
    """The page as bytes, from the shelf alone."""
    found = looked_at(shelf, collection, narrowing)
    everything = shelf.products(Wanted(collection.id, collection.sort.value), size=PAGE_ROWS).products
    first = found.products[0].images[0] if found.products and found.products[0].images else None
    return frame.render(
        "collection.html",
        face=faces.of_collection(frame, collection, narrowing.page, first),
        collection=collection,
        words=collection.in_language(frame.language),
        cards=cards_of(found.products, frame.language),
        total=found.total,
        narrowing=narrowing,
        facets=facets_of(everything, frame.language),
        paging=paging(frame.url(f"/collections/{collection.handle}"), narrowing, found.total),
    )
