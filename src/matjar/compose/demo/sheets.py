"""The shape of the TOML files in ``shops/``: what a person writes, before prices, codes and pictures are made of it.

Amounts are written in the currency's major units, as text: ``"79.00"``.
"""

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from matjar.compose.demo.model import Condition, Location, Words
from matjar.domain.shops.model import Settings

SHOPS = Path(__file__).parent / "shops"


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A written form; a field that is not foreseen is a slip of the pen."""


class ValueSheet(_Sheet, frozen=True):
    """One choice of an option. Its ``code`` ends the SKU; price and weight override the product's."""

    ar: str
    en: str
    code: str
    colours: tuple[str, ...] = ()
    price: str = ""
    compare_at: str = ""
    weight_grams: int = 0


class OptionSheet(_Sheet, frozen=True):
    """What a buyer chooses by."""

    name: Words
    values: tuple[ValueSheet, ...]


class CopySheet(_Sheet, frozen=True):
    """What is said of a product in one language: a title, a paragraph, points to list, and the texts for search."""

    title: str
    text: str
    points: tuple[str, ...]
    seo_title: str
    seo_description: str


class FactSheet(_Sheet, frozen=True):
    """A metafield."""

    key: str
    value: Words
    namespace: str = "details"
    type: str = "multi_line_text_field"


class ProductSheet(_Sheet, frozen=True):
    """A product. ``stock`` has a row for each value of the first option, and in it one ``first+second`` for each
    variant: the counts at the shop's two locations.
    """

    handle: str
    kind: str
    sku: str
    number: int
    price: str
    weight_grams: int
    tags: tuple[str, ...]
    drawing: str
    backdrop: str
    details: tuple[str, ...]
    stock: tuple[str, ...]
    ar: CopySheet
    en: CopySheet
    facts: tuple[FactSheet, ...] = ()
    options: tuple[OptionSheet, ...] = ()
    colours: tuple[str, ...] = ()
    compare_at: str = ""
    vendor: str = ""
    tax_category: str = "standard"
    requires_shipping: bool = True
    continue_selling: bool = False


class CollectionSheet(_Sheet, frozen=True):
    """A collection by hand (``products``) or by rule (``conditions``)."""

    handle: str
    title: Words
    text: Words
    seo_title: Words
    seo_description: Words
    sort: str = "manual"
    conditions: tuple[Condition, ...] = ()
    products: tuple[str, ...] = ()


class MethodSheet(_Sheet, frozen=True):
    """A way to deliver; ``steps`` are pairs of a weight in grams and a price."""

    key: str
    kind: str
    name: Words
    price: str = "0"
    free_over: str = ""
    steps: tuple[tuple[int, str], ...] = ()
    days: tuple[int, int] = (0, 0)
    location: str = ""


class ZoneSheet(_Sheet, frozen=True):
    """Places and the ways to deliver there."""

    name: Words
    places: tuple[str, ...]
    methods: tuple[MethodSheet, ...]


class DiscountSheet(_Sheet, frozen=True):
    """A code: ``percent`` off, ``amount`` off, or, with neither, free delivery."""

    code: str
    percent: int = 0
    amount: str = "0"
    minimum: str = "0"
    usage_limit: int | None = None
    per_buyer_limit: int | None = None
    collections: tuple[str, ...] = ()


class ShopSheet(_Sheet, frozen=True):
    """A shop and everything in it. ``kinds`` names the product types; ``barcodes`` begins every EAN-13."""

    handle: str
    name: Words
    vendor: str
    barcodes: str
    currency: str
    country: str
    time_zone: str
    languages: tuple[str, ...]
    kinds: dict[str, Words]
    settings: Settings
    locations: tuple[Location, ...]
    zones: tuple[ZoneSheet, ...]
    discounts: tuple[DiscountSheet, ...]
    collections: tuple[CollectionSheet, ...]
    products: tuple[ProductSheet, ...]


def read(handle: str) -> ShopSheet:
    """Read a shop's folder: ``shop.toml``, and every other file in order of name for its products and collections.

    An option may name one of the shop's ``scales`` instead of listing the same sizes again.
    """
    folder = SHOPS / handle
    form: dict[str, Any] = tomllib.loads((folder / "shop.toml").read_text("utf-8")) | {"products": []}
    for file in sorted(folder.glob("*.toml")):
        if file.name != "shop.toml":
            for name, entries in tomllib.loads(file.read_text("utf-8")).items():
                form.setdefault(name, []).extend(entries)
    scales = form.pop("scales", {})
    for product in form["products"]:
        product["options"] = [scales[each["scale"]] if "scale" in each else each for each in product.get("options", [])]
    return msgspec.convert(form, ShopSheet)
