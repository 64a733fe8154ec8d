"""The rates that come with Matjar hold what the law asks of any such table."""

import re

from matjar.domain import tax

EUROPEAN_UNION = set(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()
)
WITHOUT_SALES_TAX = {"AK", "DE", "MT", "NH", "OR"}


def ppm(country: str, category: str, region: str = "") -> int:
    return sum(
        rate.rate_ppm
        for rate in tax.shipped_rates()[country]
        if rate.region == region and rate.category == category
    )


def test_every_member_of_the_union_is_there() -> None:
    assert set(tax.shipped_rates()) >= EUROPEAN_UNION | {"AE", "SA", "GB", "US"}


def test_member_states_keep_to_the_directive() -> None:
    for country in EUROPEAN_UNION:
        assert ppm(country, "standard") >= 150_000, country
        assert country == "DK" or ppm(country, "reduced") >= 50_000, country
        assert ppm(country, "reduced") < ppm(country, "standard")


def test_every_state_with_a_sales_tax_is_there() -> None:
    states = {rate.region for rate in tax.shipped_rates()["US"]}
    assert len(states) == 50 - len(WITHOUT_SALES_TAX) + 1
    assert not states & WITHOUT_SALES_TAX
    assert all(0 < ppm("US", "standard", state) <= 75_000 for state in states)


def test_state_and_local_taxes_add_up() -> None:
    assert ppm("US", "standard", "CA") == 72_500
    assert ppm("US", "standard", "UT") == 61_000
    assert ppm("US", "standard", "NV") == 68_500
    assert ppm("US", "standard", "VA") == 53_000


def test_every_place_has_a_standard_rate_and_proper_names() -> None:
    for country, rates in tax.shipped_rates().items():
        assert re.fullmatch("[A-Z]{2}", country)
        assert len({(rate.region, rate.category, rate.name) for rate in rates}) == len(rates)
        for region in {rate.region for rate in rates}:
            assert any(rate.region == region and rate.category == "standard" for rate in rates), (country, region)
            assert re.fullmatch("[A-Z0-9]{0,3}", region)
        assert all(rate.name and 0 <= rate.rate_ppm <= 270_000 for rate in rates)
