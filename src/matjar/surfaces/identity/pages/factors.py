"""The second step beside a password: codes from an app (RFC 6238), and ten to write down for when it is lost."""

from typing import Any

import msgspec
import pyotp
import segno
from litestar import Response, get, post

from matjar.core.clock import MINUTE
from matjar.core.ids import hash_token
from matjar.core.limits import PRINTED_CODES
from matjar.core.refusal import Refusal
from matjar.domain import access
from matjar.domain.access import actions
from matjar.edge import codes
from matjar.edge.answers import status_of
from matjar.edge.forms import in_latin
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.surfaces.identity.filling import Filled
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.guard import Here
from matjar.surfaces.identity.parts import Parts
from matjar.surfaces.identity.seals import Seals

_SET_UP_MS = 30 * MINUTE


class NewSecret(msgspec.Struct, frozen=True):
    """What an app is to be told, before it has shown that it was."""

    secret: str
    person_id: int


@get("/account/second-step", action=actions.SELF_READ)
async def show(frame: Frame) -> Response[Any]:
    """What stands beside the password."""
    return frame.page("second-step.html")


@get("/account/second-step/app", action=actions.SELF_FACTORS)
async def show_app(frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """A picture for the app, and the same as letters."""
    return _app_page(frame, parts, session, NewSecret(pyotp.random_base32(), session.account.id), Filled())


@post("/account/second-step/app", action=actions.SELF_FACTORS, status_code=303)
async def set_app(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """The app shows a code that is right: from now on it is asked."""
    form = await form_of(request, frame, parts)
    new = Seals(parts.secret).open(form.text("sealed"), NewSecret, parts.trust.now())
    if new is None or new.person_id != session.account.id:
        return go("/account/second-step/app")
    code, sealed = "".join(in_latin(form.text("code")).split()), parts.vault.seal(new.secret, new.person_id)
    set_totp = parts.desk(visit_of(request), session.actor).submit(access.set_totp)
    try:
        await set_totp(secret=new.secret, sealed=sealed, code=code)
    except Refusal as refusal:
        filled = Filled().refuse(refusal, frame.language, "code")
        return _app_page(frame, parts, session, new, filled, status_of(refusal))
    return go("/account/second-step?done=totp")


@post("/account/second-step/app/remove", action=actions.SELF_FACTORS, status_code=303)
async def drop_app(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """No codes any more; a letter with a code takes their place."""
    await form_of(request, frame, parts)
    await parts.desk(visit_of(request), session.actor).submit(access.drop_totp)()
    return go("/account/second-step?done=totp-off")


@post("/account/second-step/recovery", action=actions.SELF_FACTORS, status_code=200)
async def make_recovery_codes(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """Ten codes, shown this once."""
    await form_of(request, frame, parts)
    made = [codes.mint() for _ in range(PRINTED_CODES)]
    hashes = tuple(hash_token(code) for code in made)
    await parts.desk(visit_of(request), session.actor).submit(access.make_recovery_codes)(hashes=hashes)
    return frame.page("recovery-codes.html", codes=[codes.grouped(code) for code in made], now=parts.trust.now())


def _app_page(
    frame: Frame, parts: Parts, here: Here, new: NewSecret, filled: Filled, status: int = 200
) -> Response[bytes]:
    address = pyotp.TOTP(new.secret).provisioning_uri(name=here.account.email, issuer_name="Matjar")
    picture = segno.make(address, error="m").svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True)
    letters = " ".join(new.secret[at : at + 4] for at in range(0, len(new.secret), 4))
    sealed = Seals(parts.secret).seal(new, parts.trust.now() + _SET_UP_MS)
    return frame.page("app.html", status, picture=picture, letters=letters, sealed=sealed, filled=filled)
