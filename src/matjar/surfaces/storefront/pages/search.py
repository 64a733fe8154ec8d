"""Search results."""

from litestar import Response, get

from matjar.surfaces.storefront.pages.cards import cards_of
from matjar.surfaces.storefront.pages.frame import Frame, browsed, routes
from matjar.surfaces.storefront.parts import Parts

MOST = 48
"""More than that nobody looks through: a better word is faster."""


@get(routes("/search"))
async def show(frame: Frame, parts: Parts, q: str = "") -> Response[bytes]:
    """What the words of ``q`` find."""
    words = q.strip()[:200]
    found = parts.catalogue.shelf(frame.shop.id).search(words, most=MOST) if words else ()
    return browsed(frame.render("search.html", words=words, cards=cards_of(found, frame.language)))
