"""Answers that are ready as bytes, kept as long as what they were made of is what the shelf shows.

A product's answer is kept by the very document that it was made from, a list's by the shelf's version: one changed
product each second leaves all other products' bytes where they are.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from matjar.core.limits import READY_BYTES
from matjar.core.refusal import Refusal
from matjar.domain.shops import HOUSE, Shop
from matjar.edge.catalogue import Catalogue, Shelf
from matjar.edge.documenting import Route
from matjar.edge.door import Cached, Scope
from matjar.edge.framework import BAD_REQUEST
from matjar.edge.pages import HTML
from matjar.surfaces.storefront import browsing
from matjar.surfaces.storefront.pages import browsing as pages

_JSON = b"application/json"
_HTML = HTML.encode()
_NO_CACHE = (b"cache-control", b"no-cache")
_BESIDE = 1_100
"""Bytes of memory that an answer takes beside its content and its query, measured: headers, key and place."""

Headers = Sequence[tuple[bytes, bytes]]
Key = tuple[int, str, str, bytes]

_encode = msgspec.json.Encoder().encode


class Ready:
    """The kept answers of this process, bounded by their bytes; the ones not asked for longest go first."""

    def __init__(self, catalogue: Catalogue, most_bytes: int = READY_BYTES) -> None:
        self._catalogue = catalogue
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Key, tuple[object, Cached]] = OrderedDict()
        self._bytes = 0

    def __call__(self, shop: Shop, language: str, scope: Scope) -> Cached | None:
        """The answer to a GET, kept or made; None where it is not of this kind. Refuses what its route refuses."""
        path: str = scope["path"]
        if shop is HOUSE:
            return None  # which has no shelf
        shelf = self._catalogue.shelf(shop.id)
        if not path.endswith(".json"):
            return None if scope["query_string"] else self._page(shelf, path, scope)
        if path.startswith("/products/"):
            product = shelf.product(path[10:-5])
            return self._answer((shop.id, language, path, b""), product, shelf, scope)
        return self._answer((shop.id, language, path, scope["query_string"]), shelf.version, shelf, scope)

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def _answer(self, key: Key, made_of: object, shelf: Shelf, scope: Scope) -> Cached | None:
        found = self._find(key, made_of, scope)
        if found is not None:
            return found
        _, language, path, query_string = key
        content = _make(shelf, language, path, query_string)
        if content is None:
            return None
        spoken = ((b"content-language", language.encode()), (b"vary", b"accept-language"))
        return self._keep(key, made_of, Cached.of(content, _JSON, spoken))

    def _page(self, shelf: Shelf, path: str, scope: Scope) -> Cached | None:
        """A page: its language stands in its address, and all that varies by person a script or a cookie brings."""
        key = (shelf.shop.id, "", path, b"")
        found = self._find(key, shelf.version, scope)
        if found is not None:
            return found
        try:
            content = pages.make(shelf, path)
        except Refusal:
            return None  # which the framework meets again, and answers as a page
        return None if content is None else self._keep(key, shelf.version, Cached.of(content, _HTML, pages.HEADERS))

    def _find(self, key: Key, made_of: object, scope: Scope) -> Cached | None:
        kept = self._kept.get(key)
        if kept is None or (kept[0] is not made_of and kept[0] != made_of) or _NO_CACHE in scope["headers"]:
            return None
        self._kept.move_to_end(key)
        return kept[1]

    def _keep(self, key: Key, made_of: object, cached: Cached) -> Cached:
        earlier = self._kept.pop(key, None)
        if earlier is not None:
            self._bytes -= _weight(key, earlier[1])
        self._kept[key] = (made_of, cached)
        self._bytes += _weight(key, cached)
        while self._bytes > self._most_bytes:
            oldest_key, (_, oldest) = self._kept.popitem(last=False)
            self._bytes -= _weight(oldest_key, oldest)
        return cached


def _weight(key: Key, cached: Cached) -> int:
    return len(cached.body["body"]) + len(key[3]) + _BESIDE


class _Lane:
    """A route of `browsing`: its addresses, and what its query is read as."""

    def __init__(self, route: Route) -> None:
        self.call = route.call
        self.asked = route.hints.get("asked")
        self.match = re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(route.path))).fullmatch


_LANES = tuple(map(_Lane, browsing.ROUTES))


def _make(shelf: Shelf, language: str, path: str, query_string: bytes) -> bytes | None:
    for lane in _LANES:
        named = lane.match(path)
        if named:
            arguments: dict[str, Any] = named.groupdict()
            if lane.asked:
                arguments["asked"] = _read(query_string, lane.asked)
            return _encode(lane.call(shelf, language, **arguments))
    return None


def _read(query_string: bytes, asked: Any) -> Any:
    """A query as its route has it; refuses ``request.invalid``. Of what is named twice, the last counts."""
    query = dict(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True))
    try:
        return msgspec.convert(query, asked, strict=False)
    except msgspec.ValidationError as error:
        raise BAD_REQUEST(reason=str(error)) from None
