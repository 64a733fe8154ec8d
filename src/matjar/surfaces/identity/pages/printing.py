"""Emergency codes: ten on a sheet of paper, each for one surface, for the day when nothing else lets its owner in."""

from typing import Any

from litestar import Response, get, post

from matjar.core.ids import hash_token
from matjar.core.limits import PRINTED_CODES
from matjar.domain import access
from matjar.domain.access import Code, actions
from matjar.edge import codes
from matjar.edge.framework import Ask, visit_of
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.guard import Here, There
from matjar.surfaces.identity.pages import arriving
from matjar.surfaces.identity.parts import Parts

SURFACES = ("admin",) * PRINTED_CODES
"""What the codes of a sheet are for, in order: surfaces that there are."""


@get("/shops/{handle:str}/codes", action=actions.SELF_READ)
async def show(frame: Frame, parts: Parts, session: Here, place: There) -> Response[Any]:
    """How many of mine are left, and the way to new ones."""
    person_id = session.account.id
    me = await parts.storage.read(place.shop.id, lambda view: access.load_colleague(view, person_id=person_id))
    return frame.page("codes.html", left=me.codes)


@post("/shops/{handle:str}/codes", action=actions.SELF_FACTORS, status_code=200)
async def print_codes(request: Ask, frame: Frame, parts: Parts, session: Here, place: There) -> Response[Any]:
    """Ten new ones, shown this once, to be printed; earlier ones open nothing any more."""
    form = await form_of(request, frame, parts)
    made = [(surface, codes.mint()) for surface in SURFACES]
    kept = tuple(Code(hash_token(code), surface) for surface, code in made)
    await parts.desk(visit_of(request), session.actor, place.shop.id).submit(access.print_codes)(codes=kept)
    sheet = [
        (surface, parts.surfaces.get(surface, ""), [codes.grouped(code) for of, code in made if of == surface])
        for surface in dict.fromkeys(SURFACES)
    ]
    onward = frame.office(place.shop.handle) if form.text("then") == arriving.path(place.shop.handle) else ""
    return frame.page("sheet.html", sheet=sheet, now=parts.trust.now(), onward=onward)
