"""A cart and its lines."""

import msgspec

from matjar.core.refusal import Kind, declare

TOO_MANY_LINES = declare("carts.too_many_lines", Kind.INVALID, "A cart has room for {most} different articles.")
BAD_QUANTITY = declare("carts.bad_quantity", Kind.INVALID, "A quantity lies between 1 and {most}.")


class Line(msgspec.Struct, frozen=True):
    """So many pieces of one variant."""

    variant_id: int
    quantity: int


class Cart(msgspec.Struct, frozen=True):
    """What a buyer has put aside. ``version`` rises with each change."""

    lines: tuple[Line, ...] = ()
    version: int = 0
