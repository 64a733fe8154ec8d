"""What is known of the money: charges, the transactions of an order, what goes back to a buyer."""

from enum import StrEnum

import msgspec

from matjar.core.refusal import Kind, declare
from matjar.domain.payments.ports import State
from matjar.domain.tax import TaxLine

NO_SUCH_INTENT = declare("payments.no_such_intent", Kind.NOT_FOUND, "There is no such payment.")
NO_SUCH_TRANSACTION = declare("payments.no_such_transaction", Kind.NOT_FOUND, "There is no such transaction.")
NO_SUCH_REFUND = declare("payments.no_such_refund", Kind.NOT_FOUND, "There is no such refund.")
BAD_KEY = declare("payments.bad_key", Kind.INVALID, "{key} is not the key of a payment.")

BAD_IBAN = declare("payments.bad_iban", Kind.INVALID, "{iban} is not an IBAN: a digit is missing or wrong.")
BAD_HOLDER = declare("payments.bad_holder", Kind.INVALID, "An account's holder has a name of 1 to {most} characters.")

BY_HAND = "by_hand"
"""The gateway of money that somebody of the shop gave back by another way than it came."""
NOTHING_OPEN = 0
"""The ``due_at`` of what the finisher need not ask about."""


class Deed(StrEnum):
    """What a transaction did or is to do, in Shopify's words."""

    AUTHORIZATION = "authorization"
    CAPTURE = "capture"
    SALE = "sale"
    VOID = "void"
    REFUND = "refund"


class Status(StrEnum):
    """What became of a transaction."""

    PENDING = "pending"
    SUCCESS = "success"
    FAILURE = "failure"


class RefundState(StrEnum):
    """What became of money that is to go back."""

    REFUNDING = "refunding"
    REFUNDED = "refunded"
    FAILED = "failed"


class Restock(StrEnum):
    """What becomes of refunded pieces, in Shopify's words."""

    NO_RESTOCK = "no_restock"
    """Nothing: what was to be sent is still sent."""
    CANCEL = "cancel"
    """They were not sent yet, and will not be."""
    RETURN = "return"
    """They were sent, and are back on the shelf."""


class Intent(msgspec.Struct, frozen=True):
    """One charge that a checkout asked for. ``reference`` is the gateway's own id, once it is known."""

    id: int
    checkout_id: int
    gateway: str
    amount_minor: int
    currency: str
    capture: str
    """``automatic`` or ``manual``."""
    state: State
    reference: str
    order_id: int | None
    created_at: int
    due_at: int
    updated_at: int


class Transaction(msgspec.Struct, frozen=True):
    """Money that moved or is to move for an order; without an order, an authorization that is let go."""

    id: int
    order_id: int | None
    intent_id: int | None
    kind: Deed
    status: Status
    gateway: str
    amount_minor: int
    currency: str
    reference: str
    at: int
    due_at: int


class CreditedLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the buyer no longer owes of one line. No quantity: the price alone was let down."""

    line_item_id: int
    quantity: int
    total_minor: int
    taxes: tuple[TaxLine, ...] = ()
    restock: Restock = Restock.NO_RESTOCK
    location_id: int | None = None
    """To where pieces that had been sent came back."""


class Credit(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the buyer no longer owes; totals with their tax in them."""

    lines: tuple[CreditedLine, ...] = ()
    delivery_minor: int = 0
    delivery_taxes: tuple[TaxLine, ...] = ()

    @property
    def total_minor(self) -> int:
        """All of it."""
        return sum(line.total_minor for line in self.lines) + self.delivery_minor

    @property
    def taxes(self) -> tuple[TaxLine, ...]:
        """Every tax in it."""
        return tuple(tax for line in self.lines for tax in line.taxes) + self.delivery_taxes

    @property
    def tax_minor(self) -> int:
        """The tax in it."""
        return sum(tax.amount_minor for tax in self.taxes)


NO_CREDIT = Credit()


class Refund(msgspec.Struct, frozen=True):
    """What a buyer no longer owes, and the money that goes back for it: none where they had not paid yet.

    Without an order it is a charge that never became one, and goes back whole.
    """

    id: int
    order_id: int | None
    intent_id: int | None
    state: RefundState
    amount_minor: int
    currency: str
    gateway: str
    reference: str
    """The gateway's own id of the charge that the money goes back to."""
    credit: Credit
    reason: str
    created_at: int
    due_at: int
    updated_at: int


class PayoutAccount(msgspec.Struct, frozen=True):
    """Where the shop's money is paid out to. A new one replaces it; those before stay, for the books."""

    id: int
    holder: str
    iban: str
    named_by: int
    """The person who said so."""
    named_at: int

    @property
    def hint(self) -> str:
        """Enough to know it again: country and last digits."""
        return f"{self.iban[:4]} … {self.iban[-4:]}"
