"""Which goods somebody means by what they typed."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

import typer

from matjar.compose.cli.desk import NAMED
from matjar.compose.cli.words import Said, said_of
from matjar.core.refusal import Kind, declare
from matjar.core.tx import Reading
from matjar.domain import catalog
from matjar.domain.catalog import Product, Variant
from matjar.storage.desk import Desk

NO_SUCH_SKU = declare("goods.no_such_sku", Kind.NOT_FOUND, "Nothing is sold under the SKU {sku}.")
AMBIGUOUS_SKU = declare(
    "goods.ambiguous_sku", Kind.CONFLICT, "Several variants have the SKU {sku}: name one by its id, {variants}."
)
NO_SUCH_PRODUCT = declare("goods.no_such_product", Kind.NOT_FOUND, "No product has the handle, id or SKU {text}.")

Sku = Annotated[str, typer.Argument(help="The variant's SKU, or its id.")]
ProductName = Annotated[str, typer.Argument(metavar="PRODUCT", help="The product's handle, its id, or an SKU of it.")]


class Chosen(NamedTuple):
    """A variant, and what it is called with its product."""

    variant: Variant
    full_title: str


async def choose_variant(desk: Desk, text: str) -> Chosen:
    """The variant with this SKU or id; refuses ``goods.no_such_sku`` and ``goods.ambiguous_sku``."""

    def ask(view: Reading) -> Chosen:
        found = _variants(view, text)
        if not found:
            raise NO_SUCH_SKU(sku=text[:60])
        if len(found) > 1:
            named = [f"{variant.id} ({product.title} {variant.title})" for product, variant in found[:NAMED]]
            raise AMBIGUOUS_SKU(sku=text[:60], variants=", ".join(named))
        product, variant = found[0]
        return Chosen(variant, said_of(view, product.id).full_title(product.id, product.title, variant.title))

    return await desk.read(ask)


async def choose_product(desk: Desk, text: str) -> tuple[Product, Said]:
    """The product of this handle, id or SKU, and what is said of it; refuses ``goods.no_such_product``."""

    def ask(view: Reading) -> tuple[Product, Said]:
        found = catalog.find_product(view, handle=text)
        if found is None and text.isdecimal():
            found = next(iter(catalog.load_between(view, first=_id(text), last=_id(text))), None)
        if found is None:
            found = next((product for product, _ in _variants(view, text)), None)
        if found is None:
            raise NO_SUCH_PRODUCT(text=text[:60])
        return found, said_of(view, found.id)

    return await desk.read(ask)


def _variants(view: Reading, text: str) -> list[tuple[Product, Variant]]:
    """The variants with this SKU; else those that differ in their letters' case alone; else the one with this id."""
    alike = [
        (product, variant)
        for product in _products_with(view, text)
        for variant in product.variants
        if variant.sku and variant.sku.casefold() == text.casefold()
    ]
    exact = [found for found in alike if found[1].sku == text]
    if exact or alike or not text.isdecimal():
        return exact or alike
    product = catalog.find_product(view, variant_id=_id(text))
    return [(product, variant) for variant in product.variants if variant.id == _id(text)] if product else []


def _products_with(view: Reading, words: str) -> Iterator[Product]:
    """Page through the products that have these words somewhere."""
    since_id = 0
    while page := catalog.list_products(view, since_id=since_id, words=words):
        yield from page
        since_id = page[-1].id


def _id(text: str) -> int:
    """What was typed, as an id: more digits than one has are none."""
    return int(text[:16])
