"""Tax: what is due at each place, within prices or on top of them, rounded as the shop decides.

Promise: what is shown for each line sums exactly to what is owed, and nothing is charged where the shop is not
registered.
"""

from matjar.domain.tax.model import (
    DELIVERY,
    EXEMPT,
    REDUCED,
    STANDARD,
    ZERO,
    Policy,
    Rate,
    Taxable,
    TaxLine,
)
from matjar.domain.tax.operations import install_rates, remove_rate, set_rate
from matjar.domain.tax.queries import list_countries, list_rates, rates_for, shipped_rates
from matjar.domain.tax.rules import assess, place_of

COMMANDS = (install_rates, set_rate, remove_rate)

__all__ = [
    "COMMANDS",
    "DELIVERY",
    "EXEMPT",
    "REDUCED",
    "STANDARD",
    "ZERO",
    "Policy",
    "Rate",
    "TaxLine",
    "Taxable",
    "assess",
    "install_rates",
    "list_countries",
    "list_rates",
    "place_of",
    "rates_for",
    "remove_rate",
    "set_rate",
    "shipped_rates",
]
