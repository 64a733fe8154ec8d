"""Shops: who sells here, in which currency, languages and time zone, registered for tax where.

Promise: a shop's currency, country and handle never change once goods were sold under them.
"""

from matjar.domain.shops.model import HOUSE, NOT_FOUND, Registration, Rounding, Settings, Shop
from matjar.domain.shops.operations import configure, create
from matjar.domain.shops.queries import list_hosts, list_shops, load

COMMANDS = (create, configure)

__all__ = [
    "COMMANDS",
    "HOUSE",
    "NOT_FOUND",
    "Registration",
    "Rounding",
    "Settings",
    "Shop",
    "configure",
    "create",
    "list_hosts",
    "list_shops",
    "load",
]
