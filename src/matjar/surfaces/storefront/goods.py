"""Products and collections, as programs are told of them."""

from typing import Annotated

import msgspec
from msgspec import Meta

from matjar.core.money import to_text
from matjar.edge.catalogue import CollectionDocument, ProductDocument, Shelf, VariantDocument
from matjar.surfaces.storefront.shapes import Amount, Moment
from matjar.surfaces.storefront.views import iso

Html = Annotated[str, Meta(description="HTML without scripts and styles.")]


class ImageView(msgspec.Struct, frozen=True):
    """A picture."""

    id: str
    src: str
    alt: str
    width: int
    height: int


class VariantView(msgspec.Struct, frozen=True):
    """A variant."""

    id: str
    title: str
    choices: tuple[str, ...]
    sku: str
    price: Amount
    price_text: Annotated[str, Meta(description="In major units, such as 42.00.")]
    compare_at_price: Amount | None
    available: bool
    available_quantity: Annotated[int | None, Meta(description="How many can be had now; null: nobody counts.")]
    requires_shipping: bool


class OptionView(msgspec.Struct, frozen=True):
    """What can be chosen."""

    name: str
    values: tuple[str, ...]


class ProductView(msgspec.Struct, frozen=True):
    """A product in the reader's language."""

    id: str
    handle: str
    title: str
    body_html: Html
    vendor: str
    product_type: str
    tags: tuple[str, ...]
    currency: str
    options: tuple[OptionView, ...]
    variants: tuple[VariantView, ...]
    images: tuple[ImageView, ...]
    updated_at: Moment


class CollectionView(msgspec.Struct, frozen=True):
    """A collection in the reader's language."""

    id: str
    handle: str
    title: str
    body_html: Html


def product_view(shelf: Shelf, language: str, product: ProductDocument) -> ProductView:
    """A product for a reader."""
    words, currency = product.in_language(language), shelf.shop.currency
    names = words.options
    return ProductView(
        id=str(product.id),
        handle=product.handle,
        title=words.title,
        body_html=words.body_html,
        vendor=product.vendor,
        product_type=words.product_type or product.product_type,
        tags=product.tags,
        currency=currency,
        options=tuple(
            OptionView(names.get(option.name, option.name), tuple(names.get(value, value) for value in option.values))
            for option in product.options
        ),
        variants=tuple(_variant(variant, names, currency) for variant in product.variants),
        images=tuple(
            ImageView(str(image.id), f"/media/{image.path}", words.alts.get(image.id, ""), image.width, image.height)
            for image in product.images
        ),
        updated_at=iso(product.updated_at),
    )


def collection_view(language: str, collection: CollectionDocument) -> CollectionView:
    """A collection for a reader."""
    words = collection.in_language(language)
    return CollectionView(str(collection.id), collection.handle, words.title, words.body_html)


def _variant(variant: VariantDocument, names: dict[str, str], currency: str) -> VariantView:
    choices = tuple(names.get(choice, choice) for choice in variant.choices)
    return VariantView(
        str(variant.id),
        " / ".join(choices),
        choices,
        variant.sku,
        variant.price_minor,
        to_text(variant.price_minor, currency),
        variant.compare_at_minor,
        variant.on_sale,
        variant.available,
        variant.requires_shipping,
    )
