"""Amounts as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.core.refusal import Refusal
from matjar.surfaces.admin.pages.amounts import amount_of, typed


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.50", "AED", 1250), ("12,50", "AED", 1250), ("1,250.00", "AED", 125_000), ("١٢٫٥", "AED", 1250),
        ("١٬٢٥٠٫٠٠", "AED", 125_000), ("7", "JPY", 7), ("1.250", "KWD", 1250), (" 12 ", "AED", 1200),
    ],
)  # fmt: skip
def test_what_is_clear_is_read(text: str, currency: str, minor: int) -> None:
    assert amount_of(text, currency) == minor


@pytest.mark.parametrize("text", ["1,250", "1.2.3", "-1", "", "12.345", "1,25,0.00", "twelve", "1e3", "٫٫"])
def test_what_could_be_meant_two_ways_is_not(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        amount_of(text, "AED")
    assert refused.value.code == "money.bad_amount"


@given(st.integers(0, 10**12), st.sampled_from(["AED", "JPY", "KWD"]))
def test_what_a_field_shows_is_read_as_it_was(minor: int, currency: str) -> None:
    assert amount_of(typed(minor, currency), currency) == minor
