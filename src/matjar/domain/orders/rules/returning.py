"""What may come back from a buyer: what was sent, and is not credited yet."""

from collections.abc import Sequence

from matjar.domain.orders import model
from matjar.domain.orders.model import LineItem, Order
from matjar.domain.orders.model.parcels import Piece
from matjar.domain.orders.rules import sending


def returnable(line: LineItem) -> int:
    """Pieces of a line that the buyer has and has paid for, or is to pay for."""
    return max(0, line.fulfilled - line.credited)


def wanted(order: Order, pieces: Sequence[Piece]) -> list[tuple[LineItem, int]]:
    """The lines that are to come back, and how many of each.

    Refuses ``orders.no_such_line``, ``orders.bad_quantity`` (also of none at all) and ``orders.not_sent_yet``.
    """
    lines = {line.id: line for line in order.lines}
    if not pieces:
        raise model.BAD_QUANTITY()
    found = sending.by_line(order, pieces)
    for line_item_id, quantity in found.items():
        line = lines[line_item_id]
        if quantity > returnable(line):
            raise model.NOT_SENT_YET(sent=returnable(line), title=line.full_title)
    return [(lines[line_item_id], quantity) for line_item_id, quantity in found.items()]
