"""What is done with tax rates."""

import re

from matjar.core.tx import Tx
from matjar.domain.tax import events, model, queries, store
from matjar.domain.tax.model import MILLION, Rate

_COUNTRY = re.compile(r"[A-Z]{2}")
_REGION = re.compile(r"[A-Z0-9]{0,3}")
_CATEGORY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def install_rates(tx: Tx, *, countries: tuple[str, ...]) -> None:
    """Take over the rates that Matjar brings for these countries, in place of the shop's own for them.

    Refuses ``tax.not_shipped`` for a country that ``rates.toml`` does not know; then none is installed.
    """
    shipped = queries.shipped_rates()
    for country in countries:
        if country not in shipped:
            raise model.NOT_SHIPPED(country=country[:8]).at("countries")
    for country in dict.fromkeys(countries):
        store.delete_country(tx, country)
        store.put(tx, shipped[country])
        tx.forget("tax")
        tx.emit(events.TaxRatesChanged(country))


def set_rate(tx: Tx, *, country: str, category: str, name: str, rate_ppm: int, region: str = "") -> Rate:
    """Add a rate, or change the one of the same place, category and name. Past orders keep what they were charged.

    Rates of one place and category under different names add up. Refuses ``tax.bad_place``, ``tax.bad_category``,
    ``tax.bad_name``, ``tax.bad_rate``.
    """
    rate = Rate(country, region, category, name.strip(), rate_ppm)
    _check(rate)
    store.put(tx, [rate])
    tx.forget("tax")
    tx.emit(events.TaxRatesChanged(country))
    return rate


def remove_rate(tx: Tx, *, country: str, category: str, name: str, region: str = "") -> None:
    """Take a rate away; refuses ``tax.no_such_rate``."""
    if not store.delete(tx, country=country, region=region, category=category, name=name):
        raise model.NO_SUCH_RATE(name=name[:60])
    tx.forget("tax")
    tx.emit(events.TaxRatesChanged(country))


def _check(rate: Rate) -> None:
    if not _COUNTRY.fullmatch(rate.country):
        raise model.BAD_PLACE(place=rate.country[:8]).at("country")
    if not _REGION.fullmatch(rate.region):
        raise model.BAD_PLACE(place=rate.region[:8]).at("region")
    if not _CATEGORY.fullmatch(rate.category):
        raise model.BAD_CATEGORY(category=rate.category[:40]).at("category")
    if not 1 <= len(rate.name) <= 60 or not rate.name.isprintable():
        raise model.BAD_NAME().at("name")
    if not 0 <= rate.rate_ppm <= MILLION:
        raise model.BAD_RATE().at("rate_ppm")
