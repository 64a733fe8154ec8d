"""Rates by place, what is taxed, and what a tax amounts to."""

import msgspec

from matjar.core.refusal import Kind, declare
from matjar.domain.shops import Rounding

BAD_PLACE = declare("tax.bad_place", Kind.INVALID, "{place} is not a country, or a country and region, such as US-CA.")
BAD_CATEGORY = declare("tax.bad_category", Kind.INVALID, "{category} is not a tax category.")
BAD_NAME = declare("tax.bad_name", Kind.INVALID, "A tax needs a name of 1 to 60 characters.")
BAD_RATE = declare("tax.bad_rate", Kind.INVALID, "A tax rate lies between 0 and 100 %, in parts per million.")
NOT_SHIPPED = declare("tax.not_shipped", Kind.NOT_FOUND, "Matjar brings no tax rates for {country}.")
NO_SUCH_RATE = declare("tax.no_such_rate", Kind.NOT_FOUND, "There is no tax rate {name} there.")

STANDARD = "standard"
REDUCED = "reduced"
ZERO = "zero"
"""Taxed at 0 % where the place has such a rate, and so shown on the invoice; charged nowhere."""
EXEMPT = "exempt"
"""Not taxed and not shown, anywhere."""
DELIVERY = "delivery"

MILLION = 1_000_000


class Rate(msgspec.Struct, frozen=True):
    """One tax of one place on one category of goods. Several of one place and category add up."""

    country: str
    region: str
    """Empty for the whole country."""
    category: str
    name: str
    """As it stands on the invoice: VAT, Sales tax."""
    rate_ppm: int
    """Parts per million: 5 % is 50000."""


class Policy(msgspec.Struct, frozen=True):
    """How the shop reckons tax: within its prices or on top of them, and where it rounds."""

    inclusive: bool
    rounding: Rounding


class Taxable(msgspec.Struct, frozen=True, gc=False):
    """An amount to be taxed, after its discount: a line of goods, or delivery."""

    amount_minor: int
    category: str


class TaxLine(msgspec.Struct, frozen=True, gc=False):
    """What one tax comes to on one line; frozen with the order."""

    name: str
    rate_ppm: int
    amount_minor: int
    place: str
    """``AE`` or ``US-CA``: whose tax it is, and the account ``tax:<place>`` that it is owed from."""
