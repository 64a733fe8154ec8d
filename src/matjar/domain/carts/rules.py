"""What a cart may hold."""

from collections.abc import Iterable

from matjar.core.limits import CART_LINES, LINE_QUANTITY
from matjar.domain.carts.model import BAD_QUANTITY, TOO_MANY_LINES, Line


def merged(lines: Iterable[Line]) -> tuple[Line, ...]:
    """One line for each variant, in the order they came; refuses too many of either."""
    quantities: dict[int, int] = {}
    for index, line in enumerate(lines):
        quantity = quantities.get(line.variant_id, 0) + line.quantity
        if line.quantity < 1 or quantity > LINE_QUANTITY:
            raise BAD_QUANTITY(most=LINE_QUANTITY).at(f"line_items[{index}].quantity")
        quantities[line.variant_id] = quantity
        if len(quantities) > CART_LINES:
            raise TOO_MANY_LINES(most=CART_LINES).at("line_items")
    return tuple(Line(variant_id, quantity) for variant_id, quantity in quantities.items())
