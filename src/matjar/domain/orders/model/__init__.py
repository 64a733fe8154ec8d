"""An order: what was sold to whom, what was paid, sent, taken back. Statuses are named as in Shopify's API."""

from enum import StrEnum
from typing import Any

import msgspec

from matjar.core.address import NOWHERE, Address
from matjar.core.refusal import Kind, declare
from matjar.domain.inventory import Share
from matjar.domain.invoices import Invoice
from matjar.domain.orders.model.parcels import Fulfilment, Piece
from matjar.domain.payments import Credit, Refund, State, Transaction
from matjar.domain.pricing import Sums
from matjar.domain.tax import TaxLine

NO_SUCH_ORDER = declare("orders.no_such_order", Kind.NOT_FOUND, "There is no such order.")
NO_SUCH_LINE = declare("orders.no_such_line", Kind.INVALID, "The order has no such line.")
NO_SUCH_FULFILMENT = declare("orders.no_such_fulfilment", Kind.NOT_FOUND, "There is no such parcel.")
CANCELLED = declare("orders.cancelled", Kind.CONFLICT, "The order is cancelled.")
TOO_LONG = declare("orders.too_long", Kind.INVALID, "No part of an address is longer than {most} characters.")
BAD_QUANTITY = declare("orders.bad_quantity", Kind.INVALID, "A quantity is a whole number, 1 or more.")
BAD_AMOUNT = declare("orders.bad_amount", Kind.INVALID, "An amount cannot be less than nothing.")
NOTHING_TO_SEND = declare("orders.nothing_to_send", Kind.CONFLICT, "Nothing of this order is left to be sent.")
CANNOT_SEND = declare("orders.cannot_send", Kind.CONFLICT, "Only {open} of {title} can still be sent from there.")
NOTHING_TO_REFUND = declare("orders.nothing_to_refund", Kind.CONFLICT, "There is nothing to refund.")
TOO_MANY_PIECES = declare("orders.too_many_pieces", Kind.CONFLICT, "Only {left} of {title} can still be refunded.")
TOO_MUCH = declare("orders.too_much", Kind.CONFLICT, "At most {left} can still be refunded.")
SENT_ALREADY = declare("orders.sent_already", Kind.CONFLICT, "Only {open} of {title} are not sent yet.")
NOT_SENT_YET = declare("orders.not_sent_yet", Kind.CONFLICT, "Only {sent} of {title} were sent and can come back.")
NOTHING_DUE = declare("orders.nothing_due", Kind.CONFLICT, "Nothing is to be paid for this order.")
MORE_THAN_DUE = declare("orders.more_than_due", Kind.CONFLICT, "Only {due} is still to be paid.")
NOT_AUTHORIZED = declare("orders.not_authorized", Kind.CONFLICT, "No money is held for this order.")
AUTHORIZED = declare("orders.authorized", Kind.CONFLICT, "Money is held for this order: take it, or let it go, first.")
PAYMENT_PENDING = declare("orders.payment_pending", Kind.CONFLICT, "A payment is on its way; its outcome is not known.")
ON_THE_WAY = declare(
    "orders.on_the_way", Kind.CONFLICT, "Order {order} is still to be sent, and needs an address until then."
)
SENT = declare("orders.sent", Kind.CONFLICT, "Everything is sent: what comes back is refunded instead.")

NOT_TOGETHER = declare(
    "orders.not_together", Kind.NOT_FOUND, "We know no order with this number and this e-mail address."
)
RETURNS_ASKED = declare(
    "orders.returns_asked", Kind.CONFLICT, "You have asked several times for this order. Please write to us instead."
)

FIRST_NUMBER = 1001
"""What people call the first order."""


class Status(StrEnum):
    """Whether anything is still to be done."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class FinancialStatus(StrEnum):
    """How the money stands."""

    PENDING = "pending"
    AUTHORIZED = "authorized"
    PAID = "paid"
    PARTIALLY_PAID = "partially_paid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    VOIDED = "voided"


class FulfilmentStatus(StrEnum):
    """How much of the goods is sent; ``restocked``: nothing was, and nothing is left to be sent."""

    UNFULFILLED = "unfulfilled"
    PARTIAL = "partial"
    FULFILLED = "fulfilled"
    RESTOCKED = "restocked"


class CancelReason(StrEnum):
    """Why an order was cancelled."""

    CUSTOMER = "customer"
    FRAUD = "fraud"
    INVENTORY = "inventory"
    DECLINED = "declined"
    OTHER = "other"


class ReturnReason(StrEnum):
    """Why a buyer wants to send something back."""

    CHANGED_MIND = "changed_mind"
    DAMAGED = "damaged"
    WRONG = "wrong"
    OTHER = "other"


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who bought, kept apart so that a person can be erased and the figures stay."""

    email: str = ""
    phone: str = ""
    shipping: Address = NOWHERE
    billing: Address = NOWHERE
    accepts_marketing: bool = False
    note: str = ""


class Particulars(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was agreed beside the lines."""

    inclusive: bool
    """Whether prices, and delivery's, have their tax in them."""
    discount_code: str = ""
    delivery_id: str = ""
    delivery_name: str = ""
    delivery_taxes: tuple[TaxLine, ...] = ()
    delivery_total_minor: int = 0
    """With its tax."""
    delivery_names: dict[str, str] = {}
    """What the delivery is called, by language; ``delivery_name`` is what it was called to the buyer."""

    def delivery_in(self, language: str) -> str:
        """What the delivery is called in a language, as far as the shop has said it."""
        return self.delivery_names.get(language) or self.delivery_name


class Placement(msgspec.Struct, frozen=True):
    """A checkout that is paid or promised, as the order that comes of it must know it."""

    order_id: int
    checkout_id: int
    token_hash: bytes
    """Of the token that opens the order's page."""
    contact: Contact
    language: str
    sums: Sums
    delivery_id: str
    delivery_name: str
    gateway: str
    state: State
    """``captured``, ``authorized`` or ``deferred``."""
    intent_id: int | None
    reference: str
    customer_id: int | None
    shares: tuple[Share, ...]
    note: str = ""
    delivery_names: dict[str, str] = {}


class LineItem(msgspec.Struct, frozen=True):
    """So many of one variant, as they were sold."""

    id: int
    position: int
    product_id: int
    variant_id: int
    inventory_item_id: int
    title: str
    variant_title: str
    sku: str
    quantity: int
    unit_price_minor: int
    discount_minor: int
    taxes: tuple[TaxLine, ...]
    tax_minor: int
    total_minor: int
    """What the buyer pays for the line, tax included."""
    requires_shipping: bool
    fulfilled: int = 0
    refunded: int = 0
    """Pieces credited, sent or not."""
    cancelled: int = 0
    """Pieces taken off before they were sent."""

    @property
    def unsent(self) -> int:
        """Pieces still to be sent."""
        return self.quantity - self.fulfilled - self.cancelled

    @property
    def credited(self) -> int:
        """Pieces credited beside those that were taken off before they were sent."""
        return max(0, self.refunded - self.cancelled)

    @property
    def full_title(self) -> str:
        """Product and variant."""
        return f"{self.title} – {self.variant_title}" if self.variant_title else self.title


class Occasion(msgspec.Struct, frozen=True):
    """Something that happened to an order, and who did it."""

    id: int
    kind: str
    actor: str
    """``buyer``, ``system`` or ``staff:<person>``."""
    facts: dict[str, Any]
    at: int


class Order(msgspec.Struct, frozen=True):
    """An order with its lines. Amounts are in minor units of its one currency."""

    id: int
    number: int
    checkout_id: int
    customer_id: int | None
    status: Status
    financial_status: FinancialStatus
    fulfilment_status: FulfilmentStatus
    currency: str
    language: str
    subtotal_minor: int
    discount_minor: int
    delivery_minor: int
    """As shown: with its tax or not, as the shop prices."""
    tax_minor: int
    total_minor: int
    paid_minor: int
    refunded_minor: int
    credited_minor: int
    """What the buyer no longer owes: returned, cancelled, let off."""
    particulars: Particulars
    contact: Contact
    gateway: str
    request_id: str
    created_at: int
    updated_at: int
    cancelled_at: int | None
    cancel_reason: str
    lines: tuple[LineItem, ...]

    @property
    def name(self) -> str:
        """As people say it: #1001 for the first."""
        return f"#{FIRST_NUMBER + self.number - 1}"

    @property
    def due_minor(self) -> int:
        """What the buyer still has to pay; below zero, what they are to get back."""
        return self.total_minor - self.credited_minor - self.paid_minor + self.refunded_minor


class Begun(msgspec.Struct, frozen=True):
    """What was decided, and what the gateway is now to be asked for: nothing, a refund, a capture or a void."""

    order: Order
    refund: Refund | None = None
    transaction: Transaction | None = None


class Refundable(msgspec.Struct, frozen=True):
    """What can still be refunded: pieces by line, delivery with its tax, and money at most."""

    pieces: tuple[Piece, ...]
    delivery_minor: int
    total_minor: int


class Preview(msgspec.Struct, frozen=True):
    """What a refund would take off the order, and what of it would go back to the buyer."""

    credit: Credit
    amount_minor: int


class Dossier(msgspec.Struct, frozen=True):
    """Everything about one order."""

    order: Order
    transactions: tuple[Transaction, ...]
    refunds: tuple[Refund, ...]
    fulfilments: tuple[Fulfilment, ...]
    invoices: tuple[Invoice, ...]
    timeline: tuple[Occasion, ...]
