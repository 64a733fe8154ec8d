"""My passkeys: several, each with a name by which I know the device that it is in."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from litestar import Response, get, post

from matjar.core.refusal import Refusal
from matjar.domain import access
from matjar.domain.access import Passkey, actions
from matjar.domain.access.model.accounts import NO_PASSKEY
from matjar.edge import browsers
from matjar.edge.answers import status_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.edge.passkeys import Ceremony
from matjar.surfaces.identity import entering
from matjar.surfaces.identity.filling import Filled
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.guard import Here
from matjar.surfaces.identity.pages.profile import anew
from matjar.surfaces.identity.parts import HOUSE, Parts

HOME = "/account/passkeys"


@get(HOME, action=actions.SELF_READ)
async def show(frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """All of them."""
    return frame.page("passkeys.html", passkeys=await _list(parts, session), now=parts.trust.now(), key_of=key_of)


@get("/account/passkeys/new", action=actions.SELF_FACTORS)
async def show_new(request: Ask, frame: Frame, then: str = HOME) -> Response[Any]:
    """The page that makes one, and leads on to ``then``."""
    name = browsers.name_of(request.headers.get("user-agent", ""))
    return frame.page("passkey-new.html", filled=Filled({"name": name}), then=entering.own_path(then, HOME))


@post("/account/passkeys/options", action=actions.SELF_FACTORS, status_code=200)
async def options(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[str]:
    """What the browser asks the device."""
    await form_of(request, frame, parts)
    known = [each.id for each in await _list(parts, session)]
    asked = parts.passkeys.to_enrol(_ceremony(parts, session), parts.trust.now(), session.account.email, known)
    return Response(asked, media_type="application/json", headers={"cache-control": "no-store"})


@post("/account/passkeys", action=actions.SELF_FACTORS, status_code=303)
async def add(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """One more. Whoever has just made it, has just proved who they are."""
    form = await form_of(request, frame, parts)
    then = entering.own_path(form.text("then"), HOME)
    try:
        new = parts.passkeys.check_enrolled(_ceremony(parts, session), form.text("answer"), parts.trust.now())
        await parts.desk(visit_of(request), session.actor).submit(access.add_passkey)(
            credential_id=new.id,
            public_key=new.public_key,
            name=form.text("name"),
            sign_count=new.sign_count,
            backed_up=new.backed_up,
        )
    except Refusal as refusal:
        filled = Filled.of(form, "name").refuse(refusal, frame.language)
        return frame.page("passkey-new.html", status_of(refusal), filled=filled, then=then)
    return entering.prove(go(f"{then}?done=passkey"), parts, session.grant)


@post("/account/passkeys/rename", action=actions.SELF_WRITE, status_code=303)
async def rename(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """Call one something else."""
    form = await form_of(request, frame, parts)
    desk = parts.desk(visit_of(request), session.actor)
    await desk.submit(access.rename_passkey)(credential_id=_id_of(form.text("key")), name=form.text("name"))
    return go("/account/passkeys?done=renamed")


@post("/account/passkeys/remove", action=actions.SELF_FACTORS, status_code=303)
async def remove(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """One that was lost: whoever is signed in with it anywhere is not any more."""
    form = await form_of(request, frame, parts)
    desk = parts.desk(visit_of(request), session.actor)
    await desk.submit(access.remove_passkey)(credential_id=_id_of(form.text("key")))
    return await anew(request, frame, parts, session, "/account/passkeys?done=removed")


def key_of(passkey: Passkey) -> str:
    """A passkey's id, as a form carries it."""
    return urlsafe_b64encode(passkey.id).decode()


def _id_of(key: str) -> bytes:
    try:
        return urlsafe_b64decode(key)
    except (binascii.Error, ValueError):
        raise NO_PASSKEY() from None


async def _list(parts: Parts, here: Here) -> list[Passkey]:
    return await parts.storage.read(HOUSE, lambda view: access.list_passkeys(view, person_id=here.account.id))


def _ceremony(parts: Parts, here: Here) -> Ceremony:
    return Ceremony(parts.address, HOUSE, "enrol", here.account.id)
