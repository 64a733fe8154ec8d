"""Tax is exact, whatever is taxed and wherever it is rounded."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from matjar.domain import tax
from matjar.domain.shops import Registration, Rounding
from matjar.domain.tax.rules import is_registered, rates_of_place, tax_of

AMOUNTS = st.integers(0, 10**9)
PPM = st.integers(0, 1_000_000)
CATEGORIES = st.sampled_from(["standard", "reduced", "zero", "exempt", "delivery", "books"])
ITEMS = st.lists(st.builds(tax.Taxable, AMOUNTS, CATEGORIES), min_size=1, max_size=12)
POLICIES = st.builds(tax.Policy, st.booleans(), st.sampled_from(Rounding))
RATES = st.lists(
    st.builds(
        tax.Rate,
        st.just("XX"),
        st.just(""),
        st.sampled_from(["standard", "reduced", "zero", "delivery"]),
        st.sampled_from(["State", "County", "City"]),
        PPM,
    ),
    max_size=6,
    unique_by=lambda rate: (rate.category, rate.name),
)


def one_rate(rate_ppm: int) -> list[tax.Rate]:
    return [tax.Rate("XX", "", "standard", "VAT", rate_ppm)]


def sum_of(lines: tuple[tax.TaxLine, ...]) -> int:
    return sum(line.amount_minor for line in lines)


@given(ITEMS, RATES, POLICIES)
def test_every_item_gets_its_own_taxes_in_its_place(
    items: list[tax.Taxable], rates: list[tax.Rate], policy: tax.Policy
) -> None:
    taxes = tax.assess(items, rates, policy)
    assert len(taxes) == len(items)
    for item, lines in zip(items, taxes, strict=True):
        assert all(line.amount_minor >= 0 for line in lines)
        assert item.amount_minor or not sum_of(lines)
        if policy.inclusive:
            assert sum_of(lines) <= item.amount_minor


@given(ITEMS, PPM, st.booleans())
def test_rounding_per_order_loses_nothing(items: list[tax.Taxable], rate_ppm: int, inclusive: bool) -> None:
    taxes = tax.assess(items, one_rate(rate_ppm), tax.Policy(inclusive, Rounding.ORDER))
    taxed = sum(item.amount_minor for item in items if item.category not in ("zero", "exempt"))
    assert sum(map(sum_of, taxes)) == tax_of(taxed, rate_ppm, inclusive)


@given(ITEMS, PPM, st.booleans())
def test_the_two_roundings_differ_by_half_a_unit_a_line_at_most(
    items: list[tax.Taxable], rate_ppm: int, inclusive: bool
) -> None:
    by_line, by_order = (
        sum(map(sum_of, tax.assess(items, one_rate(rate_ppm), tax.Policy(inclusive, rounding))))
        for rounding in Rounding
    )
    assert 2 * abs(by_line - by_order) <= len(items) + 1


@given(ITEMS, PPM, POLICIES)
def test_no_line_is_further_from_the_exact_tax_than_it_must(
    items: list[tax.Taxable], rate_ppm: int, policy: tax.Policy
) -> None:
    slack = Fraction(1, 2) if policy.rounding is Rounding.LINE else Fraction(3, 2)
    for item, lines in zip(items, tax.assess(items, one_rate(rate_ppm), policy), strict=True):
        if lines:
            base = 1_000_000 + (rate_ppm if policy.inclusive else 0)
            assert abs(sum_of(lines) - Fraction(item.amount_minor * rate_ppm, base)) <= slack


@given(AMOUNTS, PPM)
def test_tax_taken_out_of_a_price_is_the_tax_on_what_is_left(gross_minor: int, rate_ppm: int) -> None:
    tax_minor = tax_of(gross_minor, rate_ppm, inclusive=True)
    again_minor = tax_of(gross_minor - tax_minor, rate_ppm, inclusive=False)
    assert 0 <= tax_minor <= gross_minor
    assert abs(again_minor - tax_minor) <= 1


@given(AMOUNTS, RATES, st.booleans())
def test_one_item_is_taxed_alike_however_it_is_rounded(
    amount_minor: int, rates: list[tax.Rate], inclusive: bool
) -> None:
    item = [tax.Taxable(amount_minor, "standard")]
    by_line, by_order = (tax.assess(item, rates, tax.Policy(inclusive, rounding)) for rounding in Rounding)
    assert by_line == by_order


def test_without_rates_nothing_is_taxed() -> None:
    items = [tax.Taxable(100, "standard"), tax.Taxable(5, "delivery")]
    assert tax.assess(items, (), tax.Policy(True, Rounding.LINE)) == [(), ()]


def test_a_tax_line_says_whose_it_is() -> None:
    rates = [tax.Rate("US", "CA", "standard", "Sales tax", 60_000)]
    [[line]] = tax.assess([tax.Taxable(1000, "standard")], rates, tax.Policy(False, Rounding.LINE))
    assert line == tax.TaxLine("Sales tax", 60_000, 60, "US-CA")


def test_a_registration_for_a_country_covers_its_regions_but_not_the_other_way_round() -> None:
    spain, california = Registration("ES", "B1"), Registration("US", "1", "CA")
    assert is_registered([spain], "ES", "CN")
    assert is_registered([california], "US", "CA")
    assert not is_registered([california], "US", "NY")
    assert not is_registered([california], "US", "")
    assert not is_registered([spain], "PT", "")


def test_a_region_s_rates_replace_its_country_s() -> None:
    mainland = tax.Rate("ES", "", "standard", "IVA", 210_000)
    canaries = tax.Rate("ES", "CN", "standard", "IVA", 0)
    assert rates_of_place([mainland, canaries], "CN") == (canaries,)
    assert rates_of_place([mainland, canaries], "MD") == (mainland,)
    assert rates_of_place([mainland, canaries], "") == (mainland,)
