"""The SQL of collections and of what stands in them."""

from collections.abc import Iterable

import msgspec

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.catalog.model import Collection, Rule, Seo, Sort

_COLLECTIONS = """
    SELECT id, handle, title, body_html, rule, sort, seo, published_at, created_at, updated_at
    FROM collections WHERE shop_id = :shop_id
"""
_COLLECTION = _COLLECTIONS + "AND id = :id"
_COLLECTIONS_LISTED = _COLLECTIONS + "AND id > :since_id ORDER BY id LIMIT :most"
_COLLECTIONS_BY_RULE = _COLLECTIONS + "AND rule IS NOT NULL ORDER BY id LIMIT 1000"
_SAVE_COLLECTION = """
    INSERT INTO collections (shop_id, id, handle, title, body_html, rule, sort, seo, published_at, created_at,
        updated_at)
    VALUES (:shop_id, :id, :handle, :title, :body_html, :rule, :sort, :seo, :published_at, :created_at, :updated_at)
    ON CONFLICT (shop_id, id) DO UPDATE SET handle = excluded.handle, title = excluded.title,
        body_html = excluded.body_html, rule = excluded.rule, sort = excluded.sort, seo = excluded.seo,
        updated_at = excluded.updated_at
"""
_REMOVE_COLLECTION = "DELETE FROM collections WHERE shop_id = :shop_id AND id = :id"
_PLACES = """
    SELECT collection_id, product_id, position FROM collects
    WHERE shop_id = :shop_id AND product_id >= :first AND product_id <= :last
    ORDER BY product_id, collection_id LIMIT 100000
"""
_MEMBERS = """
    SELECT product_id, position FROM collects
    WHERE shop_id = :shop_id AND collection_id = :collection_id ORDER BY position, product_id LIMIT 100000
"""
_PLACE = """
    INSERT INTO collects (shop_id, collection_id, product_id, position)
    VALUES (:shop_id, :collection_id, :product_id, :position)
    ON CONFLICT (shop_id, collection_id, product_id) DO UPDATE SET position = excluded.position
"""
_TAKE_OUT = """
    DELETE FROM collects
    WHERE shop_id = :shop_id AND collection_id = :collection_id AND product_id = :product_id
"""
_COLLECTION_OF_HANDLE = "SELECT id FROM collections WHERE shop_id = :shop_id AND handle = :handle"

_seo = msgspec.json.Decoder(Seo).decode
_rule = msgspec.json.Decoder(Rule).decode
_encode = msgspec.json.Encoder().encode


def find_id(view: Reading, handle: str) -> int | None:
    """The collection that has a handle."""
    row = view.one(_COLLECTION_OF_HANDLE, handle=handle)
    return row[0] if row else None


def list_after(view: Reading, *, since_id: int = 0, most: int = 250) -> list[Collection]:
    """Collections in order of their ids."""
    return [_collection(row) for row in view.all(_COLLECTIONS_LISTED, since_id=since_id, most=most)]


def list_by_rule(view: Reading) -> list[Collection]:
    """Those that fill themselves."""
    return [_collection(row) for row in view.all(_COLLECTIONS_BY_RULE)]


def find(view: Reading, collection_id: int) -> Collection | None:
    """One collection."""
    row = view.one(_COLLECTION, id=collection_id)
    return _collection(row) if row else None


def _collection(row: Row) -> Collection:
    id_, handle, title, body, rule, sort, seo, published_at, created_at, updated_at = row
    return Collection(
        id_, handle, title, body, _rule(rule) if rule else None, Sort(sort), _seo(seo),
        published_at, created_at, updated_at,
    )  # fmt: skip


def save(tx: Tx, collection: Collection) -> None:
    """Write a collection."""
    row = msgspec.structs.asdict(collection)
    row["rule"] = _encode(collection.rule).decode() if collection.rule else None
    row["sort"] = collection.sort.value
    row["seo"] = _encode(collection.seo).decode()
    tx.run(_SAVE_COLLECTION, **row)


def remove(tx: Tx, collection_id: int) -> None:
    """Delete a collection that is empty."""
    tx.run(_REMOVE_COLLECTION, id=collection_id)


def places(view: Reading, first: int, last: int) -> list[tuple[int, int, int]]:
    """Where products of a range of ids stand: collection, product, position."""
    return [(row[0], row[1], row[2]) for row in view.all(_PLACES, first=first, last=last)]


def members(view: Reading, collection_id: int) -> dict[int, int]:
    """The products in a collection and their positions, in order."""
    return {row[0]: row[1] for row in view.all(_MEMBERS, collection_id=collection_id)}


def place(tx: Tx, entries: Iterable[tuple[int, int, int]]) -> None:
    """Put products into collections: collection, product, position."""
    tx.run_many(_PLACE, [{"collection_id": one, "product_id": two, "position": three} for one, two, three in entries])
    tx.forget("sellable")


def take_out(tx: Tx, entries: Iterable[tuple[int, int]]) -> None:
    """Take products out of collections."""
    tx.run_many(_TAKE_OUT, [{"collection_id": one, "product_id": two} for one, two in entries])
    tx.forget("sellable")
