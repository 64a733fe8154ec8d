"""From where the pieces of an order are sent, and to where they come back."""

from collections.abc import Iterable, Sequence

import msgspec

from matjar.domain.inventory import Share
from matjar.domain.orders import model
from matjar.domain.orders.model import LineItem, Order
from matjar.domain.orders.model.parcels import Allocation, Piece

NOWHERE = 0
"""The location of goods that no location counts."""


class Move(msgspec.Struct, frozen=True):
    """Pieces of a line that leave a location, or that need not leave it any more."""

    line_item_id: int
    location_id: int
    inventory_item_id: int
    quantity: int

    @property
    def share(self) -> Share:
        """The same as inventory counts it."""
        return Share(self.inventory_item_id, self.location_id, self.quantity)


def allot(lines: Sequence[LineItem], shares: Iterable[Share]) -> list[Allocation]:
    """Share what inventory committed, which knows items only, among the lines of the order."""
    waiting = {line.id: line.quantity for line in lines}
    allocations = []
    for share in shares:
        left = share.quantity
        for line in lines:
            taken = min(left, waiting[line.id]) if line.inventory_item_id == share.inventory_item_id else 0
            if taken:
                allocations.append(Allocation(line.id, share.location_id, share.inventory_item_id, taken))
                waiting[line.id] -= taken
                left -= taken
    return allocations


def plan(
    order: Order, allocations: Sequence[Allocation], pieces: Sequence[Piece], location_id: int | None
) -> list[Move]:
    """What leaves from where: the pieces asked for, or all that can; from one location, or from wherever they are.

    Refuses pieces that are not there to be sent.
    """
    lines = {line.id: line for line in order.lines}
    wanted = by_line(order, pieces) if pieces else {line.id: line.unsent for line in order.lines}
    moves: list[Move] = []
    for line_item_id, quantity in wanted.items():
        line = lines[line_item_id]
        there = [each for each in allocations if each.line_item_id == line_item_id]
        leaving = _leave(line, there, quantity, location_id)
        gone = sum(move.quantity for move in leaving)
        if pieces and gone < quantity:
            raise model.CANNOT_SEND(open=gone, title=line.full_title)
        moves += leaving
    if not moves:
        raise model.NOTHING_TO_SEND()
    return moves


def by_line(order: Order, pieces: Iterable[Piece]) -> dict[int, int]:
    """How many of each line are asked for. Refuses ``orders.no_such_line`` and ``orders.bad_quantity``."""
    lines = {line.id for line in order.lines}
    wanted: dict[int, int] = {}
    for piece in pieces:
        if piece.line_item_id not in lines:
            raise model.NO_SUCH_LINE()
        if piece.quantity < 1:
            raise model.BAD_QUANTITY()
        wanted[piece.line_item_id] = wanted.get(piece.line_item_id, 0) + piece.quantity
    return wanted


def release(line: LineItem, allocations: Iterable[Allocation], quantity: int) -> list[Move]:
    """Pieces that are not to be sent any more."""
    return _leave(line, [each for each in allocations if each.line_item_id == line.id], quantity, None)


def came_back(
    allocations: Iterable[Allocation], line_item_id: int, quantity: int, location_id: int | None
) -> Share | None:
    """To where pieces come back: the location named, or the first that sent some; None where nobody counts them."""
    there = [each for each in allocations if each.line_item_id == line_item_id]
    if not there:
        return None
    sender = next((each for each in there if each.sent), there[0])
    return Share(sender.inventory_item_id, location_id or sender.location_id, quantity)


def _leave(line: LineItem, there: Sequence[Allocation], quantity: int, location_id: int | None) -> list[Move]:
    """Up to so many pieces, first those that a location counts, then those that none does."""
    moves = []
    left = min(quantity, line.unsent)
    uncounted = line.unsent - sum(each.open for each in there)
    for each in there:
        taken = min(left, each.open) if location_id in (None, each.location_id) else 0
        if taken:
            moves.append(Move(line.id, each.location_id, each.inventory_item_id, taken))
            left -= taken
    if taken := min(left, uncounted):
        moves.append(Move(line.id, location_id or NOWHERE, NOWHERE, taken))
    return moves
