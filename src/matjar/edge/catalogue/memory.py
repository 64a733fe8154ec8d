"""The catalogue as pages ask it: in memory what is asked often, in the file what is not, in the database never."""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from matjar.core.limits import CATALOGUE_CHUNK, CATALOGUE_DOCUMENTS, CATALOGUE_LISTS, PAGE_ROWS
from matjar.core.refusal import Refusal
from matjar.domain.shops import Shop
from matjar.edge.catalogue.documents import (
    CollectionDocument,
    Picture,
    ProductDocument,
    ShopDocument,
    VariantDocument,
)
from matjar.edge.catalogue.file import Batch, CatalogueFile, Cursor
from matjar.edge.catalogue.lookups import AWAY, Lookups, Sought, Wanted

_HOST = re.compile(r"([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?")
"""What a ``Host`` header may be: what else it held would stand in every link that is made from it."""
_LOOPBACK = frozenset(("127.0.0.1", "localhost", "[::1]", "::1"))


class Page(NamedTuple):
    """One page of a list: the products on it, and how many there are on all pages."""

    products: tuple[ProductDocument, ...]
    total: int


class Said(NamedTuple):
    """An article in a reader's words: its title, what was chosen of it, and its picture."""

    title: str
    choice: str
    picture: Picture | None


class Shelf:
    """One shop's catalogue. ``version`` rises with every change: what was made under it may be kept until then."""

    def __init__(self, catalogue: "Catalogue", document: ShopDocument, cursor: Cursor) -> None:
        self._catalogue = catalogue
        self.document = document
        self.cursor = cursor
        self._handles: dict[str, int] = {}
        self._lists: dict[object, tuple[list[int], int]] = {}
        self._set_collections(catalogue.lookups.collections(self.shop.id))

    @property
    def shop(self) -> Shop:
        """The shop."""
        return self.document.shop

    @property
    def version(self) -> int:
        """The number of the catalogue's last change."""
        return self.cursor.version

    def product(self, handle: str) -> ProductDocument | None:
        """The product with this handle, if it is on sale."""
        product_id = self._handles.get(handle)
        if product_id is None:
            product_id = self._catalogue.lookups.find_id(self.shop.id, handle=handle)
            if product_id is None:
                return None
            self._handles[handle] = product_id
        return self.product_by_id(product_id)

    def product_by_id(self, product_id: int) -> ProductDocument | None:
        """The product with this id, if it is on sale."""
        return self._catalogue.document(self.shop.id, product_id)

    def variant(self, variant_id: int) -> tuple[ProductDocument, VariantDocument] | None:
        """A variant and its product, if it is on sale."""
        product_id = self._catalogue.lookups.find_id(self.shop.id, variant_id=variant_id)
        product = self.product_by_id(product_id) if product_id else None
        if product is None:
            return None
        return next(((product, variant) for variant in product.variants if variant.id == variant_id), None)

    def said(self, variant_id: int, language: str) -> Said | None:
        """What an article is called in a language, and how it looks; None where it is not on sale any more."""
        found = self.variant(variant_id)
        if found is None:
            return None
        product, variant = found
        words = product.in_language(language)
        choices = variant.choices if len(product.variants) > 1 else ()
        choice = " · ".join(words.options.get(each, each) for each in choices)
        return Said(words.title, choice, product.picture_of(variant))

    @property
    def home(self) -> str:
        """Where the shop lives: the one origin that search engines and letters are told, whatever host was asked."""
        return self._catalogue.home_of(self.document)

    def former(self, owner_type: str, handle: str) -> int | None:
        """The product or collection that had this handle last; 0: it is gone for good; None: nothing ever had it."""
        return self._catalogue.lookups.former_owner(self.shop.id, owner_type, handle)

    def goods(self, *, after_id: int = 0, skip: int = 0, most: int = CATALOGUE_CHUNK) -> list[ProductDocument]:
        """Products in the order of their ids, for whoever goes through all of them: past the memory of this process."""
        return self._catalogue.lookups.goods(self.shop.id, after_id=after_id, skip=skip, most=most)

    def collections(self) -> tuple[CollectionDocument, ...]:
        """All collections, the oldest first."""
        return tuple(self._collections.values())

    def collection(self, handle: str) -> CollectionDocument | None:
        """The collection with this handle."""
        return self._collections.get(handle)

    def products(self, wanted: Wanted, *, page: int = 1, size: int = 24) -> Page:
        """One page, from 1, of the products that answer."""
        return self._page(self._catalogue.lookups.listed, wanted, page, size)

    def search(self, sought: Sought, *, page: int = 1, size: int = 24) -> Page:
        """One page, from 1, of the products that are meant, in any of the shop's languages."""
        return self._page(self._catalogue.lookups.search, sought, page, size)

    def _page(self, find: Callable[..., tuple[list[int], int]], asked: Wanted | Sought, page: int, size: int) -> Page:
        """What the file finds, remembered until something changes."""
        size = min(size, PAGE_ROWS)
        key = (asked, page, size)
        if key not in self._lists:
            found = find(self.shop.id, asked, most=size, skip=(max(page, 1) - 1) * size)
            if len(self._lists) >= CATALOGUE_LISTS:
                self._lists.clear()
            self._lists[key] = found
        ids, total = self._lists[key]
        return Page(tuple(each for each in map(self.product_by_id, ids) if each is not None), total)

    def _set_collections(self, collections: Iterable[CollectionDocument]) -> None:
        self._collections = {each.handle: each for each in collections}

    def take(self, batch: Batch) -> None:
        """Show what was written to the file."""
        self.cursor = batch.cursor or self.cursor
        self.document = batch.shop or self.document
        self._lists.clear()
        if batch.products or batch.gone:
            self._handles.clear()
        if batch.collections is not None:
            self._set_collections(batch.collections)


class Catalogue:
    """All shops' catalogues, started from the file alone; the follower keeps them fresh."""

    def __init__(
        self, path: Path, *, shops_domain: str = "localhost", scheme: str = "http", port: int | None = None
    ) -> None:
        """Shops live at ``<handle>.<shops_domain>``; where that is ``localhost``, the first also at 127.0.0.1.

        ``scheme`` and ``port`` are those of the shops' addresses; None: the scheme's own port.
        """
        self.file = CatalogueFile(path)
        self.lookups = Lookups(self.file)
        self._suffix = "." + shops_domain
        self._scheme, self._port = scheme, "" if port is None else f":{port}"
        self._development = shops_domain == "localhost"
        self._documents: OrderedDict[tuple[int, int], ProductDocument] = OrderedDict()
        self._hosts: dict[str, Shop | None] = {}
        self._shelves: dict[int, Shelf] = {}
        try:
            for kept in self.lookups.shops():
                self._shelves[kept.document.shop.id] = Shelf(self, kept.document, kept.cursor)
        except Refusal:
            self._shelves.clear()
            self.begin_anew()
        self.ready = bool(self._shelves)
        """Whether there is something to serve."""
        self.fresh_at = 0
        """When it was last known to be what the database says, in milliseconds UTC; 0: not in this process's life."""
        self.away_since = 0
        """Since when the database does not answer; 0: it does."""

    def shop_by_host(self, host: str) -> Shop | None:
        """The shop that lives at a host, as the ``Host`` header names it."""
        if host not in self._hosts:
            if len(self._hosts) >= CATALOGUE_LISTS:
                self._hosts.clear()
            self._hosts[host] = self._find_by_host(host.lower())
        return self._hosts[host]

    def _find_by_host(self, host: str) -> Shop | None:
        named = _HOST.fullmatch(host)
        if named is None:
            return None
        name = named[1].removesuffix(".")
        handle = name.removesuffix(self._suffix) if name.endswith(self._suffix) else ""
        for shelf in self._shelves.values():
            if (handle and shelf.shop.handle == handle) or name in shelf.document.hosts:
                return shelf.shop
        if self._development and name in _LOOPBACK:
            return next((shelf.shop for shelf in self._shelves.values()), None)
        return None

    def home_of(self, document: ShopDocument) -> str:
        """Scheme and host at which a shop is known: a host of its own, else the one that its handle makes."""
        host = document.hosts[0] if document.hosts else f"{document.shop.handle}{self._suffix}"
        return f"{self._scheme}://{host}{self._port}"

    def shop_by_handle(self, handle: str) -> Shop | None:
        """The shop of this handle, as addresses for its people name it."""
        return next((shelf.shop for shelf in self._shelves.values() if shelf.shop.handle == handle), None)

    def shelf(self, shop_id: int) -> Shelf:
        """A shop's catalogue; refuses ``catalogue.away`` as long as it was never loaded."""
        shelf = self._shelves.get(shop_id)
        if shelf is None:
            raise AWAY()
        return shelf

    def cursors(self) -> dict[int, Cursor]:
        """How far each shop's feed was followed."""
        return {shop_id: shelf.cursor for shop_id, shelf in self._shelves.items()}

    def document(self, shop_id: int, product_id: int) -> ProductDocument | None:
        """A product, from memory if it was asked lately."""
        key = (shop_id, product_id)
        known = self._documents.get(key)
        if known is not None:
            self._documents.move_to_end(key)
            return known
        found = self.lookups.product(shop_id, product_id)
        if found is not None:
            self._documents[key] = found
            if len(self._documents) > CATALOGUE_DOCUMENTS:
                self._documents.popitem(last=False)
        return found

    def take(self, batch: Batch) -> None:
        """Show what was written to the file."""
        for product_id in (*batch.gone, *(product.id for product in batch.products), *self._of_stock(batch)):
            self._documents.pop((batch.shop_id, product_id), None)
        shelf = self._shelves.get(batch.shop_id)
        if shelf is not None:
            shelf.take(batch)
        elif batch.cursor is not None and batch.shop is not None:
            self._shelves[batch.shop_id] = Shelf(self, batch.shop, batch.cursor)
        if batch.shop is not None:
            self._hosts.clear()

    def _of_stock(self, batch: Batch) -> Iterator[int]:
        for item_id, _ in batch.stock:
            product_id = self.lookups.find_id(batch.shop_id, item_id=item_id)
            if product_id is not None:
                yield product_id

    def forget(self, shop_id: int) -> None:
        """A shop is gone."""
        self._shelves.pop(shop_id, None)
        self._hosts.clear()

    def begin_anew(self) -> None:
        """Make the file anew, because it cannot be read; the follower fills it."""
        self.file.rebuild()
        self.lookups.damaged = False

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()
