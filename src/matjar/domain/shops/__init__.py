"""Shops: who sells here, in which currency, languages and time zone, registered for tax where.

Promise: a shop's currency, country and handle never change once goods were sold under them.
"""

from matjar.domain.shops.model import (
    HOUSE,
    NOT_FOUND,
    Policy,
    PolicyKind,
    Registration,
    Rounding,
    Settings,
    Shop,
)
from matjar.domain.shops.operations import add_domain, be_known_at, configure, create, remove_domain, write_policy
from matjar.domain.shops.queries import list_hosts, list_policies, list_shops, load

COMMANDS = (create, configure, add_domain, be_known_at, remove_domain, write_policy)

__all__ = [
    "COMMANDS",
    "HOUSE",
    "NOT_FOUND",
    "Policy",
    "PolicyKind",
    "Registration",
    "Rounding",
    "Settings",
    "Shop",
    "add_domain",
    "be_known_at",
    "configure",
    "create",
    "list_hosts",
    "list_policies",
    "list_shops",
    "load",
    "remove_domain",
    "write_policy",
]
