"""Who works here, and how each could sign in today. Changing it is identity's, and whether one may is asked there."""

from litestar import Response, get

from matjar.domain.access import actions
from matjar.edge.pages import go
from matjar.surfaces.admin.identity import AWAY
from matjar.surfaces.admin.pages.frame import Frame
from matjar.surfaces.admin.pages.home import locked_out
from matjar.surfaces.admin.parts import Parts

PLACES = {"people": "people", "invite": "people/invite", "roles": "roles", "codes": "codes"}
"""Where each is done, in identity's addresses below the shop's."""


@get("/staff", action=actions.STAFF_READ)
async def show(frame: Frame, parts: Parts) -> Response[bytes]:
    """Everybody, with their role and their ways in."""
    access = parts.trust.people.load(frame.shop.id).access
    out = {member.person_id for member in locked_out(access)}
    members = sorted(access.members, key=lambda member: (member.suspended, member.role_id != "owner", member.name))
    roles = {role.id: role for role in access.roles}
    return frame.page("staff.html", members=members, roles=roles, out=out, surface=parts.trust.surface)


@get("/staff/change", action=actions.STAFF_READ)
async def change(frame: Frame, parts: Parts, to: str = "people", person: int = 0) -> Response[bytes]:
    """On to identity, where people are invited, given roles and let go; refuses ``admin.identity_away``."""
    if not await parts.identity.answers():
        raise AWAY()
    place = f"people/{person}" if person else PLACES.get(to, "people")
    return go(f"{parts.identity.url}/shops/{frame.shop.handle}/{place}")
