"""The roles of a shop: those that every shop has, and its own."""

from typing import Any

from litestar import Response, get, post

from matjar.core.refusal import Kind, Refusal
from matjar.domain import access
from matjar.domain.access import actions
from matjar.edge.answers import status_of
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.surfaces.identity import permissions
from matjar.surfaces.identity.filling import Filled
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.guard import Here, There
from matjar.surfaces.identity.parts import Parts


@get("/shops/{handle:str}/roles", action=actions.STAFF_READ)
async def show(frame: Frame, parts: Parts, place: There) -> Response[Any]:
    """All of them, and what each may."""
    roles = await parts.storage.read(place.shop.id, access.list_roles)
    return frame.page("roles.html", roles=roles, groups=permissions.GROUPS, names=permissions.NAMES)


@get("/shops/{handle:str}/roles/new", action=actions.ROLES_WRITE)
async def show_new(frame: Frame, place: There) -> Response[Any]:
    """The page for a new one."""
    return _page(frame, place, "", frozenset(), Filled())


@post("/shops/{handle:str}/roles/new", action=actions.ROLES_WRITE, status_code=303)
async def make(request: Ask, frame: Frame, parts: Parts, session: Here, place: There) -> Response[Any]:
    """A new one."""
    form = await form_of(request, frame, parts)
    return await _save(request, frame, parts, session, place, "", form)


@get("/shops/{handle:str}/roles/{role:str}", action=actions.ROLES_WRITE)
async def show_one(frame: Frame, parts: Parts, place: There, role: str) -> Response[Any]:
    """One of the shop's own, to be changed."""
    found = await parts.storage.read(place.shop.id, lambda view: access.load_role(view, role_id=role))
    return _page(frame, place, role, frozenset(found.permissions), Filled({"name": found.name}))


@post("/shops/{handle:str}/roles/{role:str}", action=actions.ROLES_WRITE, status_code=303)
async def change(request: Ask, frame: Frame, parts: Parts, session: Here, place: There, role: str) -> Response[Any]:
    """Another name, other permissions; or away with it."""
    form = await form_of(request, frame, parts)
    return await _save(request, frame, parts, session, place, role, form)


async def _save(
    request: Ask, frame: Frame, parts: Parts, here: Here, place: There, role_id: str, form: Form
) -> Response[Any]:
    desk, chosen = parts.desk(visit_of(request), here.actor, place.shop.id), form.many("permissions")
    name = form.text("name")
    try:
        if not role_id:
            await desk.submit(access.make_role)(name=name, permissions=chosen)
        elif form.text("do") == "remove":
            await desk.submit(access.remove_role)(role_id=role_id)
        else:
            await desk.submit(access.change_role)(role_id=role_id, name=name, permissions=chosen)
    except Refusal as refusal:
        if refusal.kind in (Kind.AWAY, Kind.BUSY):
            raise
        filled = Filled({"name": name}).refuse(refusal, frame.language)
        return _page(frame, place, role_id, frozenset(chosen), filled, status_of(refusal))
    return go(f"{frame.url('/roles')}?done={'removed' if form.text('do') == 'remove' else 'saved'}")


def _page(
    frame: Frame, place: There, role_id: str, chosen: frozenset[str], filled: Filled, status: int = 200
) -> Response[bytes]:
    offered = permissions.within_reach(place.role)
    return frame.page(
        "role.html", status, role_id=role_id, chosen=chosen, groups=offered, names=permissions.NAMES, filled=filled
    )
