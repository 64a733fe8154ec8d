"""The tax rates' SQL."""

from collections.abc import Iterable

import msgspec

from matjar.core.tx import Reading, Tx
from matjar.domain.tax.model import Rate

_OF_PLACE = """
    SELECT country, region, category, name, rate_ppm FROM tax_rates
    WHERE shop_id = :shop_id AND country = :country AND region IN ('', :region)
    ORDER BY region, category, name LIMIT 100
"""
_OF_COUNTRY = """
    SELECT country, region, category, name, rate_ppm FROM tax_rates
    WHERE shop_id = :shop_id AND country = :country ORDER BY region, category, name LIMIT 1000
"""
_PUT = """
    INSERT INTO tax_rates (shop_id, country, region, category, name, rate_ppm)
    VALUES (:shop_id, :country, :region, :category, :name, :rate_ppm)
    ON CONFLICT (shop_id, country, region, category, name) DO UPDATE SET rate_ppm = excluded.rate_ppm
"""
_DELETE = """
    DELETE FROM tax_rates WHERE shop_id = :shop_id AND country = :country AND region = :region
    AND category = :category AND name = :name
"""
_DELETE_COUNTRY = "DELETE FROM tax_rates WHERE shop_id = :shop_id AND country = :country"
_COUNTRIES = """
    SELECT DISTINCT country FROM tax_rates WHERE shop_id = :shop_id ORDER BY country LIMIT 300
"""


def of_place(view: Reading, country: str, region: str) -> list[Rate]:
    """The rates of a country as a whole, and of one of its regions."""
    return [Rate(*row) for row in view.all(_OF_PLACE, country=country, region=region)]


def of_country(view: Reading, country: str) -> list[Rate]:
    """Every rate of a country and its regions."""
    return [Rate(*row) for row in view.all(_OF_COUNTRY, country=country)]


def countries(view: Reading) -> list[str]:
    """The countries that the shop has rates for."""
    return [country for (country,) in view.all(_COUNTRIES)]


def put(tx: Tx, rates: Iterable[Rate]) -> None:
    """Write rates, over those of the same place, category and name."""
    tx.run_many(_PUT, [msgspec.structs.asdict(rate) for rate in rates])


def delete(tx: Tx, *, country: str, region: str, category: str, name: str) -> bool:
    """Delete one rate; False: there was none."""
    return tx.changed(_DELETE, country=country, region=region, category=category, name=name) > 0


def delete_country(tx: Tx, country: str) -> None:
    """Delete every rate of a country and its regions."""
    tx.run(_DELETE_COUNTRY, country=country)
