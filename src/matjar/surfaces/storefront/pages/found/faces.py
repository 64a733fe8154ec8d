"""The face of a page: how it looks where somebody links to it, be it a search engine or a friend."""

from html import unescape
from typing import Any

import msgspec

from matjar.edge.catalogue import CollectionDocument, Picture, ProductDocument, Shelf, Words, folding
from matjar.edge.languages import catalogue
from matjar.surfaces.storefront.pages.found import linked
from matjar.surfaces.storefront.pages.frame import Frame

DESCRIPTION = 160
"""Signs that search engines show below a result."""
TOLD = 1_000
"""Signs of a product's text that machines are told: a few of its lines."""


class Face(msgspec.Struct, frozen=True):
    """``path`` is the page's one address, without its language; ``data`` what it tells machines (JSON-LD)."""

    path: str
    title: str
    description: str = ""
    picture: Picture | None = None
    kind: str = "website"
    data: tuple[dict[str, Any], ...] = ()

    @property
    def linked(self) -> str:
        """The data, as a page carries it."""
        return linked.embedded(self.data)


def of_home(frame: Frame) -> Face:
    """The shop itself."""
    title = f"{frame.name} | {frame.tagline}" if frame.tagline else frame.name
    hero = frame.shop.settings.hero.get(frame.language, "")
    picture = Picture(0, hero, 1600, 700) if hero else None
    return Face("/", title, frame.tagline, picture, data=(linked.organisation(frame), linked.website(frame)))


def of_collections(frame: Frame) -> Face:
    """All collections."""
    return Face("/collections", f"{catalogue(frame.language).gettext('Collections')} | {frame.name}")


def of_collection(frame: Frame, collection: CollectionDocument, page: int, picture: Picture | None) -> Face:
    """A collection's shelf; each of its pages stands for itself, however it is sorted or narrowed."""
    words, path = collection.in_language(frame.language), f"/collections/{collection.handle}"
    steps = [(frame.name, "/"), (words.title, path)]
    numbered = f"{path}?page={page}" if page > 1 else path
    return Face(numbered, words.seo_title or words.title, described(words), picture, data=(linked.path(frame, steps),))


def of_product(frame: Frame, shelf: Shelf, product: ProductDocument, collection: CollectionDocument | None) -> Face:
    """A product, whichever of its variants is shown."""
    words, path = product.in_language(frame.language), f"/products/{product.handle}"
    steps = [(frame.name, "/")]
    if collection:
        steps.append((collection.in_language(frame.language).title, f"/collections/{collection.handle}"))
    steps.append((words.title, path))
    data = (linked.product(frame, shelf.document, product, described(words, TOLD)), linked.path(frame, steps))
    picture = product.images[0] if product.images else None
    return Face(path, words.seo_title or words.title, described(words), picture, "product", data)


def described(words: Words, most: int = DESCRIPTION) -> str:
    """What is said of it in a line: by the shop for this purpose, else how its text begins."""
    if words.seo_description:
        return words.seo_description
    text = plain(words.body_html)
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def plain(html: str) -> str:
    """A text without its elements, in one line."""
    return " ".join(unescape(folding.plain(html)).split())
