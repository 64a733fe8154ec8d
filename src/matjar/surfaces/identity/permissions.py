"""Permissions in people's words, in groups; their names are Shopify's scopes where it has one."""

import msgspec

from matjar.domain import access
from matjar.domain.access import Role
from matjar.edge.languages import sentence

NAMES = {
    "read_orders": sentence("See orders"),
    "write_orders": sentence("Change, cancel and refund orders"),
    "write_fulfillments": sentence("Pack and send orders"),
    "read_customers": sentence("See customers"),
    "write_customers": sentence("Change customers"),
    "erase_customers": sentence("Erase customers"),
    "read_products": sentence("See products and prices"),
    "write_products": sentence("Change products and prices"),
    "read_inventory": sentence("See stock"),
    "write_inventory": sentence("Count and change stock"),
    "read_discounts": sentence("See discounts"),
    "write_discounts": sentence("Change discounts"),
    "sell": sentence("Sell at the till"),
    "approve": sentence("Approve refunds and discounts at the till"),
    "write_devices": sentence("Enrol and withdraw tills"),
    "read_reports": sentence("See figures"),
    "read_audit": sentence("See who did what"),
    "read_settings": sentence("See settings"),
    "write_settings": sentence("Change settings"),
    "read_users": sentence("See people and roles"),
    "write_users": sentence("Invite people, change people and roles"),
    "write_tokens": sentence("Make API tokens"),
    "read_payouts": sentence("See the payout account"),
    "write_payouts": sentence("Change the payout account"),
    "export": sentence("Export everything"),
}


class Group(msgspec.Struct, frozen=True):
    """Permissions that belong together."""

    title: str
    permissions: tuple[str, ...]


GROUPS = (
    Group(sentence("Orders"), ("read_orders", "write_fulfillments", "write_orders")),
    Group(sentence("Customers"), ("read_customers", "write_customers", "erase_customers")),
    Group(
        sentence("Goods"),
        ("read_products", "write_products", "read_inventory", "write_inventory", "read_discounts", "write_discounts"),
    ),
    Group(sentence("Till"), ("sell", "approve", "write_devices")),
    Group(
        sentence("The shop"), ("read_reports", "read_audit", "read_settings", "write_settings", "read_payouts"),
    ),
    Group(sentence("Power"), ("read_users", "write_users", "write_tokens", "write_payouts", "export")),
)  # fmt: skip


def within_reach(role: Role) -> list[Group]:
    """What somebody of this role may hand on: nothing beyond their own."""
    offered = [
        Group(group.title, tuple(each for each in group.permissions if access.reaches(role, (each,))))
        for group in GROUPS
    ]
    return [group for group in offered if group.permissions]
