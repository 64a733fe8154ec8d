"""The sitemap: an index, and behind it every page of the shop in every language, with its translations beside it.

As sitemaps.org/protocol.html has it, with the alternates (hreflang) and pictures that search engines take.
"""

from collections.abc import Iterator
from functools import partial

from litestar import Response, get
from litestar.response import Stream

from matjar.edge.catalogue import Shelf, Wanted
from matjar.edge.framework import NOT_HERE, Ask, visit_of
from matjar.surfaces.storefront import prints
from matjar.surfaces.storefront.pages.found.xml import HEAD, element, quoted
from matjar.surfaces.storefront.pages.frame import Frame, same_for_all
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.views import iso

PRODUCTS = 2_000
"""Products in one of the files: with three languages two megabytes, far below the 50 000 addresses that are allowed."""
AT_A_TIME = 20
"""Products that are written down without a pause: a few milliseconds."""

_SPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
    "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
}


@get("/sitemap.xml")
async def index(request: Ask, parts: Parts) -> Response[bytes] | Stream:
    """Which files there are."""
    shelf = parts.catalogue.shelf(visit_of(request).shop.id)
    made = await parts.prints.take((shelf.shop.id, "sitemap"), shelf.version, partial(list_files, shelf))
    return prints.answer(request, made)


@get("/sitemaps/{name:str}")
async def file(request: Ask, parts: Parts, name: str) -> Response[bytes] | Stream:
    """One of them; refuses ``request.not_found``."""
    shelf = parts.catalogue.shelf(visit_of(request).shop.id)
    if name not in names(shelf):
        raise NOT_HERE()
    make = partial(list_pages, shelf, name)
    return prints.answer(request, await parts.prints.take((shelf.shop.id, name), shelf.version, make))


def names(shelf: Shelf) -> list[str]:
    """What the files are called."""
    total = shelf.products(Wanted(), size=1).total
    return ["pages.xml", *(f"products-{number}.xml" for number in range(1, -(-total // PRODUCTS) + 1))]


def list_files(shelf: Shelf) -> Iterator[str]:
    """The index."""
    yield f'{HEAD}<sitemapindex xmlns="{_SPACES["xmlns"]}">\n'
    for name in names(shelf):
        yield f"<sitemap>{element('loc', f'{shelf.home}/sitemaps/{name}')}</sitemap>\n"
    yield "</sitemapindex>\n"


def list_pages(shelf: Shelf, name: str) -> Iterator[str]:
    """The pages of one file, a few at a time."""
    frame = same_for_all(shelf, "/")
    spaces = " ".join(f'{key}="{value}"' for key, value in _SPACES.items())
    yield f"{HEAD}<urlset {spaces}>\n"
    yield from _goods(frame, shelf, int(name[9:-4])) if name.startswith("products-") else _others(frame, shelf)
    yield "</urlset>\n"


def _others(frame: Frame, shelf: Shelf) -> Iterator[str]:
    yield _page(frame, "/")
    for collection in shelf.collections():
        yield _page(frame, f"/collections/{collection.handle}", collection.updated_at)
    for kind, path in frame.policies:
        changed = max(each.updated_at for each in shelf.document.policies if each.kind == kind)
        yield _page(frame, path, changed)


def _goods(frame: Frame, shelf: Shelf, number: int) -> Iterator[str]:
    first = shelf.goods(skip=(number - 1) * PRODUCTS, most=1)
    after_id, left = first[0].id - 1 if first else 0, PRODUCTS
    while goods := shelf.goods(after_id=after_id, most=min(AT_A_TIME, left)) if left else []:
        yield "".join(
            _page(
                frame, f"/products/{each.handle}", each.updated_at,
                frame.media(each.images[0].path) if each.images else "",
            )
            for each in goods
        )  # fmt: skip
        after_id, left = goods[-1].id, left - len(goods)


def _page(frame: Frame, path: str, changed_at: int = 0, picture: str = "") -> str:
    """A page in each language: each names all of them, itself included, and the one for everybody else."""
    where = [(language, frame.at_home(path, language)) for language in frame.shop.languages]
    named = [*where, ("x-default", where[0][1])] if len(where) > 1 else []
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tongue}" href="{quoted(url)}"/>' for tongue, url in named
    )
    after = element("lastmod", iso(changed_at) if changed_at else "") + links
    after += f"<image:image>{element('image:loc', picture)}</image:image>" if picture else ""
    return "".join(f"<url>{element('loc', url)}{after}</url>\n" for _, url in where)
