"""The catalogue's file: what a surface serves from, on its own disk, whether or not the database is there.

One process writes and reads it. It is made anew from the database whenever it is damaged or of another form, so it may
lose its last second in a power cut (``synchronous=NORMAL``) and never needs a migration.
"""

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import apsw
import msgspec

from matjar.domain.catalog import FormerHandle
from matjar.edge.catalogue import documents, folding, former, index
from matjar.edge.catalogue.documents import CollectionDocument, ProductDocument, ShopDocument
from matjar.edge.catalogue.folding import fold

_SCHEMA = """
    CREATE TABLE shop (
        id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, number INTEGER NOT NULL, version INTEGER NOT NULL,
        document BLOB NOT NULL
    );
    CREATE TABLE collection (
        shop_id INTEGER NOT NULL, id INTEGER NOT NULL, document BLOB NOT NULL, PRIMARY KEY (shop_id, id)
    ) WITHOUT ROWID;
    CREATE TABLE product (
        key INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL, id INTEGER NOT NULL, handle TEXT NOT NULL,
        title TEXT NOT NULL, vendor TEXT NOT NULL, product_type TEXT NOT NULL, tags TEXT NOT NULL,
        price_minor INTEGER NOT NULL, published_at INTEGER NOT NULL, on_sale INTEGER NOT NULL, UNIQUE (shop_id, id)
    );
    CREATE INDEX product_by_handle ON product (shop_id, handle);
    CREATE TABLE document (key INTEGER PRIMARY KEY, content BLOB NOT NULL);
    CREATE TABLE variant (
        shop_id INTEGER NOT NULL, product_id INTEGER NOT NULL, id INTEGER NOT NULL, item_id INTEGER NOT NULL,
        endless INTEGER NOT NULL, available INTEGER, PRIMARY KEY (shop_id, product_id, id)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX variant_by_id ON variant (shop_id, id);
    CREATE UNIQUE INDEX variant_by_item ON variant (shop_id, item_id);
    CREATE TABLE place (
        shop_id INTEGER NOT NULL, product_id INTEGER NOT NULL, collection_id INTEGER NOT NULL,
        position INTEGER NOT NULL, PRIMARY KEY (shop_id, product_id, collection_id)
    ) WITHOUT ROWID;
    CREATE INDEX place_by_collection ON place (shop_id, collection_id, position, product_id);
"""
_WHOLE = _SCHEMA + index.SCHEMA + former.SCHEMA


def _form() -> int:
    """A number for the form of the file: with another schema, other fields or other folding it is made anew."""
    kinds = [kind for kind in vars(documents).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
    text = _WHOLE + "".join(f"{kind.__name__}{kind.__struct_fields__}" for kind in kinds)
    return zlib.crc32(text.encode() + Path(folding.__file__).read_bytes()) >> 1


FORM = _form()

_DOCUMENT = "SELECT key, content FROM product p JOIN document d USING (key) WHERE p.shop_id = ? AND p.id = ?"

encode = msgspec.msgpack.Encoder().encode


class Cursor(NamedTuple):
    """How far the file has followed a shop's feed, and how often it changed: pages are cached by ``version``."""

    epoch: int
    number: int
    version: int


class Damaged(Exception):
    """The file cannot be read any more, and must be made anew."""


class Batch(msgspec.Struct):
    """What is written of one shop in one transaction."""

    shop_id: int
    cursor: Cursor | None = None
    shop: ShopDocument | None = None
    products: Sequence[ProductDocument] = ()
    gone: Sequence[int] = ()
    """Products that are not on sale any more, by their ids."""
    collections: Sequence[CollectionDocument] | None = None
    """All of the shop's, or None where they stay as they are."""
    stock: Sequence[tuple[int, int | None]] = ()
    """Inventory items, and how many of each can be had."""
    former: Sequence[FormerHandle] = ()
    """Handles that were left."""


class CatalogueFile:
    """The file, open. Reading and writing may go on in two threads, since each has its own connection."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.rebuilt = False
        try:
            self._open()
        except (apsw.Error, Damaged):
            self.rebuild()

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._writing = apsw.Connection(str(self._path), statementcachesize=100)
        self._writing.set_busy_timeout(2_000)
        self._writing.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 0")
        form = self._writing.pragma("user_version")
        if form not in (0, FORM):
            raise Damaged("of another form")
        if form == 0:
            with self._writing:
                self._writing.execute(_WHOLE)
                self._writing.execute(f"PRAGMA user_version = {FORM}")
        self.reading = apsw.Connection(str(self._path), flags=apsw.SQLITE_OPEN_READONLY, statementcachesize=100)
        self.reading.execute("PRAGMA cache_size = -32000")

    def rebuild(self) -> None:
        """Begin with an empty file. Whoever reads the old one just now, reads it to the end."""
        self.__dict__.pop("_writing", None)
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        self.rebuilt = True
        self._open()

    def close(self) -> None:
        """Let go of the file; the one that writes last, since it takes the log in."""
        self.reading.close(True)
        self._writing.close(True)

    def check(self) -> None:
        """Read the whole file through; raises Damaged. Takes as long as the file is large: not at the start."""
        try:
            with apsw.Connection(str(self._path), flags=apsw.SQLITE_OPEN_READONLY) as connection:
                verdict = connection.pragma("quick_check", 1)
        except apsw.Error as error:
            raise Damaged(str(error)) from error
        if verdict != "ok":
            raise Damaged(str(verdict))

    def write(self, batch: Batch) -> None:
        """Write a batch, whole or not at all; raises Damaged where the file cannot take it, ever."""
        try:
            with self._writing:
                _Writing(self._writing.execute, batch.shop_id).write(batch)
        except (apsw.CorruptError, apsw.NotADBError) as error:
            raise Damaged(str(error)) from error

    def remove_shop(self, shop_id: int) -> None:
        """Forget a shop that the database does not know."""
        with self._writing:
            execute = self._writing.execute
            index.forget_shop(execute, shop_id)
            execute("DELETE FROM document WHERE key IN (SELECT key FROM product WHERE shop_id = ?)", (shop_id,))
            for table in ("collection", "product", "variant", "place", "former"):
                execute(f"DELETE FROM {table} WHERE shop_id = ?", (shop_id,))  # noqa: S608 - names from this line
            execute("DELETE FROM shop WHERE id = ?", (shop_id,))


class _Writing:
    """One batch on its way into the file."""

    def __init__(self, execute: Any, shop_id: int) -> None:
        self._execute = execute
        self._shop_id = shop_id
        self._indexing = index.Indexing(execute, shop_id)

    def write(self, batch: Batch) -> None:
        for product_id in batch.gone:
            self._remove(product_id)
        for product in batch.products:
            self._remove(product.id)
            self._add(product)
        self._indexing.settle()
        if batch.collections is not None:
            self._execute("DELETE FROM collection WHERE shop_id = ?", (self._shop_id,))
            for collection in batch.collections:
                row = (self._shop_id, collection.id, encode(collection))
                self._execute("INSERT INTO collection (shop_id, id, document) VALUES (?, ?, ?)", row)
        for item_id, available in batch.stock:
            self._set_stock(item_id, available)
        former.keep(self._execute, self._shop_id, batch.former)
        if batch.cursor is not None:
            self._move(batch.cursor, batch.shop)

    def _remove(self, product_id: int) -> None:
        which = (self._shop_id, product_id)
        found = self._execute(_DOCUMENT, which).fetchone()
        if found is not None:
            self._indexing.remove(*found)
            self._execute("DELETE FROM document WHERE key = ?", found[:1])
        self._execute("DELETE FROM product WHERE shop_id = ? AND id = ?", which)
        self._execute("DELETE FROM variant WHERE shop_id = ? AND product_id = ?", which)
        self._execute("DELETE FROM place WHERE shop_id = ? AND product_id = ?", which)

    def _add(self, product: ProductDocument) -> None:
        own = next(iter(product.words.values()))
        tags = "".join(f"\x1f{tag.casefold()}\x1f" for tag in product.tags)
        self._execute(
            "INSERT INTO product (shop_id, id, handle, title, vendor, product_type, tags, price_minor, published_at,"
            " on_sale) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._shop_id, product.id, product.handle, fold(own.title), product.vendor, product.product_type, tags,
             product.price_minor, product.published_at, int(product.on_sale)),
        )  # fmt: skip
        key = self._execute("SELECT last_insert_rowid()").fetchone()[0]
        self._execute("INSERT INTO document (key, content) VALUES (?, ?)", (key, encode(product)))
        self._indexing.add(key, product)
        for each in product.variants:
            self._execute(
                "INSERT OR REPLACE INTO variant (shop_id, id, product_id, item_id, endless, available)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (self._shop_id, each.id, product.id, each.inventory_item_id, each.continue_selling, each.available),
            )
        for collection_id, position in product.places:
            self._execute(
                "INSERT INTO place (shop_id, collection_id, product_id, position) VALUES (?, ?, ?, ?)",
                (self._shop_id, collection_id, product.id, position),
            )

    def _set_stock(self, item_id: int, available: int | None) -> None:
        which = (self._shop_id, item_id)
        self._execute("UPDATE variant SET available = ? WHERE shop_id = ? AND item_id = ?", (available, *which))
        self._execute(
            "UPDATE product SET on_sale = EXISTS ("
            " SELECT 1 FROM variant v WHERE v.shop_id = product.shop_id AND v.product_id = product.id"
            " AND (v.endless OR v.available IS NULL OR v.available > 0))"
            " WHERE shop_id = ?1 AND id IN (SELECT product_id FROM variant WHERE shop_id = ?1 AND item_id = ?2)",
            which,
        )

    def _move(self, cursor: Cursor, shop: ShopDocument | None) -> None:
        if shop is None:
            self._execute(
                "UPDATE shop SET epoch = ?, number = ?, version = ? WHERE id = ?", (*cursor, self._shop_id)
            )
        else:
            self._execute(
                "INSERT OR REPLACE INTO shop (id, epoch, number, version, document) VALUES (?, ?, ?, ?, ?)",
                (self._shop_id, *cursor, encode(shop)),
            )
