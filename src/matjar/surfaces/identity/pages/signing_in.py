"""Signing in: by a passkey, which is all at once; or by a password, and then a code. And out again."""

from typing import Any

from litestar import Response, get, post

from matjar.core.action import PUBLIC
from matjar.core.clock import HOUR
from matjar.core.ids import hash_token, mint_token
from matjar.core.refusal import Kind, Refusal, declare
from matjar.domain import access
from matjar.domain.access import Credentials, Method, actions
from matjar.domain.attempts import Limit
from matjar.edge.answers import status_of
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.edge.passkeys import Ceremony, Used, credential_id
from matjar.edge.sessions import cookie_name
from matjar.surfaces.identity import cookies, entering
from matjar.surfaces.identity.filling import Filled
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.pages import errands
from matjar.surfaces.identity.parts import HOUSE, Parts
from matjar.surfaces.identity.seals import Errand, Half, Seals

WRONG = declare("identity.wrong_password", Kind.FORBIDDEN, "E-mail address or password is not right.")
UNKNOWN = declare("identity.unknown_passkey", Kind.FORBIDDEN, "Nobody here has this passkey. Sign in with a password.")

ANSWERS_PER_ADDRESS = 300
"""Passkeys that are tried from one address in an hour: a whole shop behind one address, and no machine."""


@get("/sign-in", action=PUBLIC)
async def show(frame: Frame, parts: Parts) -> Response[Any]:
    """The page; who is signed in already goes on."""
    if frame.here is not None:
        return go(entering.way_on(frame.errand))
    return await _page(frame, parts, Filled())


@post("/sign-in", action=PUBLIC, status_code=303)
async def try_password(request: Ask, frame: Frame, parts: Parts) -> Response[Any]:
    """A password. Whether the name or the word is wrong, is not said, and takes the same time."""
    form = await form_of(request, frame, parts)
    filled, visit = Filled.of(form, "email"), visit_of(request)
    try:
        credentials = await parts.desk(visit).submit(access.try_password)(
            email=form.text("email"), address=visit.address
        )
        stored = credentials.password_hash if credentials else None
        right = await parts.passwords.verify(stored, form.fields.get("password", ""))
        if not right or credentials is None:
            raise WRONG().at("password")
        await _renew_hash(request, parts, credentials, form)
        return await _ask_second_step(request, parts, credentials, form)
    except Refusal as refusal:
        if refusal.kind in (Kind.AWAY, Kind.BUSY):
            raise
        return await _page(frame, parts, filled.refuse(refusal, frame.language), status_of(refusal))


@post("/sign-in/passkey/options", action=PUBLIC, status_code=200)
async def options(request: Ask, frame: Frame, parts: Parts) -> Response[str]:
    """What the browser asks the device; whose it is, only the answer tells."""
    await form_of(request, frame, parts)
    asked = parts.passkeys.to_sign_in(_ceremony(parts), parts.trust.now())
    return Response(asked, media_type="application/json", headers={"cache-control": "no-store"})


@post("/sign-in/passkey", action=PUBLIC, status_code=303)
async def try_passkey(request: Ask, frame: Frame, parts: Parts) -> Response[Any]:
    """A passkey: both steps at once."""
    form = await form_of(request, frame, parts)
    visit, now = visit_of(request), parts.trust.now()
    limits = (Limit("passkey", f"address:{visit.address}", ANSWERS_PER_ADDRESS, HOUR),)
    try:
        parts.local.check(limits, now)
        parts.local.count(limits, now)
        person_id, used = await _owner_of(parts, form.text("answer"), now)
    except Refusal as refusal:
        if refusal.kind in (Kind.AWAY, Kind.BUSY):
            raise
        return await _page(frame, parts, Filled().refuse(refusal, frame.language), status_of(refusal))
    if used.regressed:
        await entering.note_regressed(request, parts, person_id, form.text("answer"))
    return await entering.enter(
        request, frame, parts, person_id=person_id, method=Method.PASSKEY, passkey_at=now
    )


@post("/sign-out", action=actions.SELF_SIGN_OUT, status_code=303)
async def sign_out(request: Ask, frame: Frame, parts: Parts) -> Response[Any]:
    """Out, here and at once; other places where they are signed in stay."""
    form = await form_of(request, frame, parts)
    if frame.here is not None:
        grant = frame.here.grant
        parts.local.sign_out(grant.sid, grant.ends_at)
        await parts.desk(visit_of(request), frame.here.actor).submit(access.end_session)(sid=grant.sid)
    response = go("/sign-in?done=signed-out")
    if form.text("then"):
        errands.keep(response, parts, Errand(path=entering.own_path(form.text("then"))))
    return cookies.forget(response, cookie_name(parts.trust.surface, HOUSE), cookies.HALF)


async def _page(frame: Frame, parts: Parts, filled: Filled, status: int = 200) -> Response[bytes]:
    shop = None
    if frame.errand and frame.errand.shop:
        handle = frame.errand.shop
        shop = await parts.storage.read(HOUSE, lambda view: access.find_shop(view, handle=handle))
    provider = parts.provider.name if parts.provider else ""
    return frame.page("sign-in.html", status, filled=filled, shop=shop, provider=provider)


async def _renew_hash(request: Ask, parts: Parts, credentials: Credentials, form: Form) -> None:
    """Hash a password that was right as is done today, where it was hashed otherwise."""
    if parts.passwords.is_old(credentials.password_hash):
        anew = await parts.passwords.hash(form.fields.get("password", ""))
        await parts.desk(visit_of(request)).submit(access.renew_hash)(
            person_id=credentials.person_id, before=credentials.password_hash, password_hash=anew
        )


async def _ask_second_step(request: Ask, parts: Parts, credentials: Credentials, form: Form) -> Response[Any]:
    hint = access.hint_of(form.text("email").lower())
    half = Half(credentials.person_id, credentials.has_totp, hint)
    if not half.has_totp:
        await mail_code(request, parts, half.person_id)
    until = parts.trust.now() + cookies.KEPT_MS[cookies.HALF]
    return cookies.keep(go("/sign-in/code"), cookies.HALF, Seals(parts.secret).seal(half, until))


async def mail_code(request: Ask, parts: Parts, person_id: int) -> None:
    """Mail six digits to somebody. Refuses ``attempts.too_many``."""
    code = f"{int.from_bytes(hash_token(mint_token())[:8]) % 1_000_000:06}"
    await parts.desk(visit_of(request)).submit(access.mail_code)(person_id=person_id, code=code)


def _ceremony(parts: Parts) -> Ceremony:
    return Ceremony(parts.address, HOUSE, "sign-in")


async def _owner_of(parts: Parts, answer: str, now: int) -> tuple[int, Used]:
    """Whose passkey has answered, if it is anybody's and right."""
    wanted = credential_id(answer)
    person_id = await parts.storage.read(HOUSE, lambda view: access.find_passkey_owner(view, credential_id=wanted))
    known = await parts.storage.read(HOUSE, lambda view: access.list_passkeys(view, person_id=person_id))
    passkey = next((each for each in known if each.id == wanted), None)
    if passkey is None:
        raise UNKNOWN()
    return person_id, parts.passkeys.check_used(
        _ceremony(parts), answer, passkey.public_key, passkey.sign_count, now
    )
