"""Where an order's pieces are, the parcels that left, and its timeline."""

from typing import Any

import msgspec

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.orders.model import Occasion
from matjar.domain.orders.model.parcels import Allocation, Fulfilment, Piece, Tracking

_INSERT_ALLOCATION = """
    INSERT INTO allocations (shop_id, order_id, line_item_id, location_id, inventory_item_id, quantity, sent, released)
    VALUES (:shop_id, :order_id, :line_item_id, :location_id, :inventory_item_id, :quantity, :sent, :released)
"""
_MOVE = """
    UPDATE allocations SET sent = sent + :sent, released = released + :released
    WHERE shop_id = :shop_id AND order_id = :order_id AND line_item_id = :line_item_id AND location_id = :location_id
"""
_ALLOCATIONS = """
    SELECT line_item_id, location_id, inventory_item_id, quantity, sent, released
    FROM allocations WHERE shop_id = :shop_id AND order_id = :order_id ORDER BY line_item_id, location_id LIMIT 10000
"""
_INSERT_FULFILMENT = """
    INSERT INTO fulfilments (shop_id, order_id, id, location_id, status, tracking_company, tracking_number,
        tracking_url, lines, at)
    VALUES (:shop_id, :order_id, :id, :location_id, :status, :company, :number, :url, :lines, :at)
"""
_TRACK = """
    UPDATE fulfilments SET tracking_company = :company, tracking_number = :number, tracking_url = :url
    WHERE shop_id = :shop_id AND order_id = :order_id AND id = :id
"""
_FULFILMENTS = """
    SELECT id, order_id, location_id, status, tracking_company, tracking_number, tracking_url, lines, at
    FROM fulfilments WHERE shop_id = :shop_id AND order_id = :order_id ORDER BY id LIMIT 1000
"""
_INSERT_OCCASION = """
    INSERT INTO timeline (shop_id, order_id, id, kind, actor, facts, at)
    VALUES (:shop_id, :order_id, :id, :kind, :actor, :facts, :at)
"""
_TIMELINE = """
    SELECT id, kind, actor, facts, at
    FROM timeline WHERE shop_id = :shop_id AND order_id = :order_id ORDER BY id LIMIT 1000
"""

_decode_pieces = msgspec.json.Decoder(tuple[Piece, ...]).decode
_decode_facts = msgspec.json.Decoder(dict[str, Any]).decode
_encode = msgspec.json.Encoder().encode


def insert_allocations(tx: Tx, order_id: int, allocations: list[Allocation]) -> None:
    """Write from where the pieces of a new order are sent."""
    tx.run_many(_INSERT_ALLOCATION, [{**msgspec.structs.asdict(each), "order_id": order_id} for each in allocations])


def allocations_of(view: Reading, order_id: int) -> list[Allocation]:
    """From where the pieces of an order are sent."""
    return [Allocation(*row) for row in view.all(_ALLOCATIONS, order_id=order_id)]


def move(tx: Tx, order_id: int, line_item_id: int, location_id: int, *, sent: int = 0, released: int = 0) -> None:
    """Pieces left the location, or need not leave it any more."""
    tx.run(
        _MOVE, order_id=order_id, line_item_id=line_item_id, location_id=location_id, sent=sent, released=released
    )


def insert_fulfilment(tx: Tx, fulfilment: Fulfilment) -> None:
    """Write a parcel that left."""
    tracking = fulfilment.tracking
    tx.run(
        _INSERT_FULFILMENT, order_id=fulfilment.order_id, id=fulfilment.id, location_id=fulfilment.location_id,
        status=fulfilment.status, company=tracking.company, number=tracking.number, url=tracking.url,
        lines=_encode(fulfilment.lines).decode(), at=fulfilment.at,
    )  # fmt: skip


def track(tx: Tx, order_id: int, fulfilment_id: int, tracking: Tracking) -> None:
    """Write how a parcel can be followed."""
    tx.run(
        _TRACK, order_id=order_id, id=fulfilment_id, company=tracking.company, number=tracking.number, url=tracking.url
    )


def fulfilments_of(view: Reading, order_id: int) -> list[Fulfilment]:
    """An order's parcels, the first first."""
    return [_fulfilment(row) for row in view.all(_FULFILMENTS, order_id=order_id)]


def insert_occasion(tx: Tx, order_id: int, occasion: Occasion) -> None:
    """Write what happened."""
    row = msgspec.structs.asdict(occasion)
    tx.run(_INSERT_OCCASION, **{**row, "order_id": order_id, "facts": _encode(occasion.facts).decode()})


def timeline_of(view: Reading, order_id: int) -> list[Occasion]:
    """What happened to an order, in order."""
    return [
        Occasion(id_, kind, actor, _decode_facts(facts), at)
        for id_, kind, actor, facts, at in view.all(_TIMELINE, order_id=order_id)
    ]


def _fulfilment(row: Row) -> Fulfilment:
    id_, order_id, location_id, status, company, number, url, lines, at = row
    return Fulfilment(id_, order_id, location_id, status, Tracking(company, number, url), _decode_pieces(lines), at)
