"""A wish, and why it may not be taken down."""

import msgspec

from matjar.core.refusal import Kind, declare

BAD_EMAIL = declare("waiting.bad_email", Kind.INVALID, "{email} is not an e-mail address.")
NOT_SOLD_OUT = declare("waiting.not_sold_out", Kind.CONFLICT, "It is there: you can buy it now.")
TOO_MANY = declare("waiting.too_many", Kind.CONFLICT, "You are waiting for {most} things already.")


class Wish(msgspec.Struct, frozen=True):
    """Somebody waits for a variant. The addresses are whole: where it can be bought, and the way off all lists."""

    id: int
    variant_id: int
    email: str
    language: str
    product_url: str
    leave_url: str
    asked_at: int
