"""Questions about tax rates."""

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from matjar.core.tx import Reading
from matjar.domain.shops import Shop
from matjar.domain.tax import rules, store
from matjar.domain.tax.model import Rate


def rates_for(view: Reading, *, shop: Shop, country: str, region: str) -> tuple[Rate, ...]:
    """The rates on goods that go to this place: none where the shop is not registered, as for an export.

    One statement; none at all where there is nothing to charge.
    """
    if not rules.is_registered(shop.settings.registrations, country, region):
        return ()
    return view.once(
        "tax", (country, region), lambda: rules.rates_of_place(store.of_place(view, country, region), region)
    )


def list_rates(view: Reading, *, country: str) -> tuple[Rate, ...]:
    """The shop's rates of one country and its regions."""
    return tuple(store.of_country(view, country))


def list_countries(view: Reading) -> tuple[str, ...]:
    """The countries that the shop has rates for."""
    return tuple(store.countries(view))


@cache
def shipped_rates() -> dict[str, tuple[Rate, ...]]:
    """The rates that come with Matjar, by country: what ``rates.toml`` says, with its sources."""
    text = files("matjar.domain.tax").joinpath("rates.toml").read_text("utf-8")
    shipped: dict[str, tuple[Rate, ...]] = {}
    for place, entry in tomllib.loads(text, parse_float=Decimal).items():
        country, _, region = place.partition("-")
        shipped[country] = shipped.get(country, ()) + _rates(country, region, entry)
    return shipped


def _rates(country: str, region: str, entry: dict[str, Any]) -> tuple[Rate, ...]:
    """One place's entry: a rate under the place's own name, or several under theirs, for each category."""
    name = entry["name"]
    return tuple(
        Rate(country, region, category, tax, int(per_cent * 10_000))
        for category, taxes in entry.items()
        if category != "name"
        for tax, per_cent in (taxes.items() if isinstance(taxes, dict) else [(name, taxes)])
    )
