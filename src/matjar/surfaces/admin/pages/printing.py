"""Paper: packing slips that go into the parcels, and the pick list that somebody walks along the shelves with."""

from functools import partial
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post

from matjar.core.refusal import Refusal
from matjar.domain.access import actions
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.pages import go
from matjar.surfaces.admin import books
from matjar.surfaces.admin.books import GONE
from matjar.surfaces.admin.pages.frame import Frame, form_of, number_of_order
from matjar.surfaces.admin.pages.naming import name_locations
from matjar.surfaces.admin.pages.order import Row, rows_of
from matjar.surfaces.admin.parts import Parts
from matjar.surfaces.admin.snapshot import Kept


class Pick(msgspec.Struct):
    """So many of one article to be taken from a location's shelves, and for which orders."""

    row: Row
    pieces: int = 0
    orders: list[str] = []


@post("/orders/print", action=actions.ORDERS_READ)
async def choose(request: Ask, frame: Frame, parts: Parts) -> Response[bytes]:
    """From the list to what is to be printed of it."""
    form = await form_of(request, parts)
    what = "slips" if form.text("what") == "slips" else "pick"
    return go(frame.url(f"/orders/{what}?" + urlencode([("order", name) for name in form.many("order")])))


@get("/orders/slips", action=actions.ORDERS_READ)
async def slips(
    request: Ask, frame: Frame, parts: Parts, session: Session, order: list[str] | None = None
) -> Response[bytes]:
    """A packing slip for each of these orders: what is still to be sent, or where all is sent, what was."""
    found = await _found(request, parts, session, order)
    return frame.page("slips.html", kept=found, back=_back(order), pieces_of=partial(_pieces_of, parts, frame))


@get("/orders/pick", action=actions.ORDERS_READ)
async def pick(
    request: Ask, frame: Frame, parts: Parts, session: Session, order: list[str] | None = None
) -> Response[bytes]:
    """What is to be fetched from where, for these orders together; without any named, for all that wait."""
    found = await _found(request, parts, session, order)
    names = await _locations(request, frame, parts, session)
    picks = _picks(parts, frame, found)
    served = {name for there in picks.values() for pick in there for name in pick.orders}
    return frame.page("pick.html", picks=picks, names=names, orders=served, back=_back(order))


async def _found(request: Ask, parts: Parts, session: Session, names: list[str] | None) -> list[Kept]:
    numbers = tuple(number_of_order(name) for name in names or ())
    return await books.several(parts, parts.desk(visit_of(request), session), numbers)


async def _locations(request: Ask, frame: Frame, parts: Parts, session: Session) -> dict[int, str]:
    """What locations are called; nothing while the database is away."""
    try:
        desk = parts.desk(visit_of(request), session)
        return await desk.read(lambda view: name_locations(view, frame.language))
    except Refusal as refusal:
        if refusal.kind not in GONE:
            raise
        return {}


def _picks(parts: Parts, frame: Frame, found: list[Kept]) -> dict[int, list[Pick]]:
    """By location, each article once."""
    picks: dict[int, dict[int, Pick]] = {}
    for kept in found:
        rows = {row.line.id: row for row in rows_of(parts, frame, kept.dossier.order)}
        for each in kept.allocations:
            if each.open:
                row = rows[each.line_item_id]
                pick = picks.setdefault(each.location_id, {}).setdefault(row.line.variant_id, Pick(row, 0, []))
                pick.pieces += each.open
                pick.orders.append(kept.dossier.order.name)
    return {at: sorted(there.values(), key=lambda pick: pick.row.title) for at, there in sorted(picks.items())}


def _pieces_of(parts: Parts, frame: Frame, kept: Kept) -> list[tuple[Row, int]]:
    """What goes into the parcel; of an order that has left, what left."""
    rows = rows_of(parts, frame, kept.dossier.order)
    waiting = [(row, row.line.unsent) for row in rows if row.line.unsent]
    return waiting or [(row, row.line.fulfilled) for row in rows if row.line.fulfilled]


def _back(names: list[str] | None) -> str:
    return f"/orders/{number_name(names[0])}" if names and len(names) == 1 else "/orders?view=unfulfilled"


def number_name(name: str) -> str:
    """An order's name as its address has it."""
    return name.removeprefix("#") if number_of_order(name) > 0 else ""
