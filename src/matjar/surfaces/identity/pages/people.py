"""The people of a shop: who works here, who is invited, and who would be locked out today."""

from typing import Any

from litestar import Response, get, post

from matjar.core.ids import mint_token
from matjar.core.refusal import Kind, Refusal
from matjar.core.tx import Reading
from matjar.domain import access
from matjar.domain.access import Colleague, Role, actions
from matjar.domain.access.model.staff import NOT_A_MEMBER
from matjar.edge.answers import status_of
from matjar.edge.forms import number_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.surfaces.identity.filling import Filled
from matjar.surfaces.identity.frame import LANGUAGES, Frame, form_of
from matjar.surfaces.identity.guard import Here, There
from matjar.surfaces.identity.parts import Parts


@get("/shops/{handle:str}/people", action=actions.STAFF_READ)
async def show(frame: Frame, parts: Parts, place: There) -> Response[Any]:
    """Everybody, and the invitations that wait."""

    def question(view: Reading) -> tuple[list[Colleague], list[access.Invitation], list[Role]]:
        return access.list_colleagues(view), access.list_invitations(view), access.list_roles(view)

    colleagues, invitations, roles = await parts.storage.read(place.shop.id, question)
    locked_out = [each for each in colleagues if not each.suspended_at and not each.passkeys and not each.codes]
    return frame.page(
        "people.html", colleagues=colleagues, invitations=invitations, roles={role.id: role for role in roles},
        locked_out=locked_out, now=parts.trust.now(),
    )  # fmt: skip


@get("/shops/{handle:str}/people/invite", action=actions.STAFF_WRITE)
async def show_invite(frame: Frame, parts: Parts, place: There) -> Response[Any]:
    """The page for an invitation."""
    return await _invite_page(frame, parts, place, Filled({"language": place.shop.language}))


@post("/shops/{handle:str}/people/invite", action=actions.STAFF_WRITE, status_code=303)
async def invite(request: Ask, frame: Frame, parts: Parts, session: Here, place: There) -> Response[Any]:
    """Mail somebody a link."""
    form = await form_of(request, frame, parts)
    language = form.text("language")
    try:
        await parts.desk(visit_of(request), session.actor, place.shop.id).submit(access.invite)(
            email=form.text("email"),
            role_id=form.text("role"),
            token=mint_token(),
            language=language if language in LANGUAGES else frame.language,
        )
    except Refusal as refusal:
        if refusal.kind in (Kind.AWAY, Kind.BUSY):
            raise
        filled = Filled.of(form, "email", "role", "language").refuse(refusal, frame.language, "email")
        return await _invite_page(frame, parts, place, filled, status_of(refusal))
    return go(f"{frame.url('/people')}?done=invited")


@post("/shops/{handle:str}/people/withdraw", action=actions.STAFF_WRITE, status_code=303)
async def withdraw(request: Ask, frame: Frame, parts: Parts, session: Here, place: There) -> Response[Any]:
    """An invitation that opens nothing any more."""
    form = await form_of(request, frame, parts)
    desk = parts.desk(visit_of(request), session.actor, place.shop.id)
    await desk.submit(access.withdraw_invitation)(invitation_id=number_of(form.text("invitation")))
    return go(f"{frame.url('/people')}?done=withdrawn")


@get("/shops/{handle:str}/people/{person:int}", action=actions.STAFF_READ)
async def show_person(frame: Frame, parts: Parts, place: There, person: int) -> Response[Any]:
    """One of them, and what can be done about them."""
    return await _person_page(frame, parts, place, person, Filled())


@post("/shops/{handle:str}/people/{person:int}", action=actions.STAFF_WRITE, status_code=303)
async def change(
    request: Ask, frame: Frame, parts: Parts, session: Here, place: There, person: int
) -> Response[Any]:  # fmt: skip
    """Another role; out for now, in again, or out for good."""
    form = await form_of(request, frame, parts)
    desk = parts.desk(visit_of(request), session.actor, place.shop.id)
    here = frame.url(f"/people/{person}")
    try:
        match form.text("do"):
            case "role":
                await desk.submit(access.give_role)(person_id=person, role_id=form.text("role"))
                return go(f"{here}?done=saved")
            case "suspend":
                await desk.submit(access.suspend)(person_id=person)
                return go(f"{here}?done=suspended")
            case "resume":
                await desk.submit(access.resume)(person_id=person)
                return go(f"{here}?done=resumed")
            case "sign-out":
                await desk.submit(access.sign_out_member)(person_id=person)
                return go(f"{here}?done=ended")
            case "remove":
                await desk.submit(access.remove)(person_id=person)
                return go(f"{frame.url('/people')}?done=removed")
            case _:
                return go(here)
    except Refusal as refusal:
        return await _person_page(
            frame, parts, place, person, Filled().refuse(refusal, frame.language), status_of(refusal)
        )


@get("/shops/{handle:str}/people/{person:int}/owner", action=actions.SHOP_TRANSFER)
async def show_hand_over(frame: Frame, parts: Parts, place: There, person: int) -> Response[Any]:
    """What it means to hand the shop over."""
    colleague = await parts.storage.read(place.shop.id, lambda view: access.load_colleague(view, person_id=person))
    return frame.page("hand-over.html", person=colleague)


@post("/shops/{handle:str}/people/{person:int}/owner", action=actions.SHOP_TRANSFER, status_code=303)
async def hand_over(
    request: Ask, frame: Frame, parts: Parts, session: Here, place: There, person: int
) -> Response[Any]:  # fmt: skip
    """Somebody else owns the shop from now on."""
    await form_of(request, frame, parts)
    desk = parts.desk(visit_of(request), session.actor, place.shop.id)
    await desk.submit(access.hand_over)(person_id=person)
    return go(f"{frame.url('/people')}?done=handed")


async def _invite_page(
    frame: Frame, parts: Parts, place: There, filled: Filled, status: int = 200
) -> Response[bytes]:  # fmt: skip
    roles = await parts.storage.read(place.shop.id, access.list_roles)
    return frame.page("invite.html", status, roles=_within_reach(place, roles), filled=filled)


async def _person_page(
    frame: Frame, parts: Parts, place: There, person: int, filled: Filled, status: int = 200
) -> Response[bytes]:
    def question(view: Reading) -> tuple[Colleague | None, list[Role]]:
        colleagues = {each.person_id: each for each in access.list_colleagues(view)}
        return colleagues.get(person), access.list_roles(view)

    colleague, roles = await parts.storage.read(place.shop.id, question)
    if colleague is None:
        raise NOT_A_MEMBER()
    return frame.page(
        "person.html", status, person=colleague, roles=_within_reach(place, roles),
        role=next(role for role in roles if role.id == colleague.role_id), filled=filled, now=parts.trust.now(),
    )  # fmt: skip


def _within_reach(place: There, roles: list[Role]) -> list[Role]:
    """The roles that the reader may give."""
    return [role for role in roles if access.may_grant(place.role, role)]
