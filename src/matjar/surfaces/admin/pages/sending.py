"""Sending an order: all of it, or some pieces, from a location, with how it can be followed."""

from urllib.parse import urlsplit

import msgspec
from litestar import Response, get, post

from matjar.core.limits import LINE_QUANTITY, TEXT
from matjar.core.refusal import Refusal
from matjar.domain import orders
from matjar.domain.access import actions
from matjar.domain.orders import Order, Piece, Tracking
from matjar.edge.forms import Form, number_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.languages import catalogue, sentence
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of
from matjar.surfaces.admin.pages.naming import name_locations
from matjar.surfaces.admin.pages.order import Row, done, load, order_of, path_of, rows_of
from matjar.surfaces.admin.parts import Parts
from matjar.surfaces.admin.snapshot import Kept

BAD_URL = sentence("An address begins with https://.")
TOO_LONG = sentence("This is too long.")


class Parcel(msgspec.Struct, frozen=True):
    """What waits at one location, to be sent together; location 0: of goods that nobody counts."""

    location_id: int
    name: str
    pieces: tuple[tuple[Row, int], ...]


@get("/orders/{name:str}/send", action=actions.ORDERS_FULFIL)
async def ask(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """What is to be sent, everything filled in."""
    kept = await load(request, parts, session, name)
    return await _page(request, frame, parts, session, kept, Form({}), {})


@post("/orders/{name:str}/send", action=actions.ORDERS_FULFIL)
async def send(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """It left."""
    form = await form_of(request, parts)
    order = await order_of(request, parts, session, name)
    tracking, errors = tracking_of(form, frame)
    location_id = number_of(form.text("location"))
    lines = tuple(
        Piece(line.id, pieces)
        for line in order.lines
        if (pieces := form.number(f"pieces-{location_id}-{line.id}", 0, LINE_QUANTITY))
    )
    if not lines and not errors:
        errors["pieces"] = catalogue(frame.language).gettext("Say how many of what leave.")
    if not errors:
        try:
            await parts.desk(visit_of(request), session).submit(orders.fulfil, key=form.text("key"))(
                order_id=order.id, lines=lines, location_id=location_id or None, tracking=tracking
            )
        except Refusal as refusal:
            errors["pieces"] = frame.beside(refusal)
    if errors:
        kept = await load(request, parts, session, name)
        return await _page(request, frame, parts, session, kept, form, errors)
    pieces = sum(piece.quantity for piece in lines)
    note(request, parts, subject=f"order:{order.number}", after={"pieces": str(pieces), "location": str(location_id)})
    whole = pieces == sum(line.unsent for line in order.lines)
    return done(parts, frame, order, Done("fulfilled" if whole else "partly_fulfilled", {"name": order.name}))


@post("/orders/{name:str}/track", action=actions.ORDERS_FULFIL)
async def track(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """How a parcel that left can be followed."""
    form = await form_of(request, parts)
    order = await order_of(request, parts, session, name)
    tracking, errors = tracking_of(form, frame)
    parcel_id = number_of(form.text("parcel"))
    if errors:
        told = {"tracking": tracking, "errors": errors, "parcel_id": parcel_id}
        return frame.page("tracking.html", 422, order=order, path=path_of(order), **told)
    await parts.desk(visit_of(request), session).submit(orders.track)(
        order_id=order.id, fulfilment_id=parcel_id, tracking=tracking
    )
    note(request, parts, subject=f"order:{order.number}", after={"parcel": str(parcel_id)})
    return done(parts, frame, order, Done("tracked", {"name": order.name}))


def tracking_of(form: Form, frame: Frame) -> tuple[Tracking, dict[str, str]]:
    """How a parcel can be followed, and what is wrong with that, by field."""
    say = catalogue(frame.language).gettext
    tracking = Tracking(form.text("company"), form.text("number"), form.text("url"))
    errors = {name: say(TOO_LONG) for name in ("company", "number", "url") if len(getattr(tracking, name)) > TEXT}
    if tracking.url and (urlsplit(tracking.url).scheme != "https" or not urlsplit(tracking.url).hostname):
        errors["url"] = say(BAD_URL)
    return tracking, errors


async def _page(
    request: Ask, frame: Frame, parts: Parts, session: Session, kept: Kept, form: Form, errors: dict[str, str]
) -> Response[bytes]:
    desk, order = parts.desk(visit_of(request), session), kept.dossier.order
    names = await desk.read(lambda view: name_locations(view, frame.language))
    tracking = Tracking(form.text("company"), form.text("number"), form.text("url"))
    return frame.page(
        "send.html", 422 if errors else 200, order=order, path=path_of(order), errors=errors, form=form,
        parcels=_parcels(parts, frame, order, kept, names), tracking=tracking,
    )  # fmt: skip


def _parcels(parts: Parts, frame: Frame, order: Order, kept: Kept, names: dict[int, str]) -> list[Parcel]:
    """What waits, by the location that it waits at."""
    waiting: dict[int, list[tuple[Row, int]]] = {}
    for row in rows_of(parts, frame, order):
        line, uncounted = row.line, row.line.unsent
        for each in kept.allocations:
            if each.line_item_id == line.id and each.open:
                waiting.setdefault(each.location_id, []).append((row, each.open))
                uncounted -= each.open
        if uncounted > 0:
            waiting.setdefault(0, []).append((row, uncounted))
    return [Parcel(at, names.get(at, ""), tuple(pieces)) for at, pieces in sorted(waiting.items(), reverse=True)]
