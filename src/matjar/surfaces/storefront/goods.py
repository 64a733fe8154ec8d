"""The catalogue as JSON: what programs are told of products and collections, from this process's own shelves."""

import msgspec

from matjar.core.money import to_text
from matjar.edge.catalogue.documents import CollectionDocument, ProductDocument, VariantDocument
from matjar.edge.catalogue.lookups import Wanted
from matjar.edge.catalogue.memory import Shelf
from matjar.surfaces.storefront.views import iso

PAGE_SIZE = 20
_SORTS = ("newest", "title", "price", "price_descending")


class ImageView(msgspec.Struct, frozen=True):
    """A picture."""

    id: int
    src: str
    alt: str
    width: int
    height: int


class VariantView(msgspec.Struct, frozen=True):
    """A variant; ``price`` in minor units, ``price_text`` in major ones."""

    id: str
    title: str
    choices: tuple[str, ...]
    sku: str
    price: int
    price_text: str
    compare_at_price: int | None
    available: bool
    available_quantity: int | None
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
    body_html: str
    vendor: str
    product_type: str
    tags: tuple[str, ...]
    currency: str
    options: tuple[OptionView, ...]
    variants: tuple[VariantView, ...]
    images: tuple[ImageView, ...]
    updated_at: str


class CollectionView(msgspec.Struct, frozen=True):
    """A collection in the reader's language."""

    id: str
    handle: str
    title: str
    body_html: str


_encode = msgspec.json.Encoder().encode


def product_json(shelf: Shelf, language: str, product: ProductDocument) -> bytes:
    """``{"product": …}``."""
    return _encode({"product": product_view(shelf, language, product)})


def products_json(shelf: Shelf, language: str, query: dict[str, str], collection: CollectionDocument | None) -> bytes:
    """``{"products": […], "page": …, "total": …}``: one page, by ``page``, ``limit`` and ``sort``."""
    page, size = _number(query.get("page"), 1, 10_000), _number(query.get("limit"), PAGE_SIZE, 250)
    sort = query.get("sort", "")
    if sort not in _SORTS:
        sort = collection.sort.value if collection else "newest"
    wanted = Wanted(collection.id if collection else 0, sort, on_sale=query.get("available") == "1")
    found = shelf.products(wanted, page=page, size=size)
    views = [product_view(shelf, language, product) for product in found.products]
    return _encode({"products": views, "page": page, "limit": size, "total": found.total})


def collections_json(shelf: Shelf, language: str) -> bytes:
    """``{"collections": […]}``."""
    views = []
    for each in shelf.collections():
        words = each.in_language(language)
        views.append(CollectionView(str(each.id), each.handle, words.title, words.body_html))
    return _encode({"collections": views})


def search_json(shelf: Shelf, language: str, query: dict[str, str]) -> bytes:
    """``{"products": […]}``: what answers to the words of ``q``."""
    found = shelf.search(query.get("q", ""))
    return _encode({"products": [product_view(shelf, language, product) for product in found]})


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
        product_type=product.product_type,
        tags=product.tags,
        currency=currency,
        options=tuple(
            OptionView(names.get(option.name, option.name), tuple(names.get(value, value) for value in option.values))
            for option in product.options
        ),
        variants=tuple(_variant(variant, names, currency) for variant in product.variants),
        images=tuple(
            ImageView(image.id, f"/media/{image.path}", words.alts.get(image.id, ""), image.width, image.height)
            for image in product.images
        ),
        updated_at=iso(product.updated_at),
    )


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


def _number(text: str | None, otherwise: int, most: int) -> int:
    """A number from a query; what is none, or too large, is taken as the nearest that makes sense."""
    if text is None or not text.isascii() or not text.isdigit():
        return otherwise
    return min(max(int(text[:9]), 1), most)
