"""The SQL of products, their variants and images. Statements about several products take a range of ids."""

import itertools
import string
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import msgspec

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.catalog.model import Image, Label, Option, Product, Sellable, Seo, Status, Variant

_IN_RANGE = """
    SELECT id, handle, title, body_html, vendor, product_type, status, tags, options, seo, published_at,
        created_at, updated_at
    FROM products WHERE shop_id = :shop_id AND id >= :first AND id <= :last ORDER BY id LIMIT :most
"""
_LISTED = """
    SELECT id, handle, title, body_html, vendor, product_type, status, tags, options, seo, published_at,
        created_at, updated_at
    FROM products
    WHERE shop_id = :shop_id AND id > :since_id AND (:status = '' OR status = :status)
        AND (:vendor = '' OR vendor = :vendor) AND (:product_type = '' OR product_type = :product_type)
        AND (:word = '' OR LOWER(title) LIKE :word OR LOWER(tags) LIKE :word OR EXISTS (
            SELECT 1 FROM variants v
            WHERE v.shop_id = :shop_id AND v.product_id = products.id AND LOWER(v.sku) LIKE :word)
            OR EXISTS (
            SELECT 1 FROM translations t WHERE t.shop_id = :shop_id AND t.owner_type = 'product'
                AND t.owner_id = products.id AND t.field = 'title' AND LOWER(t.value) LIKE :word))
        AND (:collection_id = 0 OR EXISTS (
            SELECT 1 FROM collects c
            WHERE c.shop_id = :shop_id AND c.collection_id = :collection_id AND c.product_id = products.id))
    ORDER BY id LIMIT :most
"""
_PRODUCT_OF_VARIANT = "SELECT product_id FROM variants WHERE shop_id = :shop_id AND id = :variant_id"
_PRODUCT_OF_ITEM = "SELECT product_id FROM variants WHERE shop_id = :shop_id AND inventory_item_id = :item_id LIMIT 1"
_PRODUCT_OF_HANDLE = "SELECT id FROM products WHERE shop_id = :shop_id AND handle = :handle"
_VARIANTS = """
    SELECT v.id, v.product_id, v.inventory_item_id, v.position, v.title, v.choices, v.sku, v.barcode, v.price_minor,
        v.compare_at_minor, v.tax_category, v.weight_grams, v.requires_shipping, v.continue_selling, v.image_id,
        v.created_at, v.updated_at, i.tracked, i.cost_minor
    FROM variants v JOIN inventory_items i ON i.shop_id = v.shop_id AND i.id = v.inventory_item_id
    WHERE v.shop_id = :shop_id AND v.product_id >= :first AND v.product_id <= :last
    ORDER BY v.product_id, v.position, v.id LIMIT 100000
"""
_IMAGES = """
    SELECT id, product_id, position, path, alt, width, height, created_at FROM images
    WHERE shop_id = :shop_id AND product_id >= :first AND product_id <= :last
    ORDER BY product_id, position, id LIMIT 100000
"""
_SELLABLE = """
    SELECT v.id, v.product_id, v.inventory_item_id, p.title, v.title, v.sku, v.price_minor, v.tax_category,
        v.weight_grams, v.requires_shipping, v.continue_selling, p.tags,
        (SELECT STRING_AGG(CAST(c.collection_id AS TEXT), ',') FROM collects c
         WHERE c.shop_id = :shop_id AND c.product_id = v.product_id)
    FROM variants v JOIN products p ON p.shop_id = v.shop_id AND p.id = v.product_id
    WHERE v.shop_id = :shop_id AND p.status = 'active' AND v.id IN ({ids}) LIMIT 1000
"""
_LABELS = """
    SELECT v.id, v.inventory_item_id, v.product_id, p.title, v.title, v.sku
    FROM variants v JOIN products p ON p.shop_id = v.shop_id AND p.id = v.product_id
    WHERE v.shop_id = :shop_id AND v.id IN ({ids})
    UNION
    SELECT v.id, v.inventory_item_id, v.product_id, p.title, v.title, v.sku
    FROM variants v JOIN products p ON p.shop_id = v.shop_id AND p.id = v.product_id
    WHERE v.shop_id = :shop_id AND v.inventory_item_id IN ({ids}) LIMIT 1000
"""
_SAVE_PRODUCT = """
    INSERT INTO products (shop_id, id, handle, title, body_html, vendor, product_type, status, tags, options, seo,
        published_at, created_at, updated_at)
    VALUES (:shop_id, :id, :handle, :title, :body_html, :vendor, :product_type, :status, :tags, :options, :seo,
        :published_at, :created_at, :updated_at)
    ON CONFLICT (shop_id, id) DO UPDATE SET handle = excluded.handle, title = excluded.title,
        body_html = excluded.body_html, vendor = excluded.vendor, product_type = excluded.product_type,
        status = excluded.status, tags = excluded.tags, options = excluded.options, seo = excluded.seo,
        published_at = excluded.published_at, updated_at = excluded.updated_at
"""
_SAVE_VARIANT = """
    INSERT INTO variants (shop_id, id, product_id, inventory_item_id, position, title, choices, sku, barcode,
        price_minor, compare_at_minor, tax_category, weight_grams, requires_shipping, continue_selling, image_id,
        created_at, updated_at)
    VALUES (:shop_id, :id, :product_id, :inventory_item_id, :position, :title, :choices, :sku, :barcode,
        :price_minor, :compare_at_minor, :tax_category, :weight_grams, :requires_shipping, :continue_selling,
        :image_id, :created_at, :updated_at)
    ON CONFLICT (shop_id, id) DO UPDATE SET position = excluded.position, title = excluded.title,
        choices = excluded.choices, sku = excluded.sku, barcode = excluded.barcode,
        price_minor = excluded.price_minor, compare_at_minor = excluded.compare_at_minor,
        tax_category = excluded.tax_category, weight_grams = excluded.weight_grams,
        requires_shipping = excluded.requires_shipping, continue_selling = excluded.continue_selling,
        image_id = excluded.image_id, updated_at = excluded.updated_at
"""
_SAVE_ITEM = """
    INSERT INTO inventory_items (shop_id, id, tracked, cost_minor)
    VALUES (:shop_id, :inventory_item_id, :tracked, :cost_minor)
    ON CONFLICT (shop_id, id) DO UPDATE SET tracked = excluded.tracked, cost_minor = excluded.cost_minor
"""
_SAVE_IMAGE = """
    INSERT INTO images (shop_id, id, product_id, position, path, alt, width, height, created_at)
    VALUES (:shop_id, :id, :product_id, :position, :path, :alt, :width, :height, :created_at)
    ON CONFLICT (shop_id, id) DO UPDATE SET position = excluded.position, alt = excluded.alt
"""
_REMOVE_VARIANT = "DELETE FROM variants WHERE shop_id = :shop_id AND id = :id"
_REMOVE_IMAGE = "DELETE FROM images WHERE shop_id = :shop_id AND id = :id"
_REMOVE_PRODUCT = "DELETE FROM products WHERE shop_id = :shop_id AND id = :id"

_texts = msgspec.json.Decoder(tuple[str, ...]).decode
_options = msgspec.json.Decoder(tuple[Option, ...]).decode
_seo = msgspec.json.Decoder(Seo).decode
_encode = msgspec.json.Encoder().encode


def find_id(view: Reading, *, variant_id: int = 0, item_id: int = 0, handle: str = "") -> int | None:
    """The product that a variant or an inventory item is of, or that has a handle."""
    if variant_id:
        row = view.one(_PRODUCT_OF_VARIANT, variant_id=variant_id)
    elif item_id:
        row = view.one(_PRODUCT_OF_ITEM, item_id=item_id)
    else:
        row = view.one(_PRODUCT_OF_HANDLE, handle=handle)
    return row[0] if row else None


def load_between(view: Reading, first: int, last: int, most: int) -> list[Product]:
    """Products of a range of ids, whole."""
    return _whole(view, view.all(_IN_RANGE, first=first, last=last, most=most))


def list_where(view: Reading, **wanted: Any) -> list[Product]:
    """Products that answer a filter, whole."""
    return _whole(view, view.all(_LISTED, **wanted))


def _whole(view: Reading, rows: list[Row]) -> list[Product]:
    """Add variants and images: in one statement each where the products stand close together."""
    if not rows:
        return []
    first, last = rows[0][0], rows[-1][0]
    variants = _grouped(view.all(_VARIANTS, first=first, last=last))
    images = _grouped(view.all(_IMAGES, first=first, last=last))
    return [
        msgspec.structs.replace(
            _product(row),
            variants=tuple(map(_variant, variants.get(row[0], ()))),
            images=tuple(Image(*each) for each in images.get(row[0], ())),
        )
        for row in rows
    ]


def _grouped(rows: Iterable[Row]) -> dict[int, list[Row]]:
    return {product_id: list(group) for product_id, group in itertools.groupby(rows, key=lambda row: row[1])}


def _product(row: Row) -> Product:
    id_, handle, title, body, vendor, type_, status, tags, options, seo, published_at, created_at, updated_at = row
    return Product(
        id_, handle, title, body, vendor, type_, Status(status), _texts(tags), _options(options), _seo(seo),
        published_at, created_at, updated_at,
    )  # fmt: skip


def _variant(row: Row) -> Variant:
    (
        id_, product_id, item_id, position, title, choices, sku, barcode, price, compare_at, category, weight,
        shipping, selling, image_id, created_at, updated_at, tracked, cost,
    ) = row  # fmt: skip
    return Variant(
        id_, product_id, item_id, position, title, _texts(choices), sku, barcode, price, compare_at, category, weight,
        bool(shipping), bool(selling), image_id, created_at, updated_at, bool(tracked), cost,
    )  # fmt: skip


def _sellable(row: Row) -> Sellable:
    (
        variant_id, product_id, item_id, product_title, variant_title, sku, price, category, weight,
        shipping, selling, tags, collections,
    ) = row  # fmt: skip
    return Sellable(
        variant_id, product_id, item_id, product_title, variant_title, sku, price, category, weight,
        bool(shipping), bool(selling), _texts(tags), tuple(map(int, collections.split(","))) if collections else (),
    )  # fmt: skip


@cache
def _sql_for(sql: str, count: int) -> tuple[str, tuple[str, ...]]:
    pairs = itertools.islice(itertools.product(string.ascii_lowercase, repeat=2), count)
    names = tuple(f"id_{one}{two}" for one, two in pairs)
    return sql.replace("{ids}", ", ".join(":" + name for name in names)), names


def sellables(view: Reading, variant_ids: Sequence[int]) -> list[Sellable]:
    """Variants of active products."""
    return [_sellable(row) for row in _all(view, _SELLABLE, variant_ids)]


def labels(view: Reading, ids: Sequence[int]) -> list[Label]:
    """Variants by their own ids, or by those of their inventory items: a shop gives no id twice."""
    return [Label(*row) for row in _all(view, _LABELS, ids)]


def _all(view: Reading, sql: str, ids: Sequence[int]) -> list[Row]:
    """Ask for some ids. The statement's length comes in few sizes, so that engines can keep it prepared."""
    size = next(size for size in (1, 4, 20, 100, 600) if len(ids) <= size)
    fitted, names = _sql_for(sql, size)
    return view.all(fitted, **{name: ids[min(index, len(ids) - 1)] for index, name in enumerate(names)})


def save(tx: Tx, product: Product, variants: Iterable[Variant], images: Iterable[Image]) -> None:
    """Write a product, and those of its variants and images that are new or changed."""
    row = msgspec.structs.asdict(product)
    for name in ("tags", "options", "seo"):
        row[name] = _encode(row[name]).decode()
    row["status"] = product.status.value
    del row["variants"], row["images"]
    tx.run(_SAVE_PRODUCT, **row)
    rows = [_variant_row(variant) for variant in variants]
    tx.run_many(_SAVE_ITEM, [dict(row) for row in rows])
    tx.run_many(_SAVE_VARIANT, rows)
    tx.run_many(_SAVE_IMAGE, [msgspec.structs.asdict(image) for image in images])
    tx.forget("sellable")


def _variant_row(variant: Variant) -> dict[str, Any]:
    row = msgspec.structs.asdict(variant)
    for name in ("requires_shipping", "continue_selling", "tracked"):
        row[name] = int(row[name])
    return row | {"choices": _encode(variant.choices).decode()}


def remove_parts(tx: Tx, *, variant_ids: Iterable[int] = (), image_ids: Iterable[int] = ()) -> None:
    """Delete variants and images. Inventory items stay: movements and orders name them."""
    tx.run_many(_REMOVE_VARIANT, [{"id": each} for each in variant_ids])
    tx.run_many(_REMOVE_IMAGE, [{"id": each} for each in image_ids])
    tx.forget("sellable")


def remove(tx: Tx, product_id: int) -> None:
    """Delete a product that has no parts any more."""
    tx.run(_REMOVE_PRODUCT, id=product_id)
