"""Joining a shop by a link: a new account, or the one that somebody has, and then in. Its first owner comes so too."""

from typing import Any

import msgspec
from litestar import Response, get, post

from matjar.core.action import PUBLIC
from matjar.core.ids import mint_token
from matjar.core.refusal import Kind, Refusal
from matjar.core.tx import Actor
from matjar.domain import access
from matjar.domain.access import Invitation, Method, Workplace
from matjar.domain.access.model.accounts import LINK_GONE
from matjar.edge import passwords
from matjar.edge.answers import status_of
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.surfaces.identity import cookies, entering, words
from matjar.surfaces.identity.filling import Filled
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.pages import arriving, errands
from matjar.surfaces.identity.parts import HOUSE, Parts
from matjar.surfaces.identity.seals import Errand


class Door(msgspec.Struct, frozen=True):
    """A link that is good: into which shop, as what."""

    shop: Workplace
    invitation: Invitation
    role: str
    token: str

    @property
    def path(self) -> str:
        """The link itself."""
        return f"/join/{self.shop.handle}/{self.token}"


@get("/join/{handle:str}/{token:str}", action=PUBLIC)
async def show(frame: Frame, parts: Parts, handle: str, token: str) -> Response[Any]:
    """Whereto the link leads, and what it takes to come in."""
    if frame.here is not None and any(each.shop.handle == handle for each in frame.shops):
        return go(arriving.path(handle))
    door = await _find(frame, parts, handle, token)
    values = {"email": door.invitation.email}
    return frame.page("join.html", door=door, filled=Filled(values))


@post("/join/{handle:str}/{token:str}", action=PUBLIC, status_code=303)
async def join(request: Ask, frame: Frame, parts: Parts, handle: str, token: str) -> Response[Any]:
    """Come in: with a new account, or as who is signed in; or sign in first."""
    form = await form_of(request, frame, parts)
    door = await _find(frame, parts, handle, token)
    if form.text("do") == "sign-in":
        return errands.keep(go("/sign-in"), parts, Errand(path=door.path))
    filled = Filled.of(form, "email", "name")
    filled.values["email"] = door.invitation.email or filled.get("email")
    try:
        if frame.here is not None:
            await _accept(request, parts, door, frame.here.actor)
            return go(arriving.path(handle))
        person_id = await _open_account(request, frame, parts, door, form, filled)
        if not person_id:
            return frame.page("join.html", 422, door=door, filled=filled)
        visit = visit_of(request)
        actor = Actor("staff", person_id, visit.address, str(Method.LINK))
        entered = await entering.enter(
            request, frame, parts, person_id=person_id, method=Method.LINK, then=arriving.path(handle)
        )
        await _accept(request, parts, door, actor)
    except Refusal as refusal:
        if refusal.kind in (Kind.AWAY, Kind.BUSY):
            raise
        filled.refuse(refusal, frame.language)
        return frame.page("join.html", status_of(refusal), door=door, filled=filled)
    return cookies.forget(entered, cookies.ERRAND)


async def _find(frame: Frame, parts: Parts, handle: str, token: str) -> Door:
    """The link's other side; refuses ``access.link_gone``."""
    shop = await parts.storage.read(HOUSE, lambda view: access.find_shop(view, handle=handle))
    if shop is None:
        raise LINK_GONE()
    invitation = await parts.storage.read(shop.id, lambda view: access.find_invitation(view, token=token))
    if invitation is None:
        raise LINK_GONE()
    role = await parts.storage.read(shop.id, lambda view: access.load_role(view, role_id=invitation.role_id))
    return Door(shop, invitation, words.role_name(role.id, role.name, frame.language), token)


async def _open_account(
    request: Ask, frame: Frame, parts: Parts, door: Door, form: Form, filled: Filled
) -> int:  # fmt: skip
    """A new person, whose address is confirmed where the invitation went there; 0: something is to be mended first."""
    language, typed = frame.language, form.fields.get("password", "")
    name = filled.hold(language, "name", access.clean_name, form.text("name"))
    email = filled.hold(language, "email", access.fold_email, filled.get("email"))
    password = filled.hold(language, "password", passwords.check, typed, form.text("name"), filled.get("email"))
    if name is None or email is None or password is None:
        return 0
    person_id = await parts.desk(visit_of(request)).submit(access.open_account)(
        of_shop_id=door.shop.id,
        token=door.token,
        email=email,
        name=name,
        language=frame.language,
        password_hash=await parts.passwords.hash(password),
    )
    if not door.invitation.email:
        await _ask_to_confirm(request, parts, person_id, email)
    return person_id


async def _ask_to_confirm(request: Ask, parts: Parts, person_id: int, email: str) -> None:
    visit = visit_of(request)
    actor = Actor("staff", person_id, visit.address, str(Method.LINK))
    await parts.desk(visit, actor).submit(access.ask_email_change)(email=email, token=mint_token())


async def _accept(request: Ask, parts: Parts, door: Door, actor: Actor) -> None:
    await parts.desk(visit_of(request), actor, door.shop.id).submit(access.accept)(token=door.token)
