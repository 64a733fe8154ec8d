"""Discounts: codes that take something off, for what, until when, and how often.

Promise: a code with a limit is never used once too often, and a checkout that came to nothing gives its place back.
"""

from matjar.domain.discounts.model import UNKNOWN, Discount, DiscountKind, Terms
from matjar.domain.discounts.operations import change, create, end, give_back, take_place
from matjar.domain.discounts.queries import find, list_discounts, load, load_by_id
from matjar.domain.discounts.rules import apply, buyer_of, check, fold

COMMANDS = (create, change, end)

__all__ = [
    "COMMANDS",
    "UNKNOWN",
    "Discount",
    "DiscountKind",
    "Terms",
    "apply",
    "buyer_of",
    "change",
    "check",
    "create",
    "end",
    "find",
    "fold",
    "give_back",
    "list_discounts",
    "load",
    "load_by_id",
    "take_place",
]
