"""What pages are made from, piece by piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.core.address import Address
from matjar.domain.carts import Line
from matjar.domain.catalog import Option
from matjar.domain.checkout import Details
from matjar.edge.catalogue import Picture, ProductDocument, VariantDocument, Words
from matjar.edge.forms import FIELDS, TOO_MUCH, Form, number_of
from matjar.edge.reader import Reader
from matjar.surfaces.storefront.pages.cards import card_of
from matjar.surfaces.storefront.pages.choices import chosen, left_of, most_of, options_of
from matjar.surfaces.storefront.pages.details import NEWS, Filled, field_of
from matjar.surfaces.storefront.pages.narrowing import Narrowing, answers, facets_of, paging
from matjar.surfaces.storefront.pages.rows import row_of

WORDS = {"en": Words("Lip oil"), "ar": Words("زيت الشفاه", options={"Peach": "خوخ", "Flavour": "النكهة"})}


def variant(number: int, choice: str, price_minor: int = 7500, **facts: object) -> VariantDocument:
    return VariantDocument(number, number, (choice,), price_minor, image_id=number, **facts)  # type: ignore[arg-type]


OIL = ProductDocument(
    1,
    "lip-oil",
    WORDS,
    (variant(1, "Plum", available=0), variant(2, "Peach", available=2), variant(3, "Honey", 9000)),
    options=(Option("Flavour", ("Plum", "Peach", "Honey"), {"Peach": "#f0936f"}),),
    images=(Picture(1, "a.svg", 800, 800), Picture(2, "b.svg", 800, 800)),
)


def test_a_product_page_begins_with_the_first_variant_that_can_be_bought() -> None:
    assert chosen(OIL, "").id == 2
    assert chosen(OIL, "3").id == 3
    assert chosen(OIL, "no such").id == 2


def test_choices_are_named_in_the_readers_language_and_sent_in_the_shops_own() -> None:
    (option,) = options_of(OIL, WORDS["ar"], chosen(OIL, ""))
    assert option.name == "النكهة"
    assert [(each.value, each.name, each.on_sale, each.chosen) for each in option.choices] == [
        ("Plum", "Plum", False, False),
        ("Peach", "خوخ", True, True),
        ("Honey", "Honey", True, False),
    ]
    assert option.choices[1].colour == "#f0936f"


@pytest.mark.parametrize(("available", "left"), [(0, 0), (-2, 0), (1, 1), (3, 3), (4, None), (None, None)])
def test_few_pieces_are_worth_a_word(available: int | None, left: int | None) -> None:
    assert left_of(variant(1, "Peach", available=available)) == left


def test_what_is_sold_below_zero_too_is_never_short() -> None:
    endless = variant(1, "Peach", available=0, continue_selling=True)
    assert left_of(endless) is None
    assert most_of(endless) == 20
    assert most_of(variant(1, "Peach", available=2)) == 2


def test_a_card_shows_the_least_price_of_what_can_be_bought() -> None:
    card = card_of(OIL, "en")
    assert (card.price_minor, card.varies, card.on_sale) == (7500, True, True)


def test_a_line_of_what_is_not_sold_any_more_cannot_be_bought() -> None:
    assert not row_of(None, Line(9, 1), "en").buyable
    short = row_of((OIL, OIL.variants[1]), Line(2, 3), "ar")
    assert (short.short, short.buyable, short.choices) == (True, False, ("خوخ",))


def test_a_form_gives_its_details_back_as_they_were_kept() -> None:
    home = Address("Sara", "", "", "Street 1", "", "Dubai", "DU", "", "AE", "+971 50 1")
    firm = Address("Sara", "Sara LLC", "100", "Street 2", "", "Riyadh", "", "11564", "SA")
    details = Details(
        "sara@example.com", "+971 50 1", home, firm, "courier", "HI", "Ring twice", True, NEWS
    )
    assert Filled.kept(details).details("en") == details


def test_a_billing_address_counts_only_if_it_is_asked_for() -> None:
    filled = Filled.kept(Details(billing=Address("Sara", country="SA")))
    filled.values["billing"] = ""
    assert filled.details("en").billing == Address()


def test_what_is_wrong_is_left_out_and_the_rest_is_kept() -> None:
    filled = Filled.kept(Details(email="sara at home", note="Ring twice"))
    filled.errors["email"] = "This is not an e-mail address."
    assert filled.details("en") == Details(note="Ring twice")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("buyer.email", "email"), ("shipping_address.city", "city"), ("billing_address.city", "billing_city"),
        ("delivery", "delivery"), ("payment.gateway", "gateway"), ("discount_code", "discount_code"),
    ],
)  # fmt: skip
def test_errors_find_their_field(path: str, field: str) -> None:
    assert field_of(path) == field


def test_digits_of_any_script_are_numbers() -> None:
    form = Form.of("quantity=٣&phone=%2B٩٧١ ۵۰".encode())
    assert form.number("quantity", 1, 10) == 3
    assert form.digits("phone") == "+971 50"


@given(st.text())
def test_whatever_is_typed_for_a_number_is_one_within_its_bounds(text: str) -> None:
    assert 0 <= number_of(text) < 10**16
    assert 1 <= Form({"quantity": text}).number("quantity", 1, 20) <= 20


def test_a_form_is_bounded() -> None:
    with pytest.raises(type(TOO_MUCH())):
        Form.of(b"&".join(b"a=1" for _ in range(FIELDS + 1)))
    with pytest.raises(type(TOO_MUCH())):
        Form.of(b"a=\xff\xfe")


def test_pages_of_a_long_list_keep_how_it_is_looked_at() -> None:
    seen = paging("/collections/lips", Narrowing("price", available=True, page=2), 60)
    assert (seen.page, seen.pages) == (2, 3)
    assert seen.before == "/collections/lips?sort=price&available=1"
    assert seen.after == "/collections/lips?sort=price&available=1&page=3"


def test_goods_are_narrowed_by_what_one_variant_has() -> None:
    (facet,) = facets_of([OIL], "ar")
    assert facet.name == "النكهة"
    assert facet.values == (("Flavour=Plum", "Plum"), ("Flavour=Peach", "خوخ"), ("Flavour=Honey", "Honey"))
    assert answers(OIL, Narrowing(options=("Flavour=Plum",)))
    assert not answers(OIL, Narrowing(options=("Flavour=Plum",), available=True))
    assert not answers(OIL, Narrowing(options=("Flavour=Plum", "Flavour=Peach")))


@pytest.mark.parametrize(
    ("language", "country", "currency", "amount_minor", "text"),
    [
        ("en", "AE", "AED", 124900, "AED\u00a01,249.00"),
        ("ar", "AE", "AED", 124900, "\u200f1,249.00\u00a0د.إ.\u200f"),
        ("ar", "SA", "SAR", 124900, "\u200f١٬٢٤٩٫٠٠\u00a0ر.س.\u200f"),
        ("en", "KW", "KWD", 1500, "KWD\u00a01.500"),
        ("en", "JP", "JPY", 1500, "¥1,500"),
        ("en", "IQ", "IQD", 1500, "IQD\u00a01.500"),
        ("en", "US", "USD", -500, "-$5.00"),
    ],
)
def test_money_is_written_as_the_reader_writes_it(
    language: str, country: str, currency: str, amount_minor: int, text: str
) -> None:
    assert Reader(language, country, currency, "Asia/Dubai").money(amount_minor) == text


def test_a_day_is_told_by_the_shops_clock() -> None:
    late = 1_790_020_800_000  # 21 September 2026, 20:00 UTC
    assert Reader("en", "AE", "AED", "Asia/Dubai").day(late) == "22 September 2026"
    assert Reader("ar", "SA", "SAR", "UTC").day(late) == "٢١ سبتمبر ٢٠٢٦"
