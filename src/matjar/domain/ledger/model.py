"""Accounts and entries. A debit is positive and a credit negative: a sale debits what buyers owe, and credits sales."""

import msgspec

RECEIVABLE = "receivable"
"""What buyers owe for their orders."""
SALES = "sales"
DELIVERY = "delivery"
REFUNDS_DUE = "refunds_due"
"""What has to go back to buyers whose charge never became an order."""

ACCOUNTS = frozenset({RECEIVABLE, SALES, DELIVERY, REFUNDS_DUE, "gateway", "tax", "unearned", "rounding"})
"""What an account's name begins with, up to the colon: a misspelt account would swallow money in silence."""


def gateway(name: str) -> str:
    """The account of what a gateway has taken for the shop: ``gateway:cash_on_delivery``."""
    return f"gateway:{name}"


def tax(place: str) -> str:
    """The account of what is owed to a tax office: ``tax:AE``, ``tax:US-CA``."""
    return f"tax:{place}"


class Posting(msgspec.Struct, frozen=True):
    """One side of an entry."""

    account: str
    amount_minor: int


class Entry(msgspec.Struct, frozen=True):
    """One movement of money. ``subject_id`` is what it is about: an order, a refund, an intent."""

    id: int
    kind: str
    subject_id: int
    currency: str
    postings: tuple[Posting, ...]
    at: int
