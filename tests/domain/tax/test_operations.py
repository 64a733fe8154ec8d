"""A shop takes over rates, changes its copy, and charges them where it is registered."""

from typing import Any

import msgspec
import pytest

from matjar.core.refusal import Refusal
from matjar.domain import shops, tax
from matjar.domain.tax.events import TaxRatesChanged
from matjar.storage.tx import ShopTx

VAT = {"country": "AE", "category": "standard", "name": "VAT"}


def charged(tx: ShopTx, country: str, region: str = "") -> tuple[tax.Rate, ...]:
    return tax.rates_for(tx, shop=shops.load(tx), country=country, region=region)


def register(tx: ShopTx, *registrations: shops.Registration) -> None:
    settings = msgspec.structs.replace(shops.load(tx).settings, registrations=registrations)
    shops.configure(tx, settings=settings)


def test_a_shop_charges_only_where_it_is_registered(tx: ShopTx) -> None:
    tax.install_rates(tx, countries=("AE", "SA"))
    assert {rate.category: rate.rate_ppm for rate in charged(tx, "AE", "DU")} == {"standard": 50_000, "zero": 0}
    assert charged(tx, "SA") == ()
    assert charged(tx, "DE") == ()


def test_a_state_s_taxes_hold_in_that_state_alone(tx: ShopTx) -> None:
    tax.install_rates(tx, countries=("US",))
    register(tx, shops.Registration("US", "1", "CA"))
    assert sum(rate.rate_ppm for rate in charged(tx, "US", "CA") if rate.category == "standard") == 72_500
    assert charged(tx, "US", "NY") == ()
    assert charged(tx, "US") == ()


def test_an_island_outside_the_tax_territory_bears_none(tx: ShopTx) -> None:
    tax.install_rates(tx, countries=("ES",))
    register(tx, shops.Registration("ES", "B12345678"))
    assert [rate.rate_ppm for rate in charged(tx, "ES", "CN")] == [0]
    assert max(rate.rate_ppm for rate in charged(tx, "ES", "MD")) == 210_000


def test_a_rate_can_be_changed_and_taken_away(tx: ShopTx) -> None:
    tax.install_rates(tx, countries=("AE",))
    tax.set_rate(tx, **VAT, rate_ppm=75_000)
    assert tax.Rate("AE", "", "standard", "VAT", 75_000) in charged(tx, "AE")
    tax.remove_rate(tx, **VAT)
    assert [rate.category for rate in charged(tx, "AE")] == ["zero"]
    with pytest.raises(Refusal, match=r"tax\.no_such_rate"):
        tax.remove_rate(tx, **VAT)


def test_installing_again_brings_back_what_was_shipped(tx: ShopTx) -> None:
    tax.install_rates(tx, countries=("AE", "AE"))
    tax.set_rate(tx, **VAT, rate_ppm=1)
    tax.set_rate(tx, country="AE", category="standard", name="Levy", rate_ppm=2)
    tax.install_rates(tx, countries=("AE",))
    assert set(tax.list_rates(tx, country="AE")) == set(tax.shipped_rates()["AE"])
    assert tax.list_countries(tx) == ("AE",)


def test_every_shipped_country_can_be_installed(tx: ShopTx) -> None:
    tax.install_rates(tx, countries=tuple(tax.shipped_rates()))
    assert sum(len(tax.list_rates(tx, country=country)) for country in tax.list_countries(tx)) == sum(
        len(rates) for rates in tax.shipped_rates().values()
    )


def test_a_change_is_announced(tx: ShopTx) -> None:
    tax.set_rate(tx, **VAT, rate_ppm=50_000)
    assert tx._head.announced[-1]["type"] == TaxRatesChanged.__struct_config__.tag


def test_an_unknown_country_installs_nothing(tx: ShopTx) -> None:
    with pytest.raises(Refusal, match=r"tax\.not_shipped"):
        tax.install_rates(tx, countries=("AE", "ZZ"))
    assert tax.list_countries(tx) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"country": "ae"}, "tax.bad_place"),
        ({"country": "ARE"}, "tax.bad_place"),
        ({"region": "Dubai"}, "tax.bad_place"),
        ({"category": ""}, "tax.bad_category"),
        ({"category": "Standard"}, "tax.bad_category"),
        ({"name": "  "}, "tax.bad_name"),
        ({"name": "V\x00T"}, "tax.bad_name"),
        ({"rate_ppm": -1}, "tax.bad_rate"),
        ({"rate_ppm": 1_000_001}, "tax.bad_rate"),
    ],
)
def test_what_is_no_rate_is_refused(tx: ShopTx, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        tax.set_rate(tx, **{**VAT, "rate_ppm": 50_000, **change})
    assert refused.value.code == code
    assert refused.value.field == next(iter(change))
