"""The frame: what every page of a shop has around its content."""

from urllib.parse import quote, urlencode

import msgspec
from litestar import Response

from matjar.domain.shops import PolicyKind, Shop
from matjar.edge.catalogue import CollectionDocument, Shelf
from matjar.edge.framework import NOT_HERE, Ask, visit_of
from matjar.edge.languages import language_name, sentence
from matjar.edge.pages import HTML, StaticFiles, Templates, page_headers
from matjar.edge.reader import Reader
from matjar.edge.regions import region_name
from matjar.edge.visit import Visit
from matjar.surfaces.storefront.parts import Parts

PACKAGE = "matjar.surfaces.storefront"
BROWSING = "public, max-age=0, must-revalidate"
"""For pages that are the same for everybody: kept by whoever likes, asked for again each time."""

POLICIES = {
    PolicyKind.TERMS.value: sentence("Terms of sale"),
    PolicyKind.PRIVACY.value: sentence("Privacy"),
    PolicyKind.REFUND.value: sentence("Returns and refunds"),
    PolicyKind.SHIPPING.value: sentence("Delivery"),
}
"""What each of them is called."""

STATIC = StaticFiles(
    PACKAGE,
    {
        "shop.css": (
            "look/tokens.css", "look/base.css", "look/head.css", "look/parts.css", "parts.css", "goods.css",
            "buying.css", "account.css",
        ),
        "paper.css": ("paper.css",),
        "shop.js": ("shop.js", "search.js"),
        "passkeys.js": ("look/passkeys.js",),
    },
)  # fmt: skip


class Other(msgspec.Struct, frozen=True):
    """The same page in another language."""

    language: str
    name: str
    url: str


class Frame(msgspec.Struct, frozen=True):
    """A shop's page in a language; ``path`` and ``query`` are its address without the language's prefix."""

    shop: Shop
    language: str
    path: str
    query: str = ""
    collections: tuple[CollectionDocument, ...] = ()
    origin: str = ""
    """The scheme and host that were asked."""
    home: str = ""
    """Those at which the shop is known, whichever were asked."""
    policies: tuple[tuple[str, str], ...] = ()
    """The policies that there are: of which kind, and where."""

    @property
    def reader(self) -> Reader:
        """Who reads it."""
        return Reader.of(self.shop, self.language)

    @property
    def name(self) -> str:
        """What the shop calls itself in this language."""
        return self.shop.name_in(self.language)

    @property
    def tagline(self) -> str:
        """The line under its name."""
        return self.shop.settings.tagline.get(self.language, "")

    def url(self, path: str) -> str:
        """The address of a page in this page's language."""
        return in_language(self.shop, self.language, path)

    def at_home(self, path: str, language: str = "") -> str:
        """The one whole address of a page, in this page's language or another, as links outside the shop need it."""
        return self.home + quote(in_language(self.shop, language or self.language, path), safe="/?=&")

    def media(self, path: str) -> str:
        """The whole address of a picture below the media folder."""
        return f"{self.home}/media/{quote(path)}"

    def here(self, language: str) -> str:
        """This page in a language."""
        query = f"?{self.query}" if self.query else ""
        return in_language(self.shop, language, self.path) + query

    @property
    def others(self) -> tuple[Other, ...]:
        """This page in the shop's other languages."""
        return tuple(
            Other(language, language_name(language), self.here(language))
            for language in self.shop.languages
            if language != self.language
        )

    def render(self, template: str, **facts: object) -> bytes:
        """The page."""
        return TEMPLATES.render(template, self.language, frame=self, shop=self.shop, reader=self.reader, **facts)


TEMPLATES = Templates(PACKAGE, static=STATIC.url, region_name=region_name, policies=POLICIES)


def in_language(shop: Shop, language: str, path: str) -> str:
    """The shop's own language lives without a prefix, every other under its code."""
    return path if language == shop.languages[0] else f"/{language}{'' if path == '/' else path}"


def split_path(shop: Shop, path: str) -> tuple[str, str]:
    """The language of an address, and the address without it."""
    first, _, rest = path[1:].partition("/")
    if first in shop.languages[1:]:
        return first, f"/{rest}"
    return shop.languages[0], path


def routes(path: str) -> list[str]:
    """A page's paths: in the shop's own language, and in others."""
    return [path, f"/{{language:str}}{'' if path == '/' else path}"]


def frame_of(request: Ask, parts: Parts) -> Frame:
    """The frame of the page that is asked for; refuses ``request.not_found`` for a language that is not spoken here."""
    visit = visit_of(request)
    asked = request.path_params.get("language")
    if asked is not None and asked not in visit.shop.languages[1:]:
        raise NOT_HERE()
    shelf = parts.catalogue.shelf(visit.shop.id)
    return of_shelf(shelf, visit, request.scope["path"], request.scope["query_string"].decode("latin-1"))


def of_shelf(shelf: Shelf, visit: Visit, path: str, query: str = "") -> Frame:
    """The frame of a shop that can be browsed."""
    return msgspec.structs.replace(same_for_all(shelf, path), query=query, origin=visit.origin)


def same_for_all(shelf: Shelf, path: str, language: str = "") -> Frame:
    """The frame of a page that is the same for everybody; ``language``: where the path does not say it."""
    spoken, rest = split_path(shelf.shop, path)
    written = {each.kind.value for each in shelf.document.policies}
    policies = tuple((kind, f"/policies/{kind}") for kind in POLICIES if kind in written)
    return Frame(
        shelf.shop, language or spoken, rest, collections=shelf.collections(), home=shelf.home, policies=policies
    )


def sign_in_url(frame: Frame, then: str = "", *, again: bool = False) -> str:
    """Where a customer signs in, and goes on to ``then``; ``again``: also who is signed in."""
    query = urlencode({name: value for name, value in (("then", then), ("again", "1" if again else "")) if value})
    return frame.url("/account/sign-in") + (f"?{query}" if query else "")


def browsed(content: bytes) -> Response[bytes]:
    """A page that is the same for everybody."""
    return Response(content, media_type=HTML, headers=page_headers(cache_control=BROWSING))
