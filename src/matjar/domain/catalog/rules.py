"""What goods may look like, and what belongs into a collection."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import replace

from matjar.core.limits import TEXT
from matjar.domain.catalog import model
from matjar.domain.catalog.model import (
    Collection,
    Condition,
    Match,
    Metafield,
    NewImage,
    Option,
    Product,
    Rule,
    Variant,
)

T = TypeVar("T", bound=Struct)

OPTIONS = 3
"""As many as Shopify's API has fields for: option1, option2, option3."""
VARIANTS = 250
"""Of one product: a page and a command can carry them."""
IMAGES = 100
TAGS = 100
CONDITIONS = 30
BODY = 100_000
"""Characters of a product's text: a short book, and a tenth of a command."""
PRICE = 10_000_000_000
WEIGHT_GRAMS = 100_000_000

_HANDLE = re.compile(r"(?!-)[^\W_A-Z]+(?:-+[^\W_A-Z]+)*")
_HAMZAS = "\u0653\u0654\u0655"
"""The marks that, unlike accents, make another letter of an alef, a waw or a ya."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_SEPARATORS = re.compile(r"[\W_]+")


def check_title(title: str) -> str:
    """The title without spaces around it; refuses ``catalog.no_title``, ``catalog.too_long``."""
    if not title.strip():
        raise model.NO_TITLE().at("title")
    return check_text(title.strip(), "title")


def check_text(text: str, field: str, most: int = TEXT) -> str:
    """Refuses ``catalog.too_long``."""
    if len(text) > most:
        raise model.TOO_LONG(most=most).at(field)
    return text


def check_handle(handle: str) -> str:
    """Refuses ``catalog.bad_handle``: small letters of any script, digits and dashes stand in an address."""
    if len(handle) > TEXT or not _HANDLE.fullmatch(handle):
        raise model.BAD_HANDLE(handle=handle[:50]).at("handle")
    return handle


def handle_of(title: str) -> str:
    """The handle that a title suggests: ``Crème de Rose`` is ``creme-de-rose``; Arabic letters stay."""
    apart = unicodedata.normalize("NFKD", title)
    bare = "".join(sign for sign in apart if sign in _HAMZAS or not unicodedata.combining(sign))
    words = _SEPARATORS.sub("-", unicodedata.normalize("NFKC", bare).lower()).strip("-")
    return words[:100].rstrip("-") or "untitled"


def check_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without doubles, whatever their case, in the order given."""
    kept = {tag.strip().casefold(): tag.strip() for tag in reversed(list(tags)) if tag.strip()}
    if len(kept) > TAGS:
        raise model.TOO_MANY(most=TAGS, things="tags").at("tags")
    return tuple(check_text(tag, "tags") for tag in reversed(kept.values()))


def check_product(product: Product) -> None:
    """Refuse what a product may not be, wherever it came from."""
    check_title(product.title)
    check_handle(product.handle)
    check_text(product.body_html, "body_html", BODY)
    check_text(product.vendor, "vendor")
    check_text(product.product_type, "product_type")
    check_text(product.seo.title, "seo.title")
    check_text(product.seo.description, "seo.description", 1_000)
    check_options(product.options)
    if len(product.variants) > VARIANTS:
        raise model.TOO_MANY(most=VARIANTS, things="variants").at("variants")
    if len(product.images) > IMAGES:
        raise model.TOO_MANY(most=IMAGES, things="images").at("images")
    check_variants(product.options, product.variants)


def check_options(options: Sequence[Option]) -> None:
    """Refuses ``catalog.too_many``, ``catalog.bad_options``."""
    if len(options) > OPTIONS:
        raise model.TOO_MANY(most=OPTIONS, things="options").at("options")
    for index, option in enumerate(options):
        written = all(text.strip() and len(text) <= TEXT for text in (option.name, *option.values))
        drawn = option.colours.keys() <= set(option.values) and all(map(_COLOUR.fullmatch, option.colours.values()))
        if not written or not drawn or len(set(option.values)) < len(option.values):
            raise model.BAD_OPTIONS().at(f"options.{index}")
    if len({option.name.casefold() for option in options}) < len(options):
        raise model.BAD_OPTIONS().at("options")


def check_variants(options: Sequence[Option], variants: Sequence[Variant]) -> None:
    """Refuses what one variant may not be, and two that are the same choice."""
    seen: set[tuple[str, ...]] = set()
    for index, variant in enumerate(variants):
        path = f"variants.{index}"
        if len(variant.choices) != len(options) or not all(choice.strip() for choice in variant.choices):
            raise model.BAD_CHOICES(options=len(options)).at(f"{path}.choices")
        if variant.choices in seen:
            raise model.SAME_CHOICES(title=variant.title).at(f"{path}.choices")
        seen.add(variant.choices)
        check_price(variant.price_minor, f"{path}.price_minor")
        check_price(variant.compare_at_minor or 0, f"{path}.compare_at_minor")
        check_price(variant.cost_minor or 0, f"{path}.cost_minor")
        if not 0 <= variant.weight_grams < WEIGHT_GRAMS:
            raise model.BAD_WEIGHT().at(f"{path}.weight_grams")
        for field in (variant.sku, variant.barcode, variant.tax_category, *variant.choices):
            check_text(field, path)


def check_price(price_minor: int, field: str) -> None:
    """Refuses ``catalog.bad_price``."""
    if not 0 <= price_minor < PRICE:
        raise model.BAD_PRICE().at(field)


def check_image(image: NewImage) -> None:
    """Refuses ``catalog.bad_path``: a path that leaves the media folder is an attack."""
    parts = image.path.split("/")
    if len(image.path) > TEXT or not all(parts) or ".." in parts or "\\" in image.path or "\0" in image.path:
        raise model.BAD_PATH(path=image.path[:50]).at("path")
    check_text(image.alt, "alt")


def offered(options: Sequence[Option], variants: Iterable[Variant]) -> tuple[Option, ...]:
    """The options with just the values that some variant has: those given first, in their order."""
    used = [dict.fromkeys(choices) for choices in zip(*(variant.choices for variant in variants), strict=True)]
    if not used:
        return tuple(options)
    return tuple(_offered(option, list(chosen)) for option, chosen in zip(options, used, strict=True))


def _offered(option: Option, chosen: list[str]) -> Option:
    known = [value for value in option.values if value in chosen]
    values = (*known, *(value for value in chosen if value not in known))
    return Option(option.name, values, {value: sign for value, sign in option.colours.items() if value in chosen})


def arranged(product: Product) -> Product:
    """The product with its variants and images numbered as they stand, and its options saying what there is."""
    variants = tuple(
        replace(variant, position=position, title=" / ".join(variant.choices))
        for position, variant in enumerate(product.variants, start=1)
    )
    images = tuple(replace(image, position=position) for position, image in enumerate(product.images, start=1))
    complete = all(len(variant.choices) == len(product.options) for variant in variants)
    options = offered(product.options, variants) if complete else product.options
    return replace(product, variants=variants, images=images, options=options)


def edited(before: T, edit: Struct) -> T:
    """What an edit makes of something: the fields that it names are replaced."""
    given = ((field, getattr(edit, field)) for field in edit.__struct_fields__)
    return replace(before, **{field: value for field, value in given if value is not UNSET})


# Collections by rule -------------------------------------------------------------------------------------------------

RELATIONS: dict[str, Callable[[str, str], bool]] = {
    "equals": lambda text, value: text == value,
    "not_equals": lambda text, value: text != value,
    "starts_with": lambda text, value: text.startswith(value),
    "ends_with": lambda text, value: text.endswith(value),
    "contains": lambda text, value: value in text,
    "not_contains": lambda text, value: value not in text,
}
AMOUNT_RELATIONS: dict[str, Callable[[int, int], bool]] = {
    "equals": lambda amount, value: amount == value,
    "not_equals": lambda amount, value: amount != value,
    "greater_than": lambda amount, value: amount > value,
    "less_than": lambda amount, value: amount < value,
}
_TEXTS: dict[str, Callable[[Product], str]] = {
    "title": lambda product: product.title,
    "type": lambda product: product.product_type,
    "vendor": lambda product: product.vendor,
}


def check_collection(collection: Collection) -> None:
    """Refuse what a collection may not be."""
    check_title(collection.title)
    check_handle(collection.handle)
    check_text(collection.body_html, "body_html", BODY)
    check_rule(collection.rule)


def check_rule(rule: Rule | None) -> None:
    """Refuses ``catalog.bad_rule`` for a condition that has no meaning."""
    if rule is None:
        return
    if not 0 < len(rule.conditions) <= CONDITIONS:
        raise model.TOO_MANY(most=CONDITIONS, things="conditions").at("rule.conditions")
    for index, each in enumerate(rule.conditions):
        if not _has_meaning(each):
            facts = {"field": each.field[:50], "relation": each.relation[:50], "value": each.value[:50]}
            raise model.BAD_RULE(**facts).at(f"rule.conditions.{index}")


def _has_meaning(condition: Condition) -> bool:
    if condition.field == "price":
        return condition.relation in AMOUNT_RELATIONS and condition.value.isdecimal() and len(condition.value) <= 12
    if condition.field == "compare_at":
        return condition.relation in ("is_set", "is_not_set") and not condition.value
    if condition.field == "tag":
        return condition.relation in ("equals", "not_equals") and bool(condition.value)
    return condition.field in _TEXTS and condition.relation in RELATIONS and 0 < len(condition.value) <= TEXT


def belongs(product: Product, rule: Rule) -> bool:
    """Whether a product stands in a collection with this rule; letters' case does not matter."""
    holds = (_holds(product, condition) for condition in rule.conditions)
    return all(holds) if rule.match is Match.ALL else any(holds)


def _holds(product: Product, condition: Condition) -> bool:
    value = condition.value.casefold()
    if condition.field == "price":
        relation = AMOUNT_RELATIONS[condition.relation]
        return any(relation(variant.price_minor, int(value)) for variant in product.variants)
    if condition.field == "compare_at":
        reduced = any((variant.compare_at_minor or 0) > variant.price_minor for variant in product.variants)
        return reduced == (condition.relation == "is_set")
    if condition.field == "tag":
        return any(tag.casefold() == value for tag in product.tags) == (condition.relation == "equals")
    return RELATIONS[condition.relation](_TEXTS[condition.field](product).casefold(), value)


# Words about goods ---------------------------------------------------------------------------------------------------

_PLAIN_FIELDS = ("title", "body_html", "seo_title", "seo_description")
_METAFIELD_VALUES = {
    "number_integer": re.compile(r"-?[0-9]{1,18}"),
    "number_decimal": re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?"),
    "boolean": re.compile(r"true|false"),
}
_METAFIELD_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def check_metafield(metafield: Metafield) -> None:
    """Refuses ``catalog.bad_metafield`` for a value that is not of its type; types unknown here are text."""
    if not _METAFIELD_NAME.fullmatch(metafield.namespace) or not _METAFIELD_NAME.fullmatch(metafield.key):
        raise model.BAD_METAFIELD(type="name").at("key")
    check_text(metafield.type, "type", 64)
    check_text(metafield.value, "value", BODY)
    form = _METAFIELD_VALUES.get(metafield.type)
    try:
        if form and not form.fullmatch(metafield.value):
            raise model.BAD_METAFIELD(type=metafield.type).at("value")
        if metafield.type == "json" or metafield.type.startswith("list."):
            msgspec.json.decode(metafield.value)
    except (msgspec.DecodeError, RecursionError):
        raise model.BAD_METAFIELD(type=metafield.type).at("value") from None


def check_field(field: str, product: Product | None, metafields: Iterable[Metafield] = ()) -> None:
    """Refuses ``catalog.bad_field``.

    Fields are ``title``, ``body_html``, ``seo_title``, ``seo_description``; of a product also ``product_type``,
    ``option:<name>``, ``value:<value>``, named as they are in the shop's own language, ``alt:<image id>`` and
    ``metafield:<namespace>.<key>``.
    """
    known = {*_PLAIN_FIELDS, *(f"metafield:{each.namespace}.{each.key}" for each in metafields)}
    if product is not None:
        known.add("product_type")
        known |= {f"option:{option.name}" for option in product.options}
        known |= {f"value:{value}" for option in product.options for value in option.values}
        known |= {f"alt:{image.id}" for image in product.images}
    if field not in known:
        raise model.BAD_FIELD(field=field[:50]).at("texts")
