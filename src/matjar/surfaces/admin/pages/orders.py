"""The list of orders: narrowed, searched, sorted, turned page by page; several sent or printed at once."""

import msgspec
from litestar import Response, get, post
from msgspec.structs import replace

from matjar.core.refusal import Kind, Refusal
from matjar.domain import orders
from matjar.domain.access import actions
from matjar.domain.orders import Order
from matjar.edge.forms import in_latin
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.pages import go, isolated
from matjar.surfaces.admin import books, listing
from matjar.surfaces.admin.listing import Wanted
from matjar.surfaces.admin.pages import cookies
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of, number_of_order
from matjar.surfaces.admin.parts import Parts


@get("/orders", action=actions.ORDERS_READ)
async def show(
    request: Ask, frame: Frame, parts: Parts, session: Session, view: str = "open", q: str = "", sort: str = "newest",
    before: int = 0, after: int = 0,
) -> Response[bytes]:  # fmt: skip
    """One page of the list."""
    wanted = Wanted.of(view, in_latin(q), sort, before, after)
    page = await books.page(parts, parts.desk(visit_of(request), session), wanted)
    return _page(frame, wanted, page)


class Trouble(msgspec.Struct, frozen=True):
    """An order that could not leave, and why."""

    order: Order
    why: str


def _page(frame: Frame, wanted: Wanted, page: listing.Page, troubles: tuple[Trouble, ...] = ()) -> Response[bytes]:
    return frame.page("orders.html", wanted=wanted, page=page, listing=listing, troubles=troubles)


@post("/orders/send", action=actions.ORDERS_FULFIL)
async def send(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """Several orders left, all that is in them; what cannot leave is said, and hinders none of the others."""
    form = await form_of(request, parts)
    desk = parts.desk(visit_of(request), session)
    numbers = tuple(number_of_order(name) for name in form.many("order"))
    found = await books.several(parts, desk, numbers) if numbers else []
    sent: list[Order] = []
    troubles: list[Trouble] = []
    for each in found:
        order = each.dossier.order
        try:
            await desk.submit(orders.fulfil, key=f"{form.text('key')}-{order.number}")(order_id=order.id)
            sent.append(order)
        except Refusal as refusal:
            if refusal.kind is Kind.FAULT:
                raise
            troubles.append(Trouble(order, frame.reader.say(refusal)))
    note(request, parts, subject=" ".join(f"order:{order.number}" for order in sent))
    parts.tallying.forget(frame.shop.id)
    what = Done("several_fulfilled", {"names": frame.reader.list([isolated(order.name) for order in sent])})
    if troubles:
        wanted = Wanted(view="unfulfilled")
        told = replace(frame, done=what if sent else None, tallies=await parts.tallying.of(frame.shop.id))
        return _page(told, wanted, await books.page(parts, desk, wanted), tuple(troubles))
    back = go(frame.url("/orders?view=unfulfilled"))
    return cookies.keep(back, cookies.DONE, what) if sent else back
