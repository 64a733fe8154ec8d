"""Discounts by code, and the places that orders take in them."""

from enum import StrEnum

import msgspec

from matjar.core.refusal import Kind, declare

UNKNOWN = declare("discounts.unknown", Kind.INVALID, "There is no discount with the code {code}.")
EXPIRED = declare("discounts.expired", Kind.CONFLICT, "The code {code} is not valid at this time.")
USED_UP = declare("discounts.used_up", Kind.CONFLICT, "The code {code} has been used as often as it may be.")
NOT_ENOUGH = declare("discounts.not_enough", Kind.CONFLICT, "The code {code} asks for a larger order.")
NOT_FOR_THESE = declare("discounts.not_for_these", Kind.CONFLICT, "The code {code} is not for what is in the cart.")
BAD_CODE = declare("discounts.bad_code", Kind.INVALID, "A discount's code is 1 to 40 characters without spaces.")
CODE_TAKEN = declare("discounts.code_taken", Kind.CONFLICT, "There is already a discount with the code {code}.")
NO_SUCH_DISCOUNT = declare("discounts.no_such_discount", Kind.NOT_FOUND, "There is no discount {discount_id}.")
BAD_VALUE = declare(
    "discounts.bad_value", Kind.INVALID, "A discount gives a percentage above 0 up to 100 %, or an amount above 0."
)
BAD_LIMIT = declare("discounts.bad_limit", Kind.INVALID, "A minimum is not negative, a limit is at least 1.")
BAD_WINDOW = declare("discounts.bad_window", Kind.INVALID, "A discount ends after it has begun.")
BAD_SCOPE = declare("discounts.bad_scope", Kind.INVALID, "A discount names at most {most} products and collections.")

SCOPE = 250
"""Products and collections that one discount names: every cart line is held against them."""


class DiscountKind(StrEnum):
    """What is taken off."""

    PERCENTAGE = "percentage"
    AMOUNT = "amount"
    FREE_DELIVERY = "free_delivery"


class Terms(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a discount gives, for what, and how often."""

    kind: DiscountKind
    value_ppm: int = 0
    """Of a percentage, in parts per million: 10 % is 100000."""
    amount_minor: int = 0
    """Of an amount, off the goods as priced."""
    minimum_minor: int = 0
    """What the goods that it is for must come to."""
    usage_limit: int | None = None
    per_buyer_limit: int | None = None
    product_ids: tuple[int, ...] = ()
    collection_ids: tuple[int, ...] = ()
    """The products, and those of the collections, that it is for; with neither, everything."""


class Discount(msgspec.Struct, frozen=True):
    """A code that buyers type in. ``used`` counts places taken, by orders and by charges in flight."""

    id: int
    code: str
    terms: Terms
    used: int
    starts_at: int
    ends_at: int | None
    """Valid from ``starts_at`` up to, not including, ``ends_at``; None: without end."""
