"""The second step of signing in by password: a code from the person's app or from their mail; or everything is lost."""

from typing import Any

from litestar import Response, get, post

from matjar.core.action import PUBLIC
from matjar.core.ids import hash_token
from matjar.core.refusal import Kind, Refusal
from matjar.domain import access
from matjar.domain.access import Method
from matjar.edge import codes
from matjar.edge.answers import status_of
from matjar.edge.forms import Form, in_latin
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.storage.desk import Desk
from matjar.surfaces.identity import cookies, entering
from matjar.surfaces.identity.filling import Filled
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.pages.signing_in import mail_code
from matjar.surfaces.identity.parts import Parts
from matjar.surfaces.identity.seals import Half, Seals


@get("/sign-in/code", action=PUBLIC)
async def show(request: Ask, frame: Frame, parts: Parts) -> Response[Any]:
    """The page that asks for a code."""
    half = _half(request, parts)
    return frame.page("code.html", half=half, filled=Filled()) if half else go("/sign-in")


@post("/sign-in/code", action=PUBLIC, status_code=303)
async def prove(request: Ask, frame: Frame, parts: Parts) -> Response[Any]:
    """A code: from the app, from the mail, or one that was written down."""
    form, half = await form_of(request, frame, parts), _half(request, parts)
    if half is None:
        return go("/sign-in")
    try:
        if form.text("do") == "again":
            await mail_code(request, parts, half.person_id)
            return go("/sign-in/code?done=sent-code")
        method = await _prove(request, parts, half, form)
    except Refusal as refusal:
        if refusal.kind in (Kind.AWAY, Kind.BUSY):
            raise
        field = "recovery" if form.text("recovery") else "code"
        filled = Filled.of(form, "recovery").refuse(refusal.at(field), frame.language)
        return frame.page("code.html", status_of(refusal), half=half, filled=filled)
    return await entering.enter(request, frame, parts, person_id=half.person_id, method=method)


@get("/sign-in/lost", action=PUBLIC)
async def show_lost(request: Ask, frame: Frame, parts: Parts) -> Response[Any]:
    """What somebody can do who has lost app, passkeys and codes, and still knows their password."""
    half = _half(request, parts)
    if half is None:
        return go("/sign-in")
    account = await parts.desk(visit_of(request)).read(
        lambda view: access.load_account(view, person_id=half.person_id)
    )
    return _lost_page(frame, parts, half, account.recovery_due_at, Filled())


@post("/sign-in/lost", action=PUBLIC, status_code=303)
async def recover(request: Ask, frame: Frame, parts: Parts) -> Response[Any]:
    """Begin to wait; and once the wait is over, start anew by a code from the mail."""
    form, half = await form_of(request, frame, parts), _half(request, parts)
    if half is None:
        return go("/sign-in")
    desk = parts.desk(visit_of(request))
    due_at = await desk.submit(access.ask_recovery)(person_id=half.person_id)
    try:
        match form.text("do"):
            case "code":
                await mail_code(request, parts, half.person_id)
            case "finish":
                await desk.submit(access.finish_recovery)(person_id=half.person_id, code=_digits(form, "code"))
                return await entering.enter(
                    request, frame, parts, person_id=half.person_id, method=Method.EMAIL_CODE,
                    then="/account/passkeys?done=started-anew",
                )  # fmt: skip
            case _:
                pass
    except Refusal as refusal:
        filled = Filled().refuse(refusal, frame.language, "code")
        return _lost_page(frame, parts, half, due_at, filled, status_of(refusal))
    return go("/sign-in/lost")


def _lost_page(
    frame: Frame, parts: Parts, half: Half, due_at: int | None, filled: Filled, status: int = 200
) -> Response[bytes]:
    return frame.page("lost.html", status, half=half, due_at=due_at, now=parts.trust.now(), filled=filled)


async def _prove(request: Ask, parts: Parts, half: Half, form: Form) -> Method:
    """Refuses ``access.wrong_code`` and ``attempts.too_many``."""
    desk, person_id = parts.desk(visit_of(request)), half.person_id
    if form.text("recovery"):
        code_hash = hash_token(codes.fold(form.text("recovery")))
        await desk.submit(access.prove_recovery_code)(person_id=person_id, code_hash=code_hash)
        return Method.PASSWORD
    if half.has_totp:
        await _prove_totp(parts, desk, person_id, _digits(form, "code"))
        return Method.PASSWORD
    await desk.submit(access.prove_mailed_code)(person_id=person_id, code=_digits(form, "code"))
    return Method.EMAIL_CODE


async def _prove_totp(parts: Parts, desk: Desk, person_id: int, code: str) -> None:
    """Refuses ``identity.code_unreadable`` where the key is gone that the person's secret was sealed with."""
    stored = await desk.read(lambda view: access.find_totp(view, person_id=person_id))
    secret = parts.vault.open(stored, person_id)
    sealed = stored if parts.vault.is_sealed(stored) else parts.vault.seal(secret, person_id)
    await desk.submit(access.prove_totp)(
        person_id=person_id, secret=secret, stored=stored, sealed=sealed, code=code
    )


def _digits(form: Form, name: str) -> str:
    """Six digits, however they were typed: ``123 456``, or in Arabic script."""
    return "".join(in_latin(form.text(name)).split()).replace("-", "")[:12]


def _half(request: Ask, parts: Parts) -> Half | None:
    return Seals(parts.secret).open(cookies.read(request, cookies.HALF), Half, parts.trust.now())
