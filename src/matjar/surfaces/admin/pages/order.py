"""One order: how it stands, what is in it, the money, the buyer, what happened; and putting it away."""

import msgspec
from litestar import Response, get, post

from matjar.domain import orders
from matjar.domain.access import Member, actions
from matjar.domain.orders import Dossier, LineItem, Order, Status
from matjar.domain.payments import Deed, RefundState
from matjar.domain.payments import Status as Outcome
from matjar.edge.catalogue import Picture
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.pages import go
from matjar.surfaces.admin import books, listing
from matjar.surfaces.admin.pages import cookies, telling
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of, number_of_order
from matjar.surfaces.admin.parts import Parts
from matjar.surfaces.admin.snapshot import Kept


class Row(msgspec.Struct, frozen=True):
    """A line, in the reader's words and with its picture where the article is still sold."""

    line: LineItem
    title: str
    choice: str
    picture: Picture | None


class Doable(msgspec.Struct, frozen=True):
    """What can be done with the order as it stands, whoever asks."""

    send: bool
    pay: bool
    capture: bool
    give_back: bool
    refund: bool
    cancel: bool
    put_away: bool
    take_out: bool


@get("/orders/{name:str}", action=actions.ORDERS_READ)
async def show(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """The order's page; refuses ``orders.no_such_order``."""
    kept = await load(request, parts, session, name)
    dossier = kept.dossier
    return frame.page(
        "order.html",
        order=dossier.order,
        dossier=dossier,
        listing=listing,
        rows=rows_of(parts, frame, dossier.order),
        doable=doable(dossier),
        told=telling.told(dossier, members_of(parts, frame), frame),
        held=held_of(dossier),
        under_way=under_way_of(dossier),
        papers=[
            (each, frame.in_shop(f"/papers/{parts.tokens.of_paper(frame.shop.id, each.name)}"))
            for each in dossier.invoices
        ],
    )


@post("/orders/{name:str}/away", action=actions.ORDERS_AMEND)
async def put_away(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """Nothing is to be done with it any more."""
    order = await order_of(request, parts, session, name)
    await form_of(request, parts)
    await parts.desk(visit_of(request), session).submit(orders.close)(order_id=order.id)
    note(request, parts, subject=f"order:{order.number}", after={"status": Status.CLOSED})
    return done(parts, frame, order, Done("put_away", {"name": order.name}, f"{path_of(order)}/open"))


@post("/orders/{name:str}/open", action=actions.ORDERS_AMEND)
async def take_out(request: Ask, frame: Frame, parts: Parts, session: Session, name: str) -> Response[bytes]:
    """There is something to be done after all."""
    order = await order_of(request, parts, session, name)
    await form_of(request, parts)
    await parts.desk(visit_of(request), session).submit(orders.reopen)(order_id=order.id)
    note(request, parts, subject=f"order:{order.number}", after={"status": Status.OPEN})
    return done(parts, frame, order, Done("taken_out", {"name": order.name}, f"{path_of(order)}/away"))


async def load(request: Ask, parts: Parts, session: Session, name: str) -> Kept:
    """Everything about the order of this name; refuses ``orders.no_such_order``."""
    return await books.order(parts, parts.desk(visit_of(request), session), number_of_order(name))


async def order_of(request: Ask, parts: Parts, session: Session, name: str) -> Order:
    """The order of this name, as the database has it now; refuses ``orders.no_such_order``, ``storage.away``."""
    number = number_of_order(name)
    desk = parts.desk(visit_of(request), session)
    found = await desk.read(lambda view: orders.find_by_number(view, number=number))
    if found is None:
        raise orders.NO_SUCH_ORDER()
    return found


def done(parts: Parts, frame: Frame, order: Order, what: Done) -> Response[bytes]:
    """Back to the order, where it is said what was done."""
    parts.tallying.forget(frame.shop.id)
    return cookies.keep(go(frame.url(path_of(order))), cookies.DONE, what)


def path_of(order: Order) -> str:
    """Where the order's page is, below the shop's address."""
    return f"/orders/{order.name[1:]}"


def rows_of(parts: Parts, frame: Frame, order: Order) -> tuple[Row, ...]:
    """The order's lines."""
    shelf = parts.catalogue.shelf(frame.shop.id)
    rows = []
    for line in order.lines:
        words = shelf.said(line.variant_id, frame.language) or (line.title, line.variant_title, None)
        rows.append(Row(line, *words))
    return tuple(rows)


def members_of(parts: Parts, frame: Frame) -> dict[int, Member]:
    """The people of the shop, by their ids."""
    return {member.person_id: member for member in parts.trust.people.load(frame.shop.id).access.members}


def held_of(dossier: Dossier) -> int:
    """Money that is held and neither taken nor let go."""
    held = 0
    for each in dossier.transactions:
        if each.kind is Deed.AUTHORIZATION and each.status is Outcome.SUCCESS:
            held = each.amount_minor
        elif each.kind in (Deed.CAPTURE, Deed.VOID) and each.status is not Outcome.FAILURE:
            held = 0
    return held


def under_way_of(dossier: Dossier) -> int:
    """Money that is on its way back."""
    return sum(each.amount_minor for each in dossier.refunds if each.state is RefundState.REFUNDING)


def owed_of(dossier: Dossier) -> int:
    """Money that is owed to the buyer, and is not on its way back."""
    return orders.payout(dossier.order, dossier.refunds)


def doable(dossier: Dossier) -> Doable:
    """What the order's standing allows."""
    order = dossier.order
    alive, held = order.status is not Status.CANCELLED, held_of(dossier)
    unsent = any(line.unsent for line in order.lines)
    sent = any(line.fulfilled for line in order.lines)
    return Doable(
        send=alive and unsent,
        pay=order.due_minor > 0 and not held,
        capture=held > 0,
        give_back=owed_of(dossier) > 0,
        refund=order.total_minor > order.credited_minor or order.due_minor < 0,
        cancel=alive and (unsent or not sent),
        put_away=order.status is Status.OPEN and not unsent,
        take_out=order.status is Status.CLOSED,
    )
