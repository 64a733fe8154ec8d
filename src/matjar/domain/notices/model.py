"""A shop's letters, as rows: which letter it is and what it needs, no text. Whoever sends it writes it."""

from enum import StrEnum

import msgspec


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
