"""Questions to the catalogue's file."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import apsw
import msgspec

from matjar.core.refusal import Kind, declare
from matjar.edge.catalogue.documents import CollectionDocument, ProductDocument, ShopDocument
from matjar.edge.catalogue.file import CatalogueFile, Cursor

_PRODUCT = "SELECT content FROM product p JOIN document d ON d.key = p.key WHERE p.shop_id = ? AND p.id = ?"
_STOCK = "SELECT id, available FROM variant WHERE shop_id = ? AND product_id = ?"
_GOODS = """
    SELECT d.content FROM product p JOIN document d ON d.key = p.key
    WHERE p.shop_id = ? AND p.id > ? ORDER BY p.id LIMIT ? OFFSET ?
"""
_STOCK_OF_RANGE = "SELECT id, available FROM variant WHERE shop_id = ? AND product_id >= ? AND product_id <= ?"
_FORMER = "SELECT owner_id FROM former WHERE shop_id = ? AND owner_type = ? AND handle = ?"
_BY_HANDLE = "SELECT id FROM product WHERE shop_id = ? AND handle = ? ORDER BY key DESC LIMIT 1"
_BY_VARIANT = "SELECT product_id FROM variant WHERE shop_id = ? AND id = ?"
_BY_ITEM = "SELECT product_id FROM variant WHERE shop_id = ? AND item_id = ?"
_LISTED = """
    SELECT {columns} FROM product p {placed}
    WHERE p.shop_id = :shop_id AND (:vendor = '' OR p.vendor = :vendor)
        AND (:product_type = '' OR p.product_type = :product_type) AND (:tag = '' OR INSTR(p.tags, :tag))
        AND p.price_minor >= :price_from AND (:price_to = 0 OR p.price_minor <= :price_to)
        AND p.on_sale >= :on_sale
    {order}
"""
_PLACED = "JOIN place c ON c.shop_id = :shop_id AND c.collection_id = :collection_id AND c.product_id = p.id"
ORDERS = {
    "manual": "c.position, p.id",
    "title": "p.title, p.id",
    "price": "p.price_minor, p.id",
    "price_descending": "p.price_minor DESC, p.id",
    "newest": "p.published_at DESC, p.id DESC",
}
"""How goods can be sorted; as a collection has them (``manual``) only in one."""

_product = msgspec.msgpack.Decoder(ProductDocument).decode
_collection = msgspec.msgpack.Decoder(CollectionDocument).decode
_shop = msgspec.msgpack.Decoder(ShopDocument).decode


AWAY = declare("catalogue.away", Kind.AWAY, "The shop is being set up. Please try again in a moment.")


class Wanted(msgspec.Struct, frozen=True):
    """Which goods to list. ``sort`` is manual (in a collection only), title, price, price_descending or newest."""

    collection_id: int = 0
    sort: str = "newest"
    vendor: str = ""
    product_type: str = ""
    tag: str = ""
    price_from: int = 0
    price_to: int = 0
    on_sale: bool = False


class Sought(msgspec.Struct, frozen=True):
    """What is searched for. Without a ``sort`` (see Wanted) the best come first."""

    words: str
    sort: str = ""
    on_sale: bool = False


class Kept(NamedTuple):
    """A shop as the file has it."""

    cursor: Cursor
    document: ShopDocument


class Lookups:
    """Reads the file; refuses ``catalogue.away`` where it cannot be read, and notes that it has to be made anew."""

    def __init__(self, file: CatalogueFile) -> None:
        self._file = file
        self.damaged = False

    def _all(self, sql: str, parameters: Any = ()) -> list[Any]:
        with self._damage():
            return self._file.reading.execute(sql, parameters).fetchall()

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except (apsw.Error, msgspec.DecodeError) as error:
            self.damaged = True
            raise AWAY() from error

    def shops(self) -> list[Kept]:
        """Every shop, the oldest first."""
        rows = self._all("SELECT epoch, number, version, document FROM shop ORDER BY id")
        with self._damage():
            return [Kept(Cursor(*row[:3]), _shop(row[3])) for row in rows]

    def collections(self, shop_id: int) -> list[CollectionDocument]:
        """A shop's collections, the oldest first."""
        rows = self._all("SELECT document FROM collection WHERE shop_id = ? ORDER BY id", (shop_id,))
        with self._damage():
            return [_collection(row[0]) for row in rows]

    def product(self, shop_id: int, product_id: int) -> ProductDocument | None:
        """A product with its stock as it is now."""
        rows = self._all(_PRODUCT, (shop_id, product_id))
        if not rows:
            return None
        with self._damage():
            document = _product(rows[0][0])
        return _with_stock(document, dict(self._all(_STOCK, (shop_id, product_id))))

    def find_id(self, shop_id: int, *, handle: str = "", variant_id: int = 0, item_id: int = 0) -> int | None:
        """The product that has this handle, this variant or this inventory item."""
        if handle:
            rows = self._all(_BY_HANDLE, (shop_id, handle))
        else:
            rows = self._all(_BY_VARIANT if variant_id else _BY_ITEM, (shop_id, variant_id or item_id))
        return rows[0][0] if rows else None

    def former_owner(self, shop_id: int, owner_type: str, handle: str) -> int | None:
        """Who had this handle last; 0: what had it is gone; None: nobody ever."""
        rows = self._all(_FORMER, (shop_id, owner_type, handle))
        return rows[0][0] if rows else None

    def goods(self, shop_id: int, *, after_id: int = 0, skip: int = 0, most: int) -> list[ProductDocument]:
        """Products in the order of their ids, with their stock: for whoever goes through all of them."""
        rows = self._all(_GOODS, (shop_id, after_id, most, skip))
        with self._damage():
            found = [_product(row[0]) for row in rows]
        if not found:
            return []
        free = dict(self._all(_STOCK_OF_RANGE, (shop_id, found[0].id, found[-1].id)))
        return [_with_stock(product, free) for product in found]

    def product_ids(self, shop_id: int) -> set[int]:
        """All products of a shop."""
        return {row[0] for row in self._all("SELECT id FROM product WHERE shop_id = ?", (shop_id,))}

    def item_ids(self, shop_id: int) -> list[int]:
        """All inventory items of a shop."""
        return [row[0] for row in self._all("SELECT item_id FROM variant WHERE shop_id = ?", (shop_id,))]

    def places(self, shop_id: int, collection_id: int) -> set[tuple[int, int]]:
        """What stands in a collection: products and positions."""
        rows = self._all(
            "SELECT product_id, position FROM place WHERE shop_id = ? AND collection_id = ?", (shop_id, collection_id)
        )
        return set(rows)

    def listed(self, shop_id: int, wanted: Wanted, *, most: int, skip: int) -> tuple[list[int], int]:
        """The products of one page that answer, in order, and how many there are on all of them."""
        manual = wanted.sort == "manual" and not wanted.collection_id
        order = ORDERS["newest" if manual else wanted.sort]
        rows = self._listed(shop_id, wanted, "p.id", f"ORDER BY {order} LIMIT {most:d} OFFSET {skip:d}")
        total: int = self._listed(shop_id, wanted, "COUNT(*)", "")[0][0]
        return [row[0] for row in rows], total

    def _listed(self, shop_id: int, wanted: Wanted, columns: str, order: str) -> list[Any]:
        placed = _PLACED if wanted.collection_id else ""
        parameters = msgspec.structs.asdict(wanted)
        parameters |= {"shop_id": shop_id, "tag": f"\x1f{wanted.tag.casefold()}\x1f" if wanted.tag else ""}
        return self._all(_LISTED.format(columns=columns, placed=placed, order=order), parameters)

    def search(self, shop_id: int, sought: Sought, *, most: int, skip: int = 0) -> tuple[list[int], int]:
        """The products of one page that are meant, and how many there are on all of them."""
        from matjar.edge.catalogue.search import Search  # noqa: PLC0415 - not every surface with a catalogue searches it

        return Search(self._all, shop_id).find(sought, most=most, skip=skip)


def _with_stock(product: ProductDocument, free: Mapping[int, int | None]) -> ProductDocument:
    """The product with its stock as it is now: the document has it as it was when it was written."""
    variants = tuple(
        each if free.get(each.id) == each.available else msgspec.structs.replace(each, available=free.get(each.id))
        for each in product.variants
    )
    return msgspec.structs.replace(product, variants=variants)
