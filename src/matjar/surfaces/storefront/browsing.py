"""Browsing by JSON: what each route is asked, and what it answers, from this process's own shelves.

`ready` serves these routes, past the framework, and keeps their answers as bytes.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from matjar.core.limits import PAGE_ROWS
from matjar.domain.catalog.model import NO_COLLECTION, NOT_FOUND
from matjar.edge.catalogue import Page, ProductDocument, Shelf, Sought, Wanted
from matjar.edge.documenting import Route
from matjar.edge.framework import PROBLEMS_OF_READING
from matjar.surfaces.storefront.goods import CollectionView, ProductView, collection_view, product_view

SUGGESTIONS = 6
"""More is not read while typing."""

Sorting = Annotated[
    Literal["newest", "title", "price", "price_descending"],
    Meta(description="Else the collection's own order, and the newest first where there is no collection."),
]


class Listing(msgspec.Struct, frozen=True):
    """What may be asked of a list."""

    page: Annotated[int, Meta(ge=1, le=10_000, description="Which page.")] = 1
    limit: Annotated[int, Meta(ge=1, le=PAGE_ROWS, description="How many products to a page.")] = 20
    sort: Sorting | UnsetType = UNSET
    available: Annotated[bool, Meta(description="Only what can be bought now.")] = False


Typed = Annotated[
    str,
    Meta(max_length=200, description="Words in any of the shop's languages, whole or begun, also misspelt; or a SKU."),
]


class Asked(Listing, frozen=True, kw_only=True):
    """What is searched for."""

    q: Typed
    sort: Annotated[
        Literal["newest", "title", "price", "price_descending"] | UnsetType, Meta(description="Else the best first.")
    ] = UNSET


class Begun(msgspec.Struct, frozen=True):
    """What somebody has typed so far."""

    q: Typed


class ProductAnswer(msgspec.Struct, frozen=True):
    """One product."""

    product: ProductView


class ProductsAnswer(msgspec.Struct, frozen=True):
    """One page of a list; ``total`` products are on all of them."""

    products: tuple[ProductView, ...]
    page: int
    limit: int
    total: int


class CollectionsAnswer(msgspec.Struct, frozen=True):
    """All collections."""

    collections: tuple[CollectionView, ...]


class Suggestion(msgspec.Struct, frozen=True):
    """A product that may be meant."""

    title: str
    handle: str
    image: Annotated[str, Meta(description="Its picture's address; empty: there is none.")]


class SuggestionsAnswer(msgspec.Struct, frozen=True):
    """What may be meant, the likeliest first."""

    suggestions: tuple[Suggestion, ...]


def products(shelf: Shelf, language: str, asked: Listing) -> ProductsAnswer:
    """All products that are on sale, a page at a time."""
    return _listed(shelf, language, asked, Wanted())


def product(shelf: Shelf, language: str, handle: str) -> ProductAnswer:
    """One product that is on sale; refuses ``catalog.not_found``."""
    found = shelf.product(handle)
    if found is None:
        raise NOT_FOUND()
    return ProductAnswer(product_view(shelf, language, found))


def collections(shelf: Shelf, language: str) -> CollectionsAnswer:
    """All collections."""
    return CollectionsAnswer(tuple(collection_view(language, each) for each in shelf.collections()))


def products_of_collection(shelf: Shelf, language: str, handle: str, asked: Listing) -> ProductsAnswer:
    """What stands in a collection, a page at a time; refuses ``catalog.no_collection``."""
    collection = shelf.collection(handle)
    if collection is None:
        raise NO_COLLECTION()
    return _listed(shelf, language, asked, Wanted(collection.id, collection.sort.value))


def search(shelf: Shelf, language: str, asked: Asked) -> ProductsAnswer:
    """The products that are meant, a page at a time: those that hold every word, or else those that come near."""
    sought = Sought(asked.q, "" if asked.sort is UNSET else asked.sort, asked.available)
    return _page(shelf, language, asked, shelf.search(sought, page=asked.page, size=asked.limit))


def suggest(shelf: Shelf, language: str, asked: Begun) -> SuggestionsAnswer:
    """A few products, while somebody types."""
    found = shelf.search(Sought(asked.q), size=SUGGESTIONS).products
    return SuggestionsAnswer(tuple(_suggestion(product, language) for product in found))


ROUTES = (
    Route("GET", "/products.json", products, others=PROBLEMS_OF_READING),
    Route("GET", "/products/{handle}.json", product, others=PROBLEMS_OF_READING),
    Route("GET", "/collections.json", collections, others=PROBLEMS_OF_READING),
    Route("GET", "/collections/{handle}/products.json", products_of_collection, others=PROBLEMS_OF_READING),
    Route("GET", "/search.json", search, others=PROBLEMS_OF_READING),
    Route("GET", "/search/suggestions.json", suggest, others=PROBLEMS_OF_READING),
)


def _listed(shelf: Shelf, language: str, asked: Listing, wanted: Wanted) -> ProductsAnswer:
    sort = wanted.sort if asked.sort is UNSET else asked.sort
    wanted = msgspec.structs.replace(wanted, sort=sort, on_sale=asked.available)
    return _page(shelf, language, asked, shelf.products(wanted, page=asked.page, size=asked.limit))


def _page(shelf: Shelf, language: str, asked: Listing, found: Page) -> ProductsAnswer:
    views = tuple(product_view(shelf, language, each) for each in found.products)
    return ProductsAnswer(views, asked.page, asked.limit, found.total)


def _suggestion(product: ProductDocument, language: str) -> Suggestion:
    image = f"/media/{product.images[0].path}" if product.images else ""
    return Suggestion(product.in_language(language).title, product.handle, image)
