"""What a shop sells: products and their variants, images, collections, and the words about them."""

from enum import StrEnum

import msgspec
from msgspec import UNSET, UnsetType

from matjar.core.refusal import Kind, declare

NOT_FOUND = declare("catalog.not_found", Kind.NOT_FOUND, "There is no such product.")
NO_VARIANT = declare("catalog.no_variant", Kind.NOT_FOUND, "There is no such variant.")
NO_IMAGE = declare("catalog.no_image", Kind.NOT_FOUND, "There is no such image.")
NO_COLLECTION = declare("catalog.no_collection", Kind.NOT_FOUND, "There is no such collection.")
GONE = declare("catalog.gone", Kind.NOT_FOUND, "This is not sold here any more.")
NO_TITLE = declare("catalog.no_title", Kind.INVALID, "A title is missing.")
TOO_LONG = declare("catalog.too_long", Kind.INVALID, "This is longer than {most} characters.")
TOO_MANY = declare("catalog.too_many", Kind.INVALID, "There are more than {most} {things}.")
BAD_HANDLE = declare("catalog.bad_handle", Kind.INVALID, "A handle is letters, digits and dashes, not {handle}.")
HANDLE_TAKEN = declare("catalog.handle_taken", Kind.CONFLICT, "The handle {handle} is taken.")
BAD_PRICE = declare("catalog.bad_price", Kind.INVALID, "A price is zero or more, and below ten billion.")
BAD_WEIGHT = declare("catalog.bad_weight", Kind.INVALID, "A weight is zero or more grams, and below a hundred tonnes.")
BAD_OPTIONS = declare("catalog.bad_options", Kind.INVALID, "Options need names and values that differ.")
BAD_CHOICES = declare("catalog.bad_choices", Kind.INVALID, "A variant needs a value for each of the {options} options.")
SAME_CHOICES = declare("catalog.same_choices", Kind.CONFLICT, "There is already a variant {title}.")
LAST_VARIANT = declare("catalog.last_variant", Kind.CONFLICT, "A product keeps at least one variant.")
BAD_PATH = declare("catalog.bad_path", Kind.INVALID, "{path} is not a path below the media folder.")
BAD_RULE = declare("catalog.bad_rule", Kind.INVALID, "A rule cannot say that {field} {relation} {value}.")
BY_RULE = declare("catalog.by_rule", Kind.CONFLICT, "The collection {title} is filled by its rule, not by hand.")
BAD_OWNER = declare("catalog.bad_owner", Kind.INVALID, "{owner_type} cannot carry this.")
BAD_METAFIELD = declare("catalog.bad_metafield", Kind.INVALID, "The value is not a {type}.")
BAD_FIELD = declare("catalog.bad_field", Kind.INVALID, "{field} cannot be translated.")
BAD_LANGUAGE = declare("catalog.bad_language", Kind.INVALID, "The shop does not speak {language}.")


class Status(StrEnum):
    """Whether a product is for sale: only active ones are seen by buyers."""

    ACTIVE = "active"
    DRAFT = "draft"
    ARCHIVED = "archived"


class Seo(msgspec.Struct, frozen=True, omit_defaults=True):
    """What search engines are told; empty: the title, and the beginning of the text."""

    title: str = ""
    description: str = ""


NO_SEO = Seo()


class Option(msgspec.Struct, frozen=True, omit_defaults=True):
    """A thing to choose, such as Size, and what there is to choose from."""

    name: str
    values: tuple[str, ...] = ()
    colours: dict[str, str] = {}
    """What a value looks like, as ``#rrggbb``, where it is a colour."""


class Image(msgspec.Struct, frozen=True):
    """A picture; ``path`` lies below the media folder."""

    id: int
    product_id: int
    position: int
    path: str
    alt: str
    width: int
    height: int
    created_at: int


class Variant(msgspec.Struct, frozen=True):
    """What is bought: one choice of each option, with its own price and stock."""

    id: int
    product_id: int
    inventory_item_id: int
    position: int
    title: str
    choices: tuple[str, ...]
    sku: str
    barcode: str
    price_minor: int
    compare_at_minor: int | None
    """What it cost before, shown struck through."""
    tax_category: str
    weight_grams: int
    requires_shipping: bool
    continue_selling: bool
    """Sold although none is left."""
    image_id: int | None
    created_at: int
    updated_at: int
    tracked: bool
    """Whether anyone counts its stock."""
    cost_minor: int | None


class Product(msgspec.Struct, frozen=True):
    """Goods as a page shows them; never without a variant."""

    id: int
    handle: str
    title: str
    body_html: str
    vendor: str
    product_type: str
    status: Status
    tags: tuple[str, ...]
    options: tuple[Option, ...]
    seo: Seo
    published_at: int | None
    created_at: int
    updated_at: int
    variants: tuple[Variant, ...] = ()
    images: tuple[Image, ...] = ()


class Label(msgspec.Struct, frozen=True):
    """What a variant is called, on sale or not."""

    variant_id: int
    inventory_item_id: int
    product_id: int
    product_title: str
    variant_title: str
    sku: str


class Sellable(msgspec.Struct, frozen=True):
    """What a cart needs to know of a variant that is for sale."""

    variant_id: int
    product_id: int
    inventory_item_id: int
    product_title: str
    variant_title: str
    sku: str
    price_minor: int
    tax_category: str
    weight_grams: int
    requires_shipping: bool
    continue_selling: bool
    tags: tuple[str, ...]
    collection_ids: tuple[int, ...]


class Match(StrEnum):
    """How many of a rule's conditions must hold."""

    ALL = "all"
    ANY = "any"


class Condition(msgspec.Struct, frozen=True):
    """One condition: ``field`` is title, type, vendor, tag, price or compare_at; ``relation`` as the rules have it.

    A price's ``value`` is an amount in minor units, written in digits; it holds if it does for any variant. Of
    ``compare_at`` there is only ``is_set`` and ``is_not_set``, without a value: whether anything is reduced.
    """

    field: str
    relation: str
    value: str


class Rule(msgspec.Struct, frozen=True):
    """What a product must be like to stand in a collection."""

    conditions: tuple[Condition, ...]
    match: Match = Match.ALL


class Sort(StrEnum):
    """The order that a collection's goods are shown in."""

    MANUAL = "manual"
    TITLE = "title"
    PRICE = "price"
    NEWEST = "newest"


class Collection(msgspec.Struct, frozen=True):
    """Goods shown together: put there by hand, or by a rule."""

    id: int
    handle: str
    title: str
    body_html: str
    rule: Rule | None
    sort: Sort
    seo: Seo
    published_at: int | None
    created_at: int
    updated_at: int


class FormerHandle(msgspec.Struct, frozen=True):
    """A handle that a product or a collection once had; ``owner_id`` 0: what had it is gone for good."""

    owner_type: str
    handle: str
    owner_id: int


class Metafield(msgspec.Struct, frozen=True):
    """A fact that the platform has no field for. ``type`` and ``value`` as in Shopify's API."""

    owner_type: str
    owner_id: int
    namespace: str
    key: str
    type: str
    value: str


class Translation(msgspec.Struct, frozen=True):
    """One text in another language. ``field`` as in ``rules.check_field``."""

    owner_type: str
    owner_id: int
    language: str
    field: str
    value: str


# What is handed in ---------------------------------------------------------------------------------------------------


class NewVariant(msgspec.Struct, frozen=True, omit_defaults=True):
    """A variant to be made; ``choices`` holds one value for each option of the product, in their order."""

    price_minor: int
    choices: tuple[str, ...] = ()
    compare_at_minor: int | None = None
    sku: str = ""
    barcode: str = ""
    tax_category: str = "standard"
    weight_grams: int = 0
    requires_shipping: bool = True
    continue_selling: bool = False
    tracked: bool = True
    cost_minor: int | None = None
    picture: int | None = None
    """Which of the images that are handed in with it shows it, from 0."""


class NewImage(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture to be added, already stored below the media folder."""

    path: str
    alt: str = ""
    width: int = 0
    height: int = 0


class ProductEdit(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is to change in a product; what is left out stays."""

    handle: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    body_html: str | UnsetType = UNSET
    vendor: str | UnsetType = UNSET
    product_type: str | UnsetType = UNSET
    tags: tuple[str, ...] | UnsetType = UNSET
    seo: Seo | UnsetType = UNSET


class VariantEdit(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is to change in a variant; what is left out stays."""

    choices: tuple[str, ...] | UnsetType = UNSET
    sku: str | UnsetType = UNSET
    barcode: str | UnsetType = UNSET
    price_minor: int | UnsetType = UNSET
    compare_at_minor: int | UnsetType | None = UNSET
    tax_category: str | UnsetType = UNSET
    weight_grams: int | UnsetType = UNSET
    requires_shipping: bool | UnsetType = UNSET
    continue_selling: bool | UnsetType = UNSET
    image_id: int | UnsetType | None = UNSET
    tracked: bool | UnsetType = UNSET
    cost_minor: int | UnsetType | None = UNSET


class CollectionEdit(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is to change in a collection; what is left out stays."""

    handle: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    body_html: str | UnsetType = UNSET
    rule: Rule | UnsetType | None = UNSET
    sort: Sort | UnsetType = UNSET
    seo: Seo | UnsetType = UNSET
