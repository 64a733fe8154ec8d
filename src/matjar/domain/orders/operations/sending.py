"""Sending."""

import msgspec

from matjar.core.tx import Tx
from matjar.domain import inventory
from matjar.domain.orders import events, model, queries
from matjar.domain.orders.model import Status
from matjar.domain.orders.model.parcels import NO_TRACKING, Fulfilment, Piece, Tracking
from matjar.domain.orders.operations import writing
from matjar.domain.orders.rules import sending
from matjar.domain.orders.store import parcels

replace = msgspec.structs.replace


def fulfil(
    tx: Tx,
    *,
    order_id: int,
    lines: tuple[Piece, ...] = (),
    location_id: int | None = None,
    tracking: Tracking = NO_TRACKING,
) -> tuple[Fulfilment, ...]:
    """Send the pieces named, or all that are left; from one location, or from wherever they are: a parcel from each.

    Refuses ``orders.cancelled``, ``orders.nothing_to_send``, ``orders.cannot_send``.
    """
    order = queries.load(tx, order_id=order_id)
    if order.status is Status.CANCELLED:
        raise model.CANCELLED()
    moves = sending.plan(order, parcels.allocations_of(tx, order_id), lines, location_id)
    shares = [move.share for move in moves if move.inventory_item_id]
    if shares:
        inventory.send(tx, order_id=order_id, shares=shares)
    sent: dict[int, int] = {}
    packed: dict[int, list[Piece]] = {}
    for move in moves:
        parcels.move(tx, order_id, move.line_item_id, move.location_id, sent=move.quantity)
        sent[move.line_item_id] = sent.get(move.line_item_id, 0) + move.quantity
        packed.setdefault(move.location_id, []).append(Piece(move.line_item_id, move.quantity))
    gone = writing.write_lines(
        tx, order, [replace(line, fulfilled=line.fulfilled + sent[line.id]) for line in order.lines if line.id in sent]
    )
    fulfilments = tuple(
        Fulfilment(tx.new_id(), order_id, at, "success", tracking, tuple(pieces), tx.now)
        for at, pieces in packed.items()
    )
    for fulfilment in fulfilments:
        parcels.insert_fulfilment(tx, fulfilment)
        writing.note(tx, order_id, "fulfilled", {"fulfilment_id": fulfilment.id, "location_id": fulfilment.location_id})
        tx.emit(events.OrderFulfilled(order_id, fulfilment.id))
    writing.write(tx, gone)
    writing.invoice(tx, gone)
    return fulfilments


def track(tx: Tx, *, order_id: int, fulfilment_id: int, tracking: Tracking) -> Fulfilment:
    """Say how a parcel can be followed. Refuses ``orders.no_such_fulfilment``."""
    for fulfilment in parcels.fulfilments_of(tx, order_id):
        if fulfilment.id == fulfilment_id:
            parcels.track(tx, order_id, fulfilment_id, tracking)
            writing.note(tx, order_id, "tracked", {"fulfilment_id": fulfilment_id})
            tx.emit(events.OrderChanged(order_id))
            if tracking.number and not fulfilment.tracking.number:
                tx.emit(events.ParcelTracked(order_id, fulfilment_id))
            return replace(fulfilment, tracking=tracking)
    raise model.NO_SUCH_FULFILMENT()
