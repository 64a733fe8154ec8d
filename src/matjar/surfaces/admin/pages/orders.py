"""The list of orders: narrowed, searched, sorted, turned page by page; several sent or printed at once."""

from litestar import Response, get, post

from matjar.core.refusal import Kind, Refusal, translate
from matjar.domain import orders
from matjar.domain.access import actions
from matjar.domain.orders import Order
from matjar.edge.forms import in_latin
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.languages import catalogue
from matjar.edge.pages import go
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


def _page(frame: Frame, wanted: Wanted, page: listing.Page, troubles: tuple[str, ...] = ()) -> Response[bytes]:
    return frame.page("orders.html", wanted=wanted, page=page, listing=listing, troubles=troubles)


@post("/orders/send", action=actions.ORDERS_FULFIL)
async def send(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """Several orders left, all that is in them; what cannot leave is said, and hinders none of the others."""
    form = await form_of(request, parts)
    desk = parts.desk(visit_of(request), session)
    numbers = tuple(number_of_order(name) for name in form.many("order"))
    found = await books.several(parts, desk, numbers) if numbers else []
    sent: list[Order] = []
    troubles = []
    for each in found:
        order = each.dossier.order
        try:
            await desk.submit(orders.fulfil, key=f"{form.text('key')}-{order.number}")(order_id=order.id)
            sent.append(order)
        except Refusal as refusal:
            if refusal.kind is Kind.FAULT:
                raise
            troubles.append(f"{order.name}: {translate(refusal, catalogue(frame.language).gettext)}")
    note(request, parts, subject=" ".join(f"order:{order.number}" for order in sent))
    parts.tallying.forget(frame.shop.id)
    if troubles:
        wanted = Wanted(view="unfulfilled")
        return _page(frame, wanted, await books.page(parts, desk, wanted), tuple(troubles))
    back = go(frame.url("/orders?view=unfulfilled"))
    what = Done("several_fulfilled", {"count": str(len(sent))})
    return cookies.keep(back, cookies.DONE, what) if sent else back
