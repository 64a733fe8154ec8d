"""Checkout: from lines in a cart to an order that stands.

Promise: nobody is charged without an order or their money back, nobody is charged twice, and the last piece is sold
once.
"""

from matjar.domain.checkout.model import NO_SUCH_GATEWAY, Checkout, Details, Payment, Prepared, Status
from matjar.domain.checkout.operations import cancel, create, prepare, reopen, settle, sweep, update
from matjar.domain.checkout.queries import find_by_id, load
from matjar.domain.checkout.rules import OPEN

COMMANDS = (create, update, prepare, settle, reopen, cancel, sweep)

__all__ = [
    "COMMANDS",
    "NO_SUCH_GATEWAY",
    "OPEN",
    "Checkout",
    "Details",
    "Payment",
    "Prepared",
    "Status",
    "cancel",
    "create",
    "find_by_id",
    "load",
    "prepare",
    "reopen",
    "settle",
    "sweep",
    "update",
]
