"""Arriving in a shop: what is left to do before the first working day, and the way on to the back office."""

from typing import Any

from litestar import Response, get

from matjar.domain import access
from matjar.domain.access import OWNER, actions
from matjar.edge.pages import go
from matjar.surfaces.identity.frame import Frame
from matjar.surfaces.identity.guard import Here, There
from matjar.surfaces.identity.parts import Parts


@get("/shops/{handle:str}/welcome", action=actions.SELF_READ)
async def show(frame: Frame, parts: Parts, session: Here, place: There) -> Response[Any]:
    """A passkey, for an owner the printed codes too; and then on. Who has all of it goes on at once."""
    person_id, onward = session.account.id, frame.office(place.shop.handle)
    me = await parts.storage.read(place.shop.id, lambda view: access.load_colleague(view, person_id=person_id))
    prints = place.role.id == OWNER and not me.codes
    if me.passkeys and not prints and onward:
        return go(onward)
    return frame.page("welcome.html", me=me, prints=prints, onward=onward)


def path(handle: str) -> str:
    """Where somebody arrives who has just joined."""
    return f"/shops/{handle}/welcome"
