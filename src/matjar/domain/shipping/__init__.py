"""Shipping: how goods get to the buyer: where, in how many days, and for how much.

Promise: the zone that names a place most closely serves it, and what needs no sending is never charged for it.
"""

from matjar.domain.shipping.model import Method, MethodKind, Option, Parcel, Step, Zone
from matjar.domain.shipping.rules import options

__all__ = ["Method", "MethodKind", "Option", "Parcel", "Step", "Zone", "options"]
