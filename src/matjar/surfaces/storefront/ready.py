"""Answers that are ready as bytes, kept as long as what they were made of is what the shelf shows.

A product's answer is kept by the very document that it was made from, a list's by the shelf's version: one changed
product each second leaves all other products' bytes where they are.
"""

from collections import OrderedDict
from collections.abc import Sequence
from urllib.parse import parse_qsl

from matjar.core.limits import READY_BYTES
from matjar.domain.shops import Shop
from matjar.edge.catalogue import Catalogue
from matjar.edge.catalogue.memory import Shelf
from matjar.edge.door import Cached, Scope
from matjar.edge.pages import HTML
from matjar.surfaces.storefront import goods
from matjar.surfaces.storefront.pages import browsing

_JSON = b"application/json"
_HTML = HTML.encode()
_NO_CACHE = (b"cache-control", b"no-cache")

Headers = Sequence[tuple[bytes, bytes]]
Key = tuple[int, str, str, bytes]


class Ready:
    """The kept answers of this process, bounded by their bytes; the ones not asked for longest go first."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept: OrderedDict[Key, tuple[object, Cached]] = OrderedDict()
        self._bytes = 0

    def __call__(self, shop: Shop, language: str, scope: Scope) -> Cached | None:
        """The answer to a GET, kept or made; None where it is not of this kind."""
        path: str = scope["path"]
        shelf = self._catalogue.shelf(shop.id)
        if not path.endswith(".json"):
            return None if scope["query_string"] else self._page(shelf, path, scope)
        if path.startswith("/products/"):
            return self._product(shelf, language, path, scope)
        return self._list(shelf, language, path, scope)

    def _product(self, shelf: Shelf, language: str, path: str, scope: Scope) -> Cached | None:
        product = shelf.product(path[10:-5])
        if product is None:
            return None
        key = (shelf.shop.id, language, path, b"")
        return self._find(key, product, scope) or self._keep(key, product, goods.product_json(shelf, language, product))

    def _list(self, shelf: Shelf, language: str, path: str, scope: Scope) -> Cached | None:
        key = (shelf.shop.id, language, path, scope["query_string"][:200])
        found = self._find(key, shelf.version, scope)
        if found is not None:
            return found
        content = _make_list(shelf, language, path, key[3])
        return None if content is None else self._keep(key, shelf.version, content)

    def _page(self, shelf: Shelf, path: str, scope: Scope) -> Cached | None:
        """A page: its language stands in its address, and all that varies by person a script or a cookie brings."""
        key = (shelf.shop.id, "", path, b"")
        found = self._find(key, shelf.version, scope)
        if found is not None:
            return found
        content = browsing.make(shelf, path)
        return None if content is None else self._keep(key, shelf.version, content, _HTML, browsing.HEADERS)

    def _find(self, key: Key, made_of: object, scope: Scope) -> Cached | None:
        kept = self._kept.get(key)
        if kept is None or (kept[0] is not made_of and kept[0] != made_of) or _NO_CACHE in scope["headers"]:
            return None
        self._kept.move_to_end(key)
        return kept[1]

    def _keep(
        self, key: Key, made_of: object, content: bytes, content_type: bytes = _JSON, more: Headers = ()
    ) -> Cached:
        cached = Cached.of(content, content_type, more)
        earlier = self._kept.pop(key, None)
        if earlier is not None:
            self._bytes -= len(earlier[1].body["body"])
        self._kept[key] = (made_of, cached)
        self._bytes += len(content)
        while self._bytes > READY_BYTES:
            _, (_, oldest) = self._kept.popitem(last=False)
            self._bytes -= len(oldest.body["body"])
        return cached


def _make_list(shelf: Shelf, language: str, path: str, query_string: bytes) -> bytes | None:
    query = dict(parse_qsl(query_string.decode("latin-1")))
    if path == "/products.json":
        return goods.products_json(shelf, language, query, None)
    if path == "/collections.json":
        return goods.collections_json(shelf, language)
    if path == "/search.json":
        return goods.search_json(shelf, language, query)
    if path.startswith("/collections/") and path.endswith("/products.json"):
        collection = shelf.collection(path[13:-14])
        return goods.products_json(shelf, language, query, collection) if collection else None
    return None
