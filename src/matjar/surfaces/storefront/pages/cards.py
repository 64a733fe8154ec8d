"""Goods as they stand on a shelf: a picture, a name, a price."""

from collections.abc import Iterable

import msgspec

from matjar.edge.catalogue import CollectionDocument, Picture, ProductDocument, Shelf, VariantDocument, Wanted

FEW = 3
"""From so many pieces on a page says how many are left."""


class Card(msgspec.Struct, frozen=True):
    """A product on a shelf."""

    path: str
    title: str
    pictures: tuple[Picture, ...]
    alt: str
    price_minor: int
    compare_at_minor: int | None
    varies: bool
    """Whether other variants cost more."""
    on_sale: bool
    few: int | None
    """How many are left, where they are few."""


class Tile(msgspec.Struct, frozen=True):
    """A collection with a picture of something that stands in it."""

    path: str
    title: str
    total: int
    picture: Picture | None


def cards_of(products: Iterable[ProductDocument], language: str) -> tuple[Card, ...]:
    """Products as cards, in a language."""
    return tuple(card_of(product, language) for product in products)


def card_of(product: ProductDocument, language: str) -> Card:
    """A product as a card."""
    words = product.in_language(language)
    cheapest = min(product.variants, key=lambda each: (not each.on_sale, each.price_minor))
    first = product.images[0] if product.images else None
    return Card(
        path=f"/products/{product.handle}",
        title=words.title,
        pictures=product.images[:2],
        alt=words.alts.get(first.id, words.title) if first else words.title,
        price_minor=cheapest.price_minor,
        compare_at_minor=reduced_from(cheapest),
        varies=any(each.price_minor > cheapest.price_minor for each in product.variants),
        on_sale=product.on_sale,
        few=few_left(product),
    )


def tile_of(shelf: Shelf, collection: CollectionDocument, language: str) -> Tile:
    """A collection as a tile."""
    found = shelf.products(Wanted(collection.id, collection.sort.value), size=1)
    images = found.products[0].images if found.products else ()
    title = collection.in_language(language).title
    return Tile(f"/collections/{collection.handle}", title, found.total, images[0] if images else None)


def reduced_from(variant: VariantDocument) -> int | None:
    """The price before, if it was higher."""
    before = variant.compare_at_minor
    return before if before is not None and before > variant.price_minor else None


def few_left(product: ProductDocument) -> int | None:
    """How many are left of a product, where they are few and no more will be sold."""
    counts = [each.available for each in product.variants if not each.continue_selling]
    if len(counts) < len(product.variants) or None in counts:
        return None
    left = sum(max(count or 0, 0) for count in counts)
    return left if 0 < left <= FEW else None
