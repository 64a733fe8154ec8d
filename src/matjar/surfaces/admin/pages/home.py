"""Home: what wants doing today, what came in last, what works, and who could not get in if identity were away."""

import msgspec
from litestar import Response, get

from matjar.core.clock import DAY
from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import orders
from matjar.domain.access import OWNER, Access, Class, Member, actions, holds
from matjar.domain.orders import Filter, Order
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.surfaces.admin import books, listing
from matjar.surfaces.admin.pages.frame import Frame
from matjar.surfaces.admin.parts import Parts

LATEST = 8


class Today(msgspec.Struct, frozen=True):
    """How the last day went, and the latest orders."""

    placed: int
    latest: tuple[Order, ...]


@get("/", action=actions.HOME_READ)
async def show(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """The page that people begin their day with."""
    access = parts.trust.people.load(frame.shop.id).access
    out = locked_out(access)
    return frame.page(
        "home.html",
        today=await _today(request, parts, session),
        listing=listing,
        locked_out=out,
        mine=any(member.person_id == session.member.person_id for member in out),
        alone=only_owner(access),
    )


@get("/menu", action=actions.HOME_READ)
async def menu(frame: Frame) -> Response[bytes]:
    """All that the menu has, on a page of its own: for telephones, and for who has no script."""
    return frame.page("menu.html")


def locked_out(access: Access) -> list[Member]:
    """Who could not sign in today if identity were away: no passkey, and no printed code for here."""
    roles = {role.id: role for role in access.roles}
    works_here = [action for action in actions.ALL if action.class_ is Class.C3 and action.permission]
    return [
        member
        for member in access.members
        if not member.suspended
        and not member.passkeys
        and not any(code.surface == "admin" for code in member.codes)
        and (role := roles.get(member.role_id)) is not None
        and any(holds(role, action) for action in works_here)
    ]


def only_owner(access: Access) -> bool:
    """Whether all power hangs on one person."""
    return sum(member.role_id == OWNER and not member.suspended for member in access.members) < 2


async def _today(request: Ask, parts: Parts, session: Session) -> Today | None:
    """What came in lately; None while the database is away."""

    def load(view: Reading) -> Today:
        last_day = Filter(created_from=view.now - DAY)
        return Today(orders.count(view, matching=last_day), tuple(orders.list_latest(view, most=LATEST)))

    try:
        return await parts.desk(visit_of(request), session).read(load)
    except Refusal as refusal:
        if refusal.kind not in books.GONE:
            raise
        parts.tallying.lose()
        return None
