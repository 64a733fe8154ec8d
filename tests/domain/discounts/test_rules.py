"""What a code takes off, and when it gives nothing."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.core.refusal import Refusal
from matjar.domain.discounts.model import Discount, DiscountKind, Terms
from matjar.domain.discounts.rules import apply, buyer_of, check, fold


class Line(NamedTuple):
    """As much of a line as a discount looks at."""

    product_id: int
    collection_ids: tuple[int, ...] = ()


SOAP, OIL, GIFT = Line(1, (10, 11)), Line(2, (12,)), Line(3)
TENTH = Terms(DiscountKind.PERCENTAGE, value_ppm=100_000)


def discount(terms: Terms = TENTH, used: int = 0, starts_at: int = 1000, ends_at: int | None = 2000) -> Discount:
    return Discount(1, "SUMMER", terms, used, starts_at, ends_at)


def test_a_percentage_is_rounded_once_and_shared() -> None:
    assert apply(TENTH, [SOAP, OIL, GIFT], [333, 333, 333]) == [34, 33, 33]


def test_half_a_unit_off_rounds_up_for_the_buyer() -> None:
    assert apply(TENTH, [SOAP], [5]) == [1]


def test_an_amount_is_shared_in_proportion() -> None:
    assert apply(Terms(DiscountKind.AMOUNT, amount_minor=1000), [SOAP, OIL], [7500, 2500]) == [750, 250]


def test_an_amount_never_takes_more_than_there_is() -> None:
    assert apply(Terms(DiscountKind.AMOUNT, amount_minor=1000), [SOAP, OIL], [300, 200]) == [300, 200]


def test_free_delivery_takes_nothing_off_the_goods() -> None:
    assert apply(Terms(DiscountKind.FREE_DELIVERY), [SOAP, OIL], [300, 200]) == [0, 0]


def test_a_code_for_some_products_leaves_the_others_alone() -> None:
    terms = Terms(DiscountKind.PERCENTAGE, value_ppm=500_000, product_ids=(2,))
    assert apply(terms, [SOAP, OIL, GIFT], [100, 100, 100]) == [0, 50, 0]


def test_a_code_for_collections_finds_their_products() -> None:
    terms = Terms(DiscountKind.PERCENTAGE, value_ppm=500_000, product_ids=(3,), collection_ids=(11, 99))
    assert apply(terms, [SOAP, OIL, GIFT], [100, 100, 100]) == [50, 0, 50]


def test_the_minimum_counts_what_the_code_is_for() -> None:
    terms = Terms(DiscountKind.PERCENTAGE, value_ppm=500_000, product_ids=(2,), minimum_minor=150)
    assert apply(terms, [SOAP, OIL], [1000, 149]) is None
    assert apply(terms, [SOAP, OIL], [1000, 150]) == [0, 75]


def test_nothing_to_take_off_is_no_discount() -> None:
    assert apply(TENTH, [SOAP], [0]) is None


@pytest.mark.parametrize(
    ("found", "now", "code"),
    [
        (discount(), 999, "expired"),
        (discount(), 2000, "expired"),
        (discount(Terms(DiscountKind.FREE_DELIVERY, usage_limit=3), used=3), 1500, "used_up"),
        (discount(Terms(DiscountKind.FREE_DELIVERY, minimum_minor=101)), 1500, "not_enough"),
        (discount(Terms(DiscountKind.FREE_DELIVERY, product_ids=(9,))), 1500, "not_for_these"),
    ],
)
def test_a_code_that_gives_nothing_says_why(found: Discount, now: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check(found, now=now, lines=[SOAP], subtotals=[100])
    assert refused.value.code == f"discounts.{code}"


def test_a_code_that_gives_something_passes() -> None:
    check(discount(), now=1000, lines=[SOAP], subtotals=[100])
    check(discount(ends_at=None), now=10**12, lines=[SOAP], subtotals=[100])
    check(discount(Terms(DiscountKind.FREE_DELIVERY, usage_limit=3), used=2), now=1999, lines=[SOAP], subtotals=[1])


def test_codes_are_folded() -> None:
    assert fold("  summer-24 ") == "SUMMER-24"


def test_a_buyer_is_the_same_however_the_address_is_written_but_not_in_another_shop() -> None:
    assert buyer_of(1, " Laila@Example.com") == buyer_of(1, "laila@example.com")
    assert buyer_of(1, "laila@example.com") != buyer_of(2, "laila@example.com")


TERMS = st.one_of(
    st.builds(Terms, st.just(DiscountKind.PERCENTAGE), value_ppm=st.integers(1, 1_000_000)),
    st.builds(Terms, st.just(DiscountKind.AMOUNT), amount_minor=st.integers(1, 10**9)),
    st.builds(Terms, st.just(DiscountKind.FREE_DELIVERY), minimum_minor=st.integers(0, 10**6)),
    st.builds(
        Terms,
        st.just(DiscountKind.AMOUNT),
        amount_minor=st.integers(1, 10**6),
        product_ids=st.tuples(st.integers(1, 4)),
        collection_ids=st.tuples(st.integers(10, 12)),
    ),
)
LINES = st.lists(st.tuples(st.sampled_from([SOAP, OIL, GIFT]), st.integers(0, 10**8)), min_size=1, max_size=10)


@given(TERMS, LINES)
def test_no_line_gives_more_than_it_costs(terms: Terms, priced: list[tuple[Line, int]]) -> None:
    lines, subtotals = [line for line, _ in priced], [subtotal for _, subtotal in priced]
    offs = apply(terms, lines, subtotals)
    if offs is not None:
        assert all(0 <= off <= subtotal for off, subtotal in zip(offs, subtotals, strict=True))
        assert terms.kind is not DiscountKind.AMOUNT or sum(offs) <= terms.amount_minor
