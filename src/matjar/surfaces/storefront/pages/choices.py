"""What there is to choose of a product, and what each choice means: its price, and how many are left."""

import msgspec

from matjar.core.limits import LINE_QUANTITY
from matjar.domain.catalog import Option
from matjar.edge.catalogue import ProductDocument, VariantDocument, Words
from matjar.edge.languages import catalogue, sentence
from matjar.edge.reader import Reader
from matjar.surfaces.storefront.pages.cards import FEW, reduced_from
from matjar.surfaces.storefront.pages.measures import unit_price_of

MOST_AT_ONCE = 20
"""Pieces that the page offers at once; the cart takes more."""

UNITS = {
    "ml": sentence("ml"), "l": sentence("litre"), "g": sentence("g"), "kg": sentence("kg"), "oz": sentence("oz"),
    "fl oz": sentence("fl oz"),
}  # fmt: skip
PER = sentence("{price} per {measure}")


class Choice(msgspec.Struct, frozen=True):
    """One value of an option: ``value`` as the shop keeps it, ``name`` as the reader reads it."""

    value: str
    name: str
    colour: str
    on_sale: bool
    chosen: bool


class OptionChoices(msgspec.Struct, frozen=True):
    """An option with its values."""

    name: str
    choices: tuple[Choice, ...]


class VariantFacts(msgspec.Struct, frozen=True):
    """What the script must know of a variant in order to show it."""

    choices: tuple[str, ...]
    price: str
    before: str
    stock: str
    """What is said of its stock; empty where there is enough."""
    on_sale: bool
    most: int
    picture: int
    sku: str
    unit_price: str
    """What a litre or a kilogram of it costs, in words; empty where it is not sold by measure."""


def chosen(product: ProductDocument, variant: str) -> VariantDocument:
    """The variant that is asked for, else the first that can be bought, else the first."""
    asked = [each for each in product.variants if str(each.id) == variant]
    return (asked or [each for each in product.variants if each.on_sale] or [product.variants[0]])[0]


def options_of(product: ProductDocument, words: Words, shown: VariantDocument) -> tuple[OptionChoices, ...]:
    """What there is to choose. The one variant of a product is no choice."""
    if len(product.variants) == 1:
        return ()
    return tuple(_choices(product, words, shown, index, option) for index, option in enumerate(product.options))


def _choices(
    product: ProductDocument, words: Words, shown: VariantDocument, index: int, option: Option
) -> OptionChoices:
    on_sale = {each.choices[index]: False for each in product.variants}
    on_sale |= {each.choices[index]: True for each in product.variants if each.on_sale}
    choices = tuple(
        Choice(
            value, words.options.get(value, value), option.colours.get(value, ""), on_sale[value],
            shown.choices[index] == value,
        )
        for value in option.values
        if value in on_sale
    )  # fmt: skip
    return OptionChoices(words.options.get(option.name, option.name), choices)


def facts_of(product: ProductDocument, variant: VariantDocument, reader: Reader, stock: str) -> VariantFacts:
    """The variant for the script."""
    before = reduced_from(variant)
    return VariantFacts(
        choices=variant.choices,
        price=reader.money(variant.price_minor),
        before=reader.money(before) if before else "",
        stock=stock,
        on_sale=variant.on_sale,
        most=most_of(variant),
        picture=variant.image_id or 0,
        sku=variant.sku,
        unit_price=unit_price_in_words(product, variant, reader),
    )


def unit_price_in_words(product: ProductDocument, variant: VariantDocument, reader: Reader) -> str:
    """``AED 12.50 per 100 ml``; empty where the variant is not sold by measure."""
    found, say = unit_price_of(product, variant), catalogue(reader.language).gettext
    if found is None:
        return ""
    number, unit = found.per
    of = say(UNITS[unit]) if number == 1 else f"{reader.number(number)} {say(UNITS[unit])}"
    return say(PER).format(price=reader.money(found.price_minor), measure=of)


def left_of(variant: VariantDocument) -> int | None:
    """How many are left, where the page should say so; None: enough."""
    if variant.continue_selling or variant.available is None or variant.available > FEW:
        return None
    return max(variant.available, 0)


def most_of(variant: VariantDocument) -> int:
    """How many the page lets one put into the cart."""
    if variant.continue_selling or variant.available is None:
        return min(MOST_AT_ONCE, LINE_QUANTITY)
    return max(1, min(MOST_AT_ONCE, variant.available))
