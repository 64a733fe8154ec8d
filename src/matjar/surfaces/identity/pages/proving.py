"""Showing once more that it is you, before something that changes who holds power, or after half an hour away."""

from typing import Any

from litestar import Response, get, post

from matjar.core.refusal import Refusal
from matjar.domain import access
from matjar.domain.access import actions
from matjar.edge.answers import status_of
from matjar.edge.framework import Ask
from matjar.edge.pages import go
from matjar.edge.passkeys import Ceremony, Used, credential_id
from matjar.surfaces.identity import entering
from matjar.surfaces.identity.filling import Filled
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.guard import Here
from matjar.surfaces.identity.pages.signing_in import UNKNOWN
from matjar.surfaces.identity.parts import HOUSE, Parts


@get("/prove", action=actions.SELF_READ)
async def show(frame: Frame, session: Here, then: str = "") -> Response[Any]:
    """The page that asks. Who has no passkey signs in anew instead."""
    has_passkey = bool(session.account.passkeys)
    return frame.page("prove.html", then=entering.own_path(then), has_passkey=has_passkey, filled=Filled())


@post("/prove/options", action=actions.SELF_READ, status_code=200)
async def options(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[str]:
    """What the browser asks the device: one of the person's own keys."""
    await form_of(request, frame, parts)
    person_id = session.account.id
    known = await parts.storage.read(HOUSE, lambda view: access.list_passkeys(view, person_id=person_id))
    asked = parts.passkeys.to_sign_in(_ceremony(parts, session), parts.trust.now(), [each.id for each in known])
    return Response(asked, media_type="application/json", headers={"cache-control": "no-store"})


@post("/prove", action=actions.SELF_READ, status_code=303)
async def prove(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """The passkey has answered: the session goes on, proven."""
    form = await form_of(request, frame, parts)
    then = entering.own_path(form.text("then"))
    try:
        used = await _check(parts, session, form.text("answer"))
    except Refusal as refusal:
        filled = Filled().refuse(refusal, frame.language)
        return frame.page("prove.html", status_of(refusal), then=then, has_passkey=True, filled=filled)
    if used.regressed:
        await entering.note_regressed(request, parts, session.account.id, form.text("answer"))
    return entering.prove(go(then), parts, session.grant)


async def _check(parts: Parts, here: Here, answer: str) -> Used:
    wanted, person_id = credential_id(answer), here.account.id
    known = await parts.storage.read(HOUSE, lambda view: access.list_passkeys(view, person_id=person_id))
    passkey = next((each for each in known if each.id == wanted), None)
    if passkey is None:
        raise UNKNOWN()
    now = parts.trust.now()
    return parts.passkeys.check_used(_ceremony(parts, here), answer, passkey.public_key, passkey.sign_count, now)


def _ceremony(parts: Parts, here: Here) -> Ceremony:
    return Ceremony(parts.address, HOUSE, "proof", here.account.id)

