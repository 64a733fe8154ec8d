"""A shop's letters, as rows: which letter it is and what it needs, no text. Whoever sends it writes it."""

from enum import StrEnum

import msgspec

from matjar.core.refusal import Kind, declare

BAD_EMAIL = declare("notices.bad_email", Kind.INVALID, "{email} is not an e-mail address.")
NO_TEXT = declare("notices.no_text", Kind.INVALID, "Please write something.")
TOO_LONG = declare("notices.too_long", Kind.INVALID, "This is longer than {most} characters.")
NO_ADDRESS = declare("notices.no_address", Kind.NOT_FOUND, "This shop has no address to write to.")


class Letter(StrEnum):
    """Every letter that a shop writes to those who buy there."""

    SIGN_IN = "sign_in"
    """Facts: ``code``, six digits, and ``link``, which does the same."""
    PASSKEY_ADDED = "passkey_added"
    """Facts: ``name``."""
    PASSKEY_REMOVED = "passkey_removed"
    """Facts: ``name``."""
    MOVING = "moving"
    """To the address that a customer wants to move to. Facts: ``code``, six digits."""
    ADDRESS_TAKEN = "address_taken"
    """The same, where a customer is at home already. No facts."""
    MOVED = "moved"
    """To the address that they moved away from. No facts."""
    FORGOTTEN = "forgotten"
    """The last one: an account is gone. No facts."""
    ORDER_CONFIRMED = "order_confirmed"
    """Its subject is the order, as of all that follow; with the bank's details where it is to be paid by transfer."""
    ORDER_PAID = "order_paid"
    """The transfer has come in."""
    PARCEL_SENT = "parcel_sent"
    """Facts: ``part``, the fulfilment's id."""
    ORDER_CANCELLED = "order_cancelled"
    REFUNDED = "refunded"
    """Facts: ``part``, the refund's id."""
    PAYMENT_FAILED = "payment_failed"
    """Its subject is the checkout."""
    MESSAGE = "message"
    """To the shop itself. Facts: ``name`` and ``email`` of who writes, and ``text``."""
    BACK_IN_STOCK = "back_in_stock"
    """To who waited for it. Facts: ``product``, its title, ``link``, where it is, and ``leave``, to wait no more."""
    NEWS = "news"
    """To who agreed to be told. Facts: ``subject``, ``text``, and ``customer``, their id."""


ABOUT_ORDERS = (
    Letter.ORDER_CONFIRMED, Letter.ORDER_PAID, Letter.PARCEL_SENT, Letter.ORDER_CANCELLED, Letter.REFUNDED,
)  # fmt: skip
"""Letters that say how an order stands. To whom, and what, they take from the order when they are written."""


class Notice(msgspec.Struct, frozen=True):
    """A letter that is due. It is settled at the desk of ``shop_id``; after ``expires_at`` it is not worth sending."""

    shop_id: int
    id: int
    letter: Letter
    address: str
    language: str
    facts: dict[str, str]
    tries: int
    expires_at: int
    subject_id: int | None = None
    """The order, or the checkout, that it is about."""


class Wanted(msgspec.Struct, frozen=True, omit_defaults=True):
    """A letter that an event on the feed asks for; it waits for ``after_ms`` before it goes."""

    event: int
    letter: Letter
    subject_id: int
    facts: dict[str, str] = {}
    after_ms: int = 0


class Posted(msgspec.Struct, frozen=True):
    """What became of a letter about an order: sent, or waiting until ``due_at``, or neither: given up, or unwanted.

    ``reason`` is what the mail server said last, where it did not take the letter.
    """

    id: int
    letter: Letter
    facts: dict[str, str]
    tries: int
    due_at: int | None
    sent_at: int | None
    reason: str
