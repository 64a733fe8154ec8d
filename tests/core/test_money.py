"""Money: exact in every currency, however it is written, rounded or shared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.core.money import Money, allocate, divide_half_up, exponent, from_text, to_decimal, to_text
from matjar.core.refusal import Refusal

CURRENCIES = st.sampled_from(["JPY", "AED", "USD", "KWD"])
AMOUNTS = st.integers(-(10**13), 10**13)


WRITTEN = [
    (19_900, "AED", "199.00"),
    (5, "USD", "0.05"),
    (-5, "USD", "-0.05"),
    (1_500, "KWD", "1.500"),
    (1_500, "JPY", "1500"),
]
HALVES = [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (7, 4, 2), (1, 2, 1), (0, 9, 0)]


@pytest.mark.parametrize(("amount", "currency", "text"), WRITTEN)
def test_an_amount_is_written_with_the_currency_s_own_decimals(amount: int, currency: str, text: str) -> None:
    assert to_text(amount, currency) == text
    assert str(Money(amount, currency)) == f"{text} {currency}"


@given(AMOUNTS, CURRENCIES)
def test_what_is_written_is_read_back(amount: int, currency: str) -> None:
    assert from_text(to_text(amount, currency), currency) == amount
    assert to_decimal(amount, currency) * 10 ** exponent(currency) == amount


@pytest.mark.parametrize("text", ["", ".", "1.234", "1e3", "٣", "1,5", "--1", "NaN", "1.2.3", "9" * 40])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        from_text(text, "AED")
    assert refused.value.code == "money.bad_amount"


@pytest.mark.parametrize(("over", "under", "whole"), HALVES)
def test_halves_are_rounded_away_from_zero(over: int, under: int, whole: int) -> None:
    assert divide_half_up(over, under) == whole


@given(AMOUNTS, st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_shares_sum_to_the_whole_and_none_is_off_by_a_unit(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        if sum(weights):
            assert abs(part * sum(weights) - total * weight) < sum(weights)
