"""Shipping: how goods get to the buyer: where, in how many days, and for how much.

Promise: the zone that names a place most closely serves it, and what needs no sending is never charged for it.
"""

from matjar.domain.shipping.model import Method, MethodKind, Option, Parcel, Step, Zone
from matjar.domain.shipping.operations import remove_zone, set_zone
from matjar.domain.shipping.queries import list_zones, options_for
from matjar.domain.shipping.rules import options

COMMANDS = (set_zone, remove_zone)

__all__ = [
    "COMMANDS",
    "Method",
    "MethodKind",
    "Option",
    "Parcel",
    "Step",
    "Zone",
    "list_zones",
    "options",
    "options_for",
    "remove_zone",
    "set_zone",
]
