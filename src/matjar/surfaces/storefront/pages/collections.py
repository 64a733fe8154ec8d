"""Collections: all of them, and one with its goods, sorted, narrowed and paged."""

from urllib.parse import urlencode

import msgspec
from litestar import Response, get
from litestar.params import Parameter

from matjar.domain import catalog
from matjar.edge.catalogue import CollectionDocument, Shelf, Wanted
from matjar.surfaces.storefront.pages.cards import cards_of, tile_of
from matjar.surfaces.storefront.pages.frame import Frame, browsed, routes
from matjar.surfaces.storefront.parts import Parts

PAGE_SIZE = 24
SORTS = ("newest", "price", "price_descending", "title")


class Narrowing(msgspec.Struct, frozen=True):
    """How a collection is looked at."""

    sort: str = ""
    available: bool = False
    page: int = 1

    def query(self, page: int) -> str:
        """The same look at another page."""
        given = {"sort": self.sort, "available": "1" if self.available else "", "page": str(page) if page > 1 else ""}
        return urlencode({name: text for name, text in given.items() if text})


class Paging(msgspec.Struct, frozen=True):
    """Where one is in a long list; addresses are empty at its ends."""

    page: int
    pages: int
    before: str
    after: str


@get(routes("/collections"))
async def show_all(frame: Frame, parts: Parts) -> Response[bytes]:
    """All collections."""
    shelf = parts.catalogue.shelf(frame.shop.id)
    tiles = tuple(tile_of(shelf, each, frame.language) for each in frame.collections)
    return browsed(frame.render("collections.html", tiles=tiles))


@get(routes("/collections/{handle:str}"))
async def show(
    frame: Frame,
    parts: Parts,
    handle: str,
    sort: str = "",
    available: str = "",
    page: int = Parameter(ge=1, le=10_000, default=1),
) -> Response[bytes]:
    """One collection; refuses ``catalog.no_collection``."""
    shelf = parts.catalogue.shelf(frame.shop.id)
    collection = shelf.collection(handle)
    if collection is None:
        raise catalog.model.NO_COLLECTION()
    narrowing = Narrowing(sort if sort in SORTS else "", available == "1", page)
    return browsed(make(frame, shelf, collection, narrowing))


def make(frame: Frame, shelf: Shelf, collection: CollectionDocument, narrowing: Narrowing) -> bytes:
    """The page as bytes, from the shelf alone."""
    wanted = Wanted(collection.id, narrowing.sort or collection.sort.value, on_sale=narrowing.available)
    found = shelf.products(wanted, page=narrowing.page, size=PAGE_SIZE)
    path = frame.url(f"/collections/{collection.handle}")
    return frame.render(
        "collection.html",
        collection=collection,
        words=collection.in_language(frame.language),
        cards=cards_of(found.products, frame.language),
        total=found.total,
        narrowing=narrowing,
        sorts=SORTS,
        paging=paging(path, narrowing, found.total),
    )


def paging(path: str, narrowing: Narrowing, total: int) -> Paging:
    """The pages beside this one."""
    pages, page = max(-(-total // PAGE_SIZE), 1), narrowing.page
    before = f"{path}?{narrowing.query(page - 1)}".rstrip("?") if page > 1 else ""
    after = f"{path}?{narrowing.query(page + 1)}" if page < pages else ""
    return Paging(page, pages, before, after)
