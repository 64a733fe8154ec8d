"""A checkout: from the cart's lines to an order, with all that was agreed on the way."""

from enum import StrEnum

import msgspec

from matjar.core.address import NOWHERE, Address
from matjar.core.refusal import Kind, declare
from matjar.domain.carts.model import Line
from matjar.domain.payments.ports import State
from matjar.domain.pricing.model import Sums
from matjar.domain.shipping.model import Option

NOT_FOUND = declare("checkout.not_found", Kind.NOT_FOUND, "This checkout does not exist, or it has lapsed.")
EMPTY = declare("checkout.empty", Kind.INVALID, "There is nothing to check out.")
NOT_READY = declare("checkout.not_ready", Kind.CONFLICT, "Something is still missing: {missing}.")
IN_PROGRESS = declare("checkout.in_progress", Kind.CONFLICT, "The payment is on its way. Please wait a moment.")
OVER = declare("checkout.over", Kind.CONFLICT, "This checkout is finished and cannot be changed any more.")
KEY_REUSED = declare("checkout.key_reused", Kind.INVALID, "This idempotency key was used for something else.")
NO_SUCH_VARIANT = declare("checkout.no_such_variant", Kind.INVALID, "This article is not sold any more.")
NO_SUCH_DELIVERY = declare("checkout.no_such_delivery", Kind.INVALID, "This delivery is not offered to your address.")
NO_SUCH_GATEWAY = declare("checkout.no_such_gateway", Kind.INVALID, "This shop does not take payment by {gateway}.")
BAD_EMAIL = declare("checkout.bad_email", Kind.INVALID, "This is not an e-mail address.")
BAD_COUNTRY = declare("checkout.bad_country", Kind.INVALID, "A country is two letters, such as AE.")
TOO_LONG = declare("checkout.too_long", Kind.INVALID, "This is longer than {most} characters.")


class Status(StrEnum):
    """Where a checkout stands, in UCP's words (2026-04-08, checkout status)."""

    INCOMPLETE = "incomplete"
    REQUIRES_ESCALATION = "requires_escalation"
    READY = "ready_for_complete"
    IN_PROGRESS = "complete_in_progress"
    COMPLETED = "completed"
    CANCELED = "canceled"


class Details(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the buyer tells. Sent whole with each update: what is left out is taken back."""

    email: str = ""
    phone: str = ""
    shipping: Address = NOWHERE
    billing: Address = NOWHERE
    delivery_id: str = ""
    discount_code: str = ""
    note: str = ""
    accepts_marketing: bool = False
    agreed_to: str = ""
    """The words that they ticked for that."""


class Payment(msgspec.Struct, frozen=True, omit_defaults=True):
    """The charge that is, or was, on its way for this checkout."""

    intent_id: int
    gateway: str
    state: State
    key: str = ""
    """The client's idempotency key, under which the same answer is given again."""
    asked: str = ""
    """What the client asked for under it: another card under the same key is another request."""
    challenge_url: str = ""
    decline_code: str = ""
    address: str = ""
    card_fingerprint: str = ""
    """Where the buyer came from and with which card: declines are counted by both."""


class Checkout(msgspec.Struct, frozen=True, omit_defaults=True):
    """One checkout. Sums are those that the buyer was last shown."""

    id: int
    status: Status
    currency: str
    language: str
    lines: tuple[Line, ...]
    sums: Sums
    created_at: int
    expires_at: int
    details: Details = Details()
    options: tuple[Option, ...] = ()
    missing: tuple[str, ...] = ()
    """Paths of what the buyer has still to tell, such as ``buyer.email``."""
    continue_selling: tuple[int, ...] = ()
    """Variants that are sold below zero too."""
    payment: Payment | None = None
    order_id: int = 0
    order_number: int = 0

    @property
    def chosen(self) -> Option | None:
        """The delivery that the buyer chose."""
        return next((option for option in self.options if option.id == self.details.delivery_id), None)


class Prepared(msgspec.Struct, frozen=True):
    """What the edge needs in order to charge; where nothing is to be charged any more, the state says so."""

    checkout: Checkout
    intent_id: int
    key: str
    """The gateway's idempotency key."""
    amount_minor: int
    currency: str
    capture: bool
    state: State
