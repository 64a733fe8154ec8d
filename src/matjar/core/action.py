"""Actions: what a route, or a button at the till, is for, and how much is at stake. Each route declares one."""

from enum import StrEnum

import msgspec


class Class(StrEnum):
    """How much is at stake."""

    C0 = "open"
    """Browse, cart, guest checkout, an order by its link."""
    C1 = "routine at the till"
    """Sell, park, reprint, open and close one's own shift."""
    C2 = "money out at the till"
    """Refund, void, a large discount, cash out."""
    C3 = "back office"
    """Orders, picking, prices, stock, customers."""
    C4 = "power"
    """Payout account, roles, tokens, factors, bulk export, deleting."""


class Action(msgspec.Struct, frozen=True):
    """Something that people do. Without a ``permission`` everybody of the shop may; ``reads``: it changes nothing."""

    name: str
    class_: Class
    permission: str = ""
    reads: bool = False


PUBLIC = Action("public", Class.C0, reads=True)
"""What is open to anybody."""
