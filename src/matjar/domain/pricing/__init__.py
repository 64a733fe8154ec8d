"""Pricing: what an order comes to.

Promise: every sum is exact, whatever the currency, the discount, the tax and where it is rounded.
"""

from matjar.domain.pricing.model import CHANGED, LineSums, PricedLine, Sums
from matjar.domain.pricing.queries import Quote, quote
from matjar.domain.pricing.rules import total

__all__ = ["CHANGED", "LineSums", "PricedLine", "Quote", "Sums", "quote", "total"]
