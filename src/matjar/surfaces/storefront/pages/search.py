"""Search results: counted, sorted, narrowed and paged as a collection is."""

from litestar import Response, get
from litestar.params import Parameter

from matjar.edge.catalogue import Sought
from matjar.surfaces.storefront.pages.cards import cards_of
from matjar.surfaces.storefront.pages.frame import Frame, browsed, routes
from matjar.surfaces.storefront.pages.narrowing import PAGE_SIZE, SORTS, Narrowing, paging
from matjar.surfaces.storefront.parts import Parts

MOST = 200
"""Signs that are searched for; what was typed stays as it is."""


@get(routes("/search"))
async def show(
    frame: Frame,
    parts: Parts,
    q: str = "",
    sort: str = "",
    available: str = "",
    page: int = Parameter(ge=1, le=10_000, default=1),
) -> Response[bytes]:
    """What the words of ``q`` find."""
    words = " ".join(q.split())[:MOST]
    narrowing = Narrowing(sort if sort in SORTS else "", available == "1", page, words=words)
    sought = Sought(words, narrowing.sort, narrowing.available)
    found = parts.catalogue.shelf(frame.shop.id).search(sought, page=page, size=PAGE_SIZE)
    return browsed(
        frame.render(
            "search.html",
            typed=words,
            cards=cards_of(found.products, frame.language),
            total=found.total,
            narrowing=narrowing,
            paging=paging(frame.url("/search"), narrowing, found.total),
        )
    )
