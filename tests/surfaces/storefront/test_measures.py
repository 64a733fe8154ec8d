"""Unit prices: what a litre or a kilogram costs, of what is sold by measure."""

import pytest

from matjar.edge.catalogue import Fact, ProductDocument, VariantDocument, Words
from matjar.edge.reader import Reader
from matjar.surfaces.storefront.pages.choices import unit_price_in_words
from matjar.surfaces.storefront.pages.measures import unit_price_of

READER = Reader("en", "AE", "AED", "Asia/Dubai")


def sold(choice: str, price_minor: int, content: str = "choice") -> tuple[ProductDocument, VariantDocument]:
    """Something with one choice, and what it says of its measure."""
    variant = VariantDocument(1, 2, (choice,), price_minor)
    facts = (Fact("unit_price", "content", "single_line_text_field", content),) if content else ()
    return ProductDocument(3, "oil", {"en": Words("Oil")}, (variant,), metafields=facts), variant


@pytest.mark.parametrize(
    ("choice", "price_minor", "words"),
    [
        ("50 ml", 39_500, "AED\u00a0790.00 per 100 ml"),
        ("٩٠ مل", 47_500, "AED\u00a0527.78 per 100 ml"),
        ("0,75 l", 3_000, "AED\u00a040.00 per litre"),
        ("500 g", 2_450, "AED\u00a049.00 per kg"),
        ("1.5 كغ", 3_000, "AED\u00a020.00 per kg"),
        ("2 lb", 3_200, "AED\u00a01.00 per oz"),
    ],
)
def test_a_measure_is_read_in_the_units_that_shops_write(choice: str, price_minor: int, words: str) -> None:
    assert unit_price_in_words(*sold(choice, price_minor), READER) == words


@pytest.mark.parametrize("choice", ["1 kg", "100 ml", "Large", "0 ml", "5 kg pair", "38–41", ""])
def test_what_says_nothing_or_just_its_base_has_no_unit_price(choice: str) -> None:
    assert unit_price_of(*sold(choice, 1_000)) is None


def test_an_empty_bottle_is_not_sold_by_the_litre() -> None:
    assert unit_price_of(*sold("600 ml", 9_000, content="")) is None


def test_a_product_without_choices_says_its_measure_itself() -> None:
    assert unit_price_in_words(*sold("", 2_000, content="400 g"), READER) == "AED\u00a050.00 per kg"
