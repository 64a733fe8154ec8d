"""Discounts: codes that take something off, for whom, for what, until when, and how often.

Promise: a code with a limit is never used once too often, and a checkout that came to nothing gives its place back.
"""

from matjar.domain.discounts.model import Discount, DiscountKind, Terms
from matjar.domain.discounts.rules import apply, buyer_of, check, fold

__all__ = ["Discount", "DiscountKind", "Terms", "apply", "buyer_of", "check", "fold"]
