"""Questions about the goods."""

from collections.abc import Sequence

from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain.catalog import model
from matjar.domain.catalog.model import (
    Collection,
    FormerHandle,
    Label,
    Metafield,
    Product,
    Sellable,
    Translation,
    Variant,
)
from matjar.domain.catalog.store import collections, handles, products, words


def load_product(view: Reading, *, product_id: int) -> Product:
    """One product, whole; refuses ``catalog.not_found``."""
    found = products.load_between(view, product_id, product_id, 1)
    if not found:
        raise model.NOT_FOUND()
    return found[0]


def find_product(
    view: Reading, *, handle: str = "", variant_id: int = 0, inventory_item_id: int = 0
) -> Product | None:
    """The product that has this handle, this variant or this inventory item."""
    product_id = products.find_id(view, handle=handle, variant_id=variant_id, item_id=inventory_item_id)
    return load_product(view, product_id=product_id) if product_id else None


def load_variant(view: Reading, *, variant_id: int) -> tuple[Product, Variant]:
    """One variant and its product; refuses ``catalog.no_variant``."""
    product = find_product(view, variant_id=variant_id)
    if product is None:
        raise model.NO_VARIANT()
    return product, next(variant for variant in product.variants if variant.id == variant_id)


def load_between(view: Reading, *, first: int, last: int, most: int = PAGE_ROWS) -> list[Product]:
    """Products of a range of ids, whole, in order."""
    return products.load_between(view, first, last, most)


def list_products(
    view: Reading,
    *,
    since_id: int = 0,
    status: str = "",
    vendor: str = "",
    product_type: str = "",
    collection_id: int = 0,
    words: str = "",
    most: int = PAGE_ROWS,
) -> list[Product]:
    """Products after an id, in order of their ids; ``words`` stand in the title, the tags or an SKU."""
    return products.list_where(
        view, since_id=since_id, status=status, vendor=vendor, product_type=product_type, collection_id=collection_id,
        word=f"%{words.lower()}%" if words else "", most=min(most, PAGE_ROWS),
    )  # fmt: skip


def load_sellable(view: Reading, variant_ids: Sequence[int]) -> dict[int, Sellable]:
    """What a cart needs to know of variants; those that are not for sale are left out. One statement at most."""

    def ask(missing: list[int]) -> dict[int, Sellable]:
        return {sellable.variant_id: sellable for sellable in products.sellables(view, missing)}

    return view.once_each("sellable", variant_ids, ask)


def labels(view: Reading, *, ids: Sequence[int]) -> list[Label]:
    """What variants are called, by their ids or by those of their inventory items; those that are gone are left out."""
    pages = (ids[begin : begin + PAGE_ROWS] for begin in range(0, len(ids), PAGE_ROWS))
    return [label for page in pages for label in products.labels(view, page)]


def load_collection(view: Reading, *, collection_id: int) -> Collection:
    """One collection; refuses ``catalog.no_collection``."""
    found = collections.find(view, collection_id)
    if found is None:
        raise model.NO_COLLECTION()
    return found


def find_collection(view: Reading, *, handle: str) -> Collection | None:
    """The collection that has this handle."""
    collection_id = collections.find_id(view, handle)
    return collections.find(view, collection_id) if collection_id else None


def list_collections(view: Reading, *, since_id: int = 0, most: int = PAGE_ROWS) -> list[Collection]:
    """Collections after an id, in order of their ids."""
    return collections.list_after(view, since_id=since_id, most=min(most, PAGE_ROWS))


def members(view: Reading, *, collection_id: int) -> dict[int, int]:
    """The ids of the products in a collection, in their order there, each with its position."""
    return collections.members(view, collection_id)


def places(view: Reading, *, first: int, last: int) -> list[tuple[int, int, int]]:
    """Where products of a range of ids stand: collection, product, position."""
    return collections.places(view, first, last)


def former_handles(view: Reading, *, owner_type: str, asked: Sequence[str]) -> list[FormerHandle]:
    """Of these handles, those that were left, and by whom last."""
    found = (handles.find(view, owner_type, handle) for handle in asked)
    return [each for each in found if each is not None]


def list_former_handles(
    view: Reading, *, owner_type: str, after: str = "", most: int = PAGE_ROWS
) -> list[FormerHandle]:
    """All handles that were ever left, in their order; ``after`` turns the page."""
    return handles.list_after(view, owner_type, after, min(most, PAGE_ROWS))


def metafields(view: Reading, *, owner_type: str, first: int, last: int = 0) -> list[Metafield]:
    """Facts about one owner, or about the owners of a range of ids."""
    return words.metafields(view, owner_type, first, last or first)


def translations(view: Reading, *, owner_type: str, first: int, last: int = 0) -> list[Translation]:
    """Texts in other languages of one owner, or of the owners of a range of ids."""
    return words.translations(view, owner_type, first, last or first)
