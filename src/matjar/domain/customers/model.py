"""A customer."""

import msgspec

from matjar.core.address import Address
from matjar.core.refusal import Kind, declare

NOT_FOUND = declare("customers.not_found", Kind.NOT_FOUND, "There is no such customer.")
BAD_EMAIL = declare("customers.bad_email", Kind.INVALID, "{email} is not an e-mail address.")


class Customer(msgspec.Struct, frozen=True):
    """Who bought here. ``address`` is the last one used; erased, only ``id`` and the times are left."""

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
