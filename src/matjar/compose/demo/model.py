"""What the demo's shops consist of. Amounts are minor units of the shop's currency, weights grams."""

import msgspec

from matjar.core.address import Address
from matjar.domain.shops.model import Settings


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both of the demo's languages; neither may be missing."""

    ar: str
    en: str

    def by_language(self) -> dict[str, str]:
        """The text by language code, as translations and names of methods are kept."""
        return {"ar": self.ar, "en": self.en}


class Seo(msgspec.Struct, frozen=True):
    """What search engines show."""

    title: Words
    description: Words


class Fact(msgspec.Struct, frozen=True):
    """A metafield: something worth knowing that has no column of its own."""

    namespace: str
    key: str
    type: str
    value: Words


class Plan(msgspec.Struct, frozen=True):
    """What a picture shows; ``pictures.draw`` turns it into SVG."""

    drawing: str
    view: str
    colours: tuple[str, ...]
    backdrop: str
    brand: str


class Picture(msgspec.Struct, frozen=True):
    """A picture of a product: the name of its file, its text for who cannot see it, and what to draw."""

    file: str
    alt: Words
    plan: Plan


class Value(msgspec.Struct, frozen=True):
    """One choice of an option. ``colour`` is its swatch as ``#rrggbb``, or empty."""

    name: Words
    colour: str


class Option(msgspec.Struct, frozen=True):
    """What a buyer chooses by, such as shade or size."""

    name: Words
    values: tuple[Value, ...]


class Variant(msgspec.Struct, frozen=True):
    """One thing that can be bought. ``stock`` has one count for each of the shop's locations, in their order."""

    choices: tuple[Words, ...]
    sku: str
    barcode: str
    price_minor: int
    compare_at_minor: int | None
    weight_grams: int
    requires_shipping: bool
    continue_selling: bool
    stock: tuple[int, ...]
    picture: int
    """Which of the product's pictures shows this variant, counted from 0."""


class Product(msgspec.Struct, frozen=True):
    """Something that the shop sells, with its variants in the order of its options."""

    handle: str
    title: Words
    body_html: Words
    vendor: str
    product_type: Words
    tags: tuple[str, ...]
    tax_category: str
    options: tuple[Option, ...]
    variants: tuple[Variant, ...]
    seo: Seo
    facts: tuple[Fact, ...]
    pictures: tuple[Picture, ...]


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One test of a collection's rule; ``field`` is tag, product_type, vendor, price or compare_at."""

    field: str
    relation: str
    """equals, less_than, greater_than, or is_set."""
    value: str = ""


class Collection(msgspec.Struct, frozen=True):
    """Goods shown together: those in ``products`` by hand, or, if there are ``conditions``, all that meet them all."""

    handle: str
    title: Words
    body_html: Words
    sort: str
    conditions: tuple[Condition, ...]
    products: tuple[str, ...]
    seo: Seo


class Location(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where stock lies; one that offers ``pickup`` is also a shop that one can walk into."""

    key: str
    name: Words
    address: Address
    pickup: bool = False


class Step(msgspec.Struct, frozen=True):
    """A price of delivery for parcels up to a weight."""

    up_to_grams: int
    price_minor: int


class Method(msgspec.Struct, frozen=True):
    """A way to deliver: ``kind`` is flat, by_weight or pickup; from ``free_over_minor`` on it costs nothing."""

    key: str
    kind: str
    name: Words
    price_minor: int
    free_over_minor: int | None
    steps: tuple[Step, ...]
    days_min: int
    days_max: int
    location: str


class Zone(msgspec.Struct, frozen=True):
    """Places ('AE', 'US-CA', '*' for anywhere else) and the ways to deliver there."""

    name: Words
    places: tuple[str, ...]
    methods: tuple[Method, ...]


class Discount(msgspec.Struct, frozen=True):
    """A code that a buyer may enter; ``kind`` is percentage, amount or free_delivery."""

    code: str
    kind: str
    value_ppm: int
    amount_minor: int
    minimum_minor: int
    usage_limit: int | None
    per_buyer_limit: int | None
    collections: tuple[str, ...]


class ShopGoods(msgspec.Struct, frozen=True):
    """A whole shop. The first language is its own; the others are translations."""

    handle: str
    name: Words
    currency: str
    country: str
    time_zone: str
    languages: tuple[str, ...]
    settings: Settings
    locations: tuple[Location, ...]
    zones: tuple[Zone, ...]
    discounts: tuple[Discount, ...]
    collections: tuple[Collection, ...]
    products: tuple[Product, ...]
