"""Who works here, and how each could sign in today. Changing it is identity's; whether one may is asked here first."""

from litestar import Response, get

from matjar.domain.access import actions
from matjar.edge.pages import go
from matjar.surfaces.admin.pages.frame import Frame
from matjar.surfaces.admin.pages.home import locked_out
from matjar.surfaces.admin.parts import Parts


@get("/staff", action=actions.STAFF_READ)
async def show(frame: Frame, parts: Parts) -> Response[bytes]:
    """Everybody, with their role and their ways in."""
    access = parts.trust.people.load(frame.shop.id).access
    out = {member.person_id for member in locked_out(access)}
    members = sorted(access.members, key=lambda member: (member.suspended, member.role_id != "owner", member.name))
    roles = {role.id: role for role in access.roles}
    return frame.page("staff.html", members=members, roles=roles, out=out, surface=parts.trust.surface)


@get("/staff/change", action=actions.STAFF_WRITE)
async def change(frame: Frame, parts: Parts) -> Response[bytes]:
    """On to identity, where people are invited, given roles and let go."""
    return go(f"{parts.identity_url}/shops/{frame.shop.handle}/people")
