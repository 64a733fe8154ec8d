"""An order's sums are exact: worked examples first, then any order at all."""

from collections.abc import Sequence

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from matjar.domain import pricing, tax
from matjar.domain.discounts import Discount, DiscountKind, Terms
from matjar.domain.pricing import PricedLine, Sums
from matjar.domain.shipping import Option
from matjar.domain.shops import Rounding

VAT = (tax.Rate("AE", "", "standard", "VAT", 50_000), tax.Rate("AE", "", "zero", "VAT", 0))
INCLUSIVE = tax.Policy(inclusive=True, rounding=Rounding.LINE)
EXCLUSIVE = tax.Policy(inclusive=False, rounding=Rounding.LINE)
SOAP = PricedLine(1, 10, 100, "Rose soap", "Large", "SOAP-L", 2, 19_900, "standard", 120, True, (7,))
BOOK = PricedLine(2, 20, 200, "Scents", "", "BOOK", 1, 5_000, "zero", 400, True)
TENTH = Terms(DiscountKind.PERCENTAGE, value_ppm=100_000)


def delivery(price_minor: int = 1_500) -> Option:
    return Option("standard", {"en": "Standard"}, price_minor, pickup=False, days_min=1, days_max=2, location_id=None)


def code(terms: Terms) -> Discount:
    return Discount(1, "SUMMER", terms, 0, 0, None)


def priced(
    lines: Sequence[PricedLine],
    *,
    policy: tax.Policy = INCLUSIVE,
    by: Option | None = None,
    off: Terms | None = None,
    rates: Sequence[tax.Rate] = VAT,
    tax_on_delivery: bool = True,
) -> Sums:
    return pricing.total(
        lines,
        delivery=by,
        discount=code(off) if off else None,
        rates=rates,
        policy=policy,
        tax_on_delivery=tax_on_delivery,
    )


def test_prices_with_tax_in_them() -> None:
    sums = priced([SOAP, BOOK], by=delivery())
    # 398.00 / 21 = 18.952…; the book is zero-rated; 15.00 / 21 = 0.714…
    assert [line.tax_minor for line in sums.lines] == [1_895, 0]
    assert sums.delivery_tax_minor == 71
    assert (sums.subtotal_minor, sums.tax_minor, sums.total_minor) == (44_800, 1_966, 46_300)
    assert (sums.delivery_total_minor, sums.delivery_net_minor) == (1_500, 1_429)


def test_prices_without_tax_in_them() -> None:
    sums = priced([SOAP, BOOK], policy=EXCLUSIVE, by=delivery())
    assert [line.total_minor for line in sums.lines] == [41_790, 5_000]
    assert (sums.subtotal_minor, sums.tax_minor, sums.total_minor) == (44_800, 2_065, 48_365)
    assert (sums.delivery_minor, sums.delivery_total_minor, sums.delivery_net_minor) == (1_500, 1_575, 1_500)


def test_tax_is_due_on_what_is_left_after_the_discount() -> None:
    sums = priced([SOAP], policy=EXCLUSIVE, off=TENTH)
    assert sums.discount_code == "SUMMER"
    assert (sums.discount_minor, sums.tax_minor, sums.total_minor) == (3_980, 1_791, 37_611)


def test_a_discount_is_shared_over_the_lines() -> None:
    sums = priced([SOAP, BOOK], off=Terms(DiscountKind.AMOUNT, amount_minor=4_480))
    assert [line.discount_minor for line in sums.lines] == [3_980, 500]


def test_a_discount_may_take_all_and_never_more() -> None:
    sums = priced([SOAP], by=delivery(), off=Terms(DiscountKind.AMOUNT, amount_minor=10**9))
    assert (sums.discount_minor, sums.total_minor) == (39_800, 1_500)


def test_free_delivery_pays_for_delivery_and_its_tax() -> None:
    sums = priced([SOAP], policy=EXCLUSIVE, by=delivery(), off=Terms(DiscountKind.FREE_DELIVERY))
    assert (sums.discount_code, sums.delivery_minor, sums.delivery_tax_minor) == ("SUMMER", 0, 0)
    assert sums.total_minor == 41_790


def test_a_discount_whose_terms_are_not_met_is_not_named() -> None:
    sums = priced([SOAP], by=delivery(), off=Terms(DiscountKind.FREE_DELIVERY, minimum_minor=39_801))
    assert (sums.discount_code, sums.discount_minor, sums.delivery_minor) == ("", 0, 1_500)


def test_delivery_is_left_untaxed_where_the_shop_says_so() -> None:
    sums = priced([SOAP], policy=EXCLUSIVE, by=delivery(), tax_on_delivery=False)
    assert (sums.delivery_taxes, sums.tax_minor, sums.total_minor) == ((), 1_990, 43_290)


def test_abroad_the_price_stays_and_no_tax_is_in_it() -> None:
    sums = priced([SOAP], by=delivery(), rates=())
    assert (sums.tax_minor, sums.total_minor, sums.lines[0].net_minor) == (0, 41_300, 39_800)


def test_an_empty_cart_comes_to_nothing() -> None:
    sums = priced([], off=TENTH)
    assert sums == Sums((), 0, 0, "", 0, (), 0, 0, inclusive=True)


def test_a_line_keeps_what_it_was_priced_from() -> None:
    [line] = priced([SOAP]).lines
    facts = msgspec.structs.asdict(line)
    assert {name: facts[name] for name in SOAP.__struct_fields__} == msgspec.structs.asdict(SOAP)


def test_sums_survive_being_written_down() -> None:
    sums = priced([SOAP, BOOK], by=delivery(), off=TENTH)
    assert msgspec.json.decode(msgspec.json.encode(sums), type=Sums) == sums


# Any order. Amounts are minor units, so that one run of these stands for currencies of 0, 2 and 3 decimals alike: what
# differs is how large the numbers are, from 1 yen to a million dinars.

LINES = st.lists(
    st.builds(
        PricedLine,
        variant_id=st.integers(1, 9),
        product_id=st.integers(1, 5),
        inventory_item_id=st.integers(1, 9),
        title=st.just("Soap"),
        variant_title=st.just(""),
        sku=st.just(""),
        quantity=st.integers(1, 1000),
        unit_price_minor=st.one_of(st.integers(0, 500), st.integers(0, 10**9)),
        tax_category=st.sampled_from(["standard", "reduced", "zero", "exempt", "books"]),
        weight_grams=st.integers(0, 5000),
        requires_shipping=st.booleans(),
        collection_ids=st.lists(st.integers(10, 13), max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=8,
)
RATES = st.lists(
    st.builds(
        tax.Rate,
        st.just("US"),
        st.just("CA"),
        st.sampled_from(["standard", "reduced", "zero", "delivery"]),
        st.sampled_from(["State", "County"]),
        st.integers(0, 300_000),
    ),
    max_size=5,
    unique_by=lambda rate: (rate.category, rate.name),
)
POLICIES = st.builds(tax.Policy, st.booleans(), st.sampled_from(Rounding))
SCOPES = {
    "minimum_minor": st.integers(0, 10**6),
    "product_ids": st.lists(st.integers(1, 5), max_size=2).map(tuple),
    "collection_ids": st.lists(st.integers(10, 13), max_size=2).map(tuple),
}
TERMS = st.one_of(
    st.none(),
    st.builds(Terms, st.just(DiscountKind.PERCENTAGE), value_ppm=st.integers(1, 1_000_000), **SCOPES),
    st.builds(Terms, st.just(DiscountKind.AMOUNT), amount_minor=st.integers(1, 10**9), **SCOPES),
    st.builds(Terms, st.just(DiscountKind.FREE_DELIVERY), **SCOPES),
)
DELIVERIES = st.one_of(st.none(), st.builds(delivery, st.integers(0, 10**6)))
ORDERS = st.builds(
    priced, LINES, policy=POLICIES, by=DELIVERIES, off=TERMS, rates=RATES, tax_on_delivery=st.booleans()
)


@given(ORDERS)
def test_the_parts_make_the_whole(sums: Sums) -> None:
    assert sums.subtotal_minor == sum(line.subtotal_minor for line in sums.lines)
    assert sums.discount_minor == sum(line.discount_minor for line in sums.lines)
    assert sums.tax_minor == sum(line.tax_minor for line in sums.lines) + sums.delivery_tax_minor
    assert sums.total_minor == sum(line.total_minor for line in sums.lines) + sums.delivery_total_minor
    for line in sums.lines:
        assert line.subtotal_minor == line.quantity * line.unit_price_minor
        assert line.tax_minor == sum(due.amount_minor for due in line.taxes)


@given(ORDERS)
def test_nothing_is_ever_negative(sums: Sums) -> None:
    assert min(sums.total_minor, sums.tax_minor, sums.delivery_minor, sums.delivery_net_minor) >= 0
    for line in sums.lines:
        assert 0 <= line.discount_minor <= line.subtotal_minor
        assert min(line.tax_minor, line.net_minor, line.total_minor) >= 0


@given(ORDERS)
def test_net_and_tax_make_what_the_buyer_pays(sums: Sums) -> None:
    net_minor = sum(line.net_minor for line in sums.lines) + sums.delivery_net_minor
    assert net_minor + sums.tax_minor == sums.total_minor
    shown_minor = sums.subtotal_minor - sums.discount_minor + sums.delivery_minor
    assert sums.total_minor == (shown_minor if sums.inclusive else shown_minor + sums.tax_minor)


@given(LINES, TERMS, RATES, POLICIES)
def test_a_code_never_makes_an_order_dearer(
    lines: list[PricedLine], terms: Terms | None, rates: list[tax.Rate], policy: tax.Policy
) -> None:
    plain = priced(lines, policy=policy, by=delivery(), rates=rates)
    cut = priced(lines, policy=policy, by=delivery(), rates=rates, off=terms)
    assert cut.total_minor <= plain.total_minor


@given(LINES, RATES, POLICIES)
def test_the_same_order_comes_to_the_same_sums(
    lines: list[PricedLine], rates: list[tax.Rate], policy: tax.Policy
) -> None:
    assert priced(lines, policy=policy, rates=rates) == priced(lines, policy=policy, rates=rates)
