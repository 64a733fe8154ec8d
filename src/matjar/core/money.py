"""Money: integers in minor units with a currency, never floats.

Exponents are those of ISO 4217; a currency that is not listed has two decimals.
"""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from matjar.core.refusal import Kind, declare

BAD_AMOUNT = declare("money.bad_amount", Kind.INVALID, "{text} is not an amount of {currency}.")
BAD_CURRENCY = declare("money.bad_currency", Kind.INVALID, "{currency} is not a currency code.")

_ZERO_DECIMALS = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
_THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())


class Money(msgspec.Struct, frozen=True, array_like=True):
    """An amount in a currency's minor units: ``Money(19900, "AED")`` is 199.00 dirhams."""

    amount_minor: int
    currency: str

    def __str__(self) -> str:
        return f"{to_text(self.amount_minor, self.currency)} {self.currency}"


def exponent(currency: str) -> int:
    """How many decimals the currency has (ISO 4217): 0, 2 or 3."""
    if currency in _ZERO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def check_currency(currency: str) -> str:
    """Return the code if it has the form of ISO 4217; refuses ``money.bad_currency``."""
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha() or not currency.isupper():
        raise BAD_CURRENCY(currency=currency[:16])
    return currency


def to_text(amount_minor: int, currency: str) -> str:
    """Write an amount as a plain decimal: 19900 AED is ``199.00``, 1500 KWD is ``1.500``."""
    decimals = exponent(currency)
    if decimals == 0:
        return str(amount_minor)
    sign = "-" if amount_minor < 0 else ""
    whole, part = divmod(abs(amount_minor), 10**decimals)
    return f"{sign}{whole}.{part:0{decimals}d}"


def from_text(text: str, currency: str) -> int:
    """Read a plain decimal into minor units; more decimals than the currency has are refused ``money.bad_amount``."""
    digits = text.strip()
    whole, _, part = digits.removeprefix("-").partition(".")
    decimals = exponent(currency)
    written = whole + part
    if not whole or len(written) > 15 or len(part) > decimals or not (written.isascii() and written.isdigit()):
        raise BAD_AMOUNT(text=text[:32], currency=currency)
    amount_minor = int(whole + part.ljust(decimals, "0"))
    return -amount_minor if digits.startswith("-") else amount_minor


def to_decimal(amount_minor: int, currency: str) -> Decimal:
    """The amount in major units, exact, for formatting by a locale's rules."""
    return Decimal(amount_minor).scaleb(-exponent(currency))


def divide_half_up(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero, the rounding that tax offices and shopkeepers mean."""
    assert denominator > 0
    quotient, rest = divmod(abs(numerator), denominator)
    rounded = quotient + (2 * rest >= denominator)
    return rounded if numerator >= 0 else -rounded


def allocate(total_minor: int, weights: Sequence[int]) -> list[int]:
    """Share an amount in proportion to non-negative weights so that the parts sum to it exactly.

    Largest remainder first, then the earlier part; with no weight at all the parts are as even as they can be.
    """
    assert weights and all(weight >= 0 for weight in weights)
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    sign = -1 if total_minor < 0 else 1
    products = [abs(total_minor) * weight for weight in weights]
    parts = [product // whole for product in products]
    by_remainder = sorted(range(len(parts)), key=lambda index: -(products[index] % whole))
    for index in by_remainder[: abs(total_minor) - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]
