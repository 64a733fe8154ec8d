"""Every action of every surface, in one list. A route declares one of these, or ``PUBLIC``.

Permissions are Shopify's scopes where it has one, so that an API token's scopes are read by the same rule. What only
an owner may takes a permission that no other role holds.
"""

from matjar.core import action
from matjar.core.action import Action, Class

PUBLIC = action.PUBLIC


def _reading(name: str, permission: str = "") -> Action:
    return Action(name, Class.C3, permission, reads=True)


# At the till ----------------------------------------------------------------------------------------------------------

TILL_SELL = Action("till.sell", Class.C1, "sell")
TILL_PARK = Action("till.park", Class.C1, "sell")
TILL_REPRINT = Action("till.reprint", Class.C1, "sell", reads=True)
TILL_EXPORT = Action("till.export", Class.C1, "sell", reads=True)
TILL_OPEN_SHIFT = Action("till.open_shift", Class.C1, "sell")
TILL_CLOSE_SHIFT = Action("till.close_shift", Class.C1, "sell")

TILL_REFUND = Action("till.refund", Class.C2, "sell")
TILL_VOID = Action("till.void", Class.C2, "sell")
TILL_DISCOUNT = Action("till.discount", Class.C2, "sell")
TILL_CASH_OUT = Action("till.cash_out", Class.C2, "sell")

# In the back office ---------------------------------------------------------------------------------------------------

HOME_READ = _reading("home.read")
ORDERS_READ = _reading("orders.read", "read_orders")
ORDERS_FULFIL = Action("orders.fulfil", Class.C3, "write_fulfillments")
ORDERS_AMEND = Action("orders.amend", Class.C3, "write_orders")
ORDERS_CANCEL = Action("orders.cancel", Class.C3, "write_orders")
ORDERS_CHARGE = Action("orders.charge", Class.C3, "write_orders")
ORDERS_REFUND = Action("orders.refund", Class.C3, "write_orders")
PRICES_READ = _reading("prices.read", "read_products")
PRICES_WRITE = Action("prices.write", Class.C3, "write_products")
STOCK_READ = _reading("stock.read", "read_inventory")
STOCK_WRITE = Action("stock.write", Class.C3, "write_inventory")
CUSTOMERS_READ = _reading("customers.read", "read_customers")
CUSTOMERS_WRITE = Action("customers.write", Class.C3, "write_customers")
DISCOUNTS_READ = _reading("discounts.read", "read_discounts")
DISCOUNTS_WRITE = Action("discounts.write", Class.C3, "write_discounts")
TASKS_READ = _reading("tasks.read", "read_orders")
TASKS_WRITE = Action("tasks.write", Class.C3, "write_orders")
FIGURES_READ = _reading("figures.read", "read_reports")
AUDIT_READ = _reading("audit.read", "read_audit")
STAFF_READ = _reading("staff.read", "read_users")
PAYOUT_READ = _reading("payout.read", "read_payouts")
TOKENS_READ = _reading("tokens.read", "write_tokens")
DEVICES_READ = _reading("devices.read", "write_devices")
SETTINGS_READ = _reading("settings.read", "read_settings")
SETTINGS_WRITE = Action("settings.write", Class.C3, "write_settings")

# About oneself --------------------------------------------------------------------------------------------------------

SELF_READ = _reading("self.read")
SELF_WRITE = Action("self.write", Class.C3)
SELF_SIGN_OUT = Action("self.sign_out", Class.C0)
"""Giving up one's own rights takes none."""
SELF_FACTORS = Action("self.factors", Class.C4)

# Power ----------------------------------------------------------------------------------------------------------------

PAYOUT_WRITE = Action("payout.write", Class.C4, "write_payouts")
STAFF_WRITE = Action("staff.write", Class.C4, "write_users")
ROLES_WRITE = Action("roles.write", Class.C4, "write_users")
TOKENS_WRITE = Action("tokens.write", Class.C4, "write_tokens")
DEVICES_WRITE = Action("devices.write", Class.C4, "write_devices")
CUSTOMERS_ERASE = Action("customers.erase", Class.C4, "erase_customers")
SHOP_EXPORT = Action("shop.export", Class.C4, "export")
SHOP_TRANSFER = Action("shop.transfer", Class.C4, "own")
SHOP_DELETE = Action("shop.delete", Class.C4, "own")

ALL = tuple(found for found in list(vars().values()) if isinstance(found, Action))
"""Every action that is named above."""
