"""Carts: what a buyer has put aside, and nothing is promised about yet.

Promise: whoever holds the cart's token finds it again for thirty days, on any device.
"""

from matjar.domain.carts.model import Cart, Line
from matjar.domain.carts.operations import put, sweep
from matjar.domain.carts.queries import find
from matjar.domain.carts.rules import merged

COMMANDS = (put, sweep)

__all__ = ["COMMANDS", "Cart", "Line", "find", "merged", "put", "sweep"]
