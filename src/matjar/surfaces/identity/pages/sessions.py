"""Where I am signed in, and out of which of these I want to be."""

from typing import Any

from litestar import Response, get, post

from matjar.domain import access
from matjar.domain.access import actions
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.edge.sessions import cookie_name
from matjar.surfaces.identity import cookies
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.guard import Here
from matjar.surfaces.identity.parts import HOUSE, Parts


@get("/account/sessions", action=actions.SELF_READ)
async def show(frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """All places, this one first."""
    person_id, sid = session.account.id, session.grant.sid
    found = await parts.storage.read(HOUSE, lambda view: access.list_sessions(view, person_id=person_id))
    shops = {each.shop.id: each.shop.name_in(frame.language) for each in session.shops}
    ordered = sorted(found, key=lambda each: each.sid != sid)
    return frame.page("sessions.html", sessions=ordered, shop_names=shops, now=parts.trust.now())


@post("/account/sessions/end", action=actions.SELF_WRITE, status_code=303)
async def end(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """Out of one place; every surface hears of it within a minute or two."""
    form = await form_of(request, frame, parts)
    await parts.desk(visit_of(request), session.actor).submit(access.end_session)(sid=form.text("sid"))
    return go("/account/sessions?done=ended")


@post("/account/sessions/end-all", action=actions.SELF_WRITE, status_code=303)
async def end_all(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """Out of everywhere, here too."""
    await form_of(request, frame, parts)
    await parts.desk(visit_of(request), session.actor).submit(access.end_all_sessions)()
    return cookies.forget(go("/sign-in?done=signed-out"), cookie_name(parts.trust.surface, HOUSE))
