"""Customers, their accounts, and what they prove themselves with."""

import msgspec

from matjar.core.address import Address
from matjar.core.refusal import Kind, declare

NOT_FOUND = declare("customers.not_found", Kind.NOT_FOUND, "There is no such customer.")
BAD_EMAIL = declare("customers.bad_email", Kind.INVALID, "{email} is not an e-mail address.")
SAME_EMAIL = declare("customers.same_email", Kind.INVALID, "This is your address already.")
WRONG_CODE = declare("customers.wrong_code", Kind.FORBIDDEN, "This code is not right, or not good any more.")
BAD_LINK = declare("customers.bad_link", Kind.FORBIDDEN, "This link is not good any more.")
NO_PASSKEY = declare("customers.no_passkey", Kind.NOT_FOUND, "This shop does not know this passkey.")
KNOWN_PASSKEY = declare("customers.known_passkey", Kind.CONFLICT, "This passkey is there already.")
TOO_MANY_PASSKEYS = declare("customers.too_many_passkeys", Kind.CONFLICT, "There are {most} passkeys already.")
NO_ADDRESS = declare("customers.no_address", Kind.NOT_FOUND, "There is no such address.")
TOO_MANY_ADDRESSES = declare("customers.too_many_addresses", Kind.CONFLICT, "There are {most} addresses already.")
MISSING = declare("customers.missing", Kind.INVALID, "Please fill this in.")
TOO_LONG = declare("customers.too_long", Kind.INVALID, "At most {most} characters fit here.")
BAD_COUNTRY = declare("customers.bad_country", Kind.INVALID, "Please choose a country.")


class Customer(msgspec.Struct, frozen=True):
    """Who bought here. ``address`` is the last one used; erased, only ``id`` and the times are left.

    ``opened_at`` is since when they have an account; None: they buy as a guest.
    """

    id: int
    email: str | None
    phone: str | None
    name: str
    language: str
    address: Address
    accepts_marketing: bool
    created_at: int
    updated_at: int
    erased_at: int | None
    opened_at: int | None = None


class Account(msgspec.Struct, frozen=True):
    """A customer who signs in. Sessions that began up to ``signed_out_at`` are over; 0: they never were."""

    customer: Customer
    signed_out_at: int


class Consent(msgspec.Struct, frozen=True):
    """Once that somebody said whether they want to be told of news; the latest counts.

    ``words`` is what they read as they said so (GDPR, 7 (1), asks the shop to be able to show that); ``source`` where:
    ``checkout``, ``account``, or the link in a ``letter``.
    """

    id: int
    given: bool
    words: str
    source: str
    at: int


class SavedAddress(msgspec.Struct, frozen=True):
    """An address that a customer keeps for the next time."""

    id: int
    address: Address
    used_at: int


class CustomerPasskey(msgspec.Struct, frozen=True):
    """A key of a customer's, good on one host of the shop's."""

    credential_id: bytes
    customer_id: int
    host: str
    public_key: bytes
    """In COSE's form (RFC 9052)."""
    name: str
    sign_count: int
    backed_up: bool
    created_at: int
    used_at: int


class Code(msgspec.Struct, frozen=True):
    """Somebody asked to sign in at an address: good for the browser that asked, or by the link in the letter.

    Or a customer asked to move there: good for the session that asked.
    """

    browser_hash: bytes
    link_hash: bytes
    code_hash: bytes
    email: str
    language: str
    expires_at: int
