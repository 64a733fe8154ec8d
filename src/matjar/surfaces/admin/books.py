"""The shop's orders as they can be had now: from the database, else from what was seen last."""

import msgspec

from matjar.core.refusal import Kind, Refusal
from matjar.core.tx import Reading
from matjar.domain import orders
from matjar.domain.orders import Allocation, Dossier, Order
from matjar.storage.desk import Desk
from matjar.surfaces.admin import listing
from matjar.surfaces.admin.listing import Page, Wanted
from matjar.surfaces.admin.parts import Parts
from matjar.surfaces.admin.snapshot import Kept

GONE = (Kind.AWAY, Kind.BUSY)


async def page(parts: Parts, desk: Desk, wanted: Wanted) -> Page:
    """One page of orders; while the database is away, those that were still to be sent when it was last there."""
    try:
        return await desk.read(lambda view: listing.load(view, wanted))
    except Refusal as refusal:
        snapshot = parts.snapshots.find(desk.shop_id)
        if refusal.kind not in GONE or snapshot is None:
            raise
    parts.tallying.lose()
    found = [each.dossier.order for each in snapshot.orders]
    words = wanted.words.lower().removeprefix("#")
    if words:
        found = [each for each in found if words in each.name or words in _told(each)]
    return Page(tuple(found if wanted.sort == "oldest" else reversed(found)))


async def order(parts: Parts, desk: Desk, number: int) -> Kept:
    """Everything about one order; refuses ``orders.no_such_order``, ``storage.away``."""
    try:
        return await desk.read(lambda view: _load(view, number))
    except Refusal as refusal:
        snapshot = parts.snapshots.find(desk.shop_id)
        kept = snapshot.find(number) if snapshot else None
        if refusal.kind not in GONE or kept is None:
            raise
        parts.tallying.lose()
        return kept


async def several(parts: Parts, desk: Desk, numbers: tuple[int, ...]) -> list[Kept]:
    """Orders to be packed together; what is not there is left out. Without numbers: all that are still to be sent."""
    try:
        return await desk.read(lambda view: _load_several(view, numbers))
    except Refusal as refusal:
        snapshot = parts.snapshots.find(desk.shop_id)
        if refusal.kind not in GONE or snapshot is None:
            raise
        parts.tallying.lose()
        return [each for each in snapshot.orders if not numbers or each.dossier.order.number in numbers]


def _told(order: Order) -> str:
    """All that is known of the buyer and of what they bought, to be searched as ``orders.Filter.words`` is."""
    skus = " ".join(line.sku for line in order.lines)
    return f"{msgspec.json.encode(order.contact).decode()} {skus}".lower()


def _load(view: Reading, number: int) -> Kept:
    found = orders.find_by_number(view, number=number)
    if found is None:
        raise orders.NO_SUCH_ORDER()
    return _whole(view, found.id)


def _load_several(view: Reading, numbers: tuple[int, ...]) -> list[Kept]:
    if numbers:
        found = [orders.find_by_number(view, number=number) for number in numbers[: listing.ROWS]]
    else:
        found = [*orders.list_orders(view, matching=listing.VIEWS["unfulfilled"], most=listing.ROWS)]
    return [_whole(view, each.id) for each in found if each is not None]


def _whole(view: Reading, order_id: int) -> Kept:
    dossier: Dossier = orders.load_dossier(view, order_id=order_id)
    allocations: tuple[Allocation, ...] = tuple(orders.allocations_of(view, order_id=order_id))
    return Kept(dossier, allocations)
