"""My account: what I am called, where letters reach me, my password, and the way out for good."""

from typing import Any

from litestar import Response, get, post

from matjar.core.action import PUBLIC
from matjar.core.ids import mint_token
from matjar.core.refusal import Kind, Refusal
from matjar.domain import access
from matjar.domain.access import Method, actions
from matjar.edge import passwords
from matjar.edge.answers import status_of
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.edge.sessions import cookie_name
from matjar.surfaces.identity import cookies, entering, words
from matjar.surfaces.identity.filling import Filled
from matjar.surfaces.identity.frame import LANGUAGES, Frame, form_of
from matjar.surfaces.identity.guard import Here
from matjar.surfaces.identity.pages.signing_in import WRONG
from matjar.surfaces.identity.parts import HOUSE, Parts


@get("/", action=PUBLIC)
async def home(frame: Frame) -> Response[Any]:
    """There is nothing here but one's own account."""
    return go(entering.HOME if frame.here else "/sign-in")


@get("/account", action=actions.SELF_READ)
async def show(frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """Who I am, and where I work."""
    return await _page(frame, parts, session, Filled({"name": session.account.name}))


@post("/account", action=actions.SELF_WRITE, status_code=303)
async def describe(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """Another name, or another language."""
    form = await form_of(request, frame, parts)
    language = form.text("language") if form.text("language") in LANGUAGES else session.account.language
    try:
        desk = parts.desk(visit_of(request), session.actor)
        await desk.submit(access.describe_me)(name=form.text("name"), language=language)
    except Refusal as refusal:
        return await _page(frame, parts, session, Filled.of(form, "name").refuse(refusal, frame.language, "name"))
    return cookies.keep(go("/account?done=saved"), cookies.LANGUAGE, language)


@get("/account/email", action=actions.SELF_FACTORS)
async def show_email(frame: Frame) -> Response[Any]:
    """The page for another address."""
    return frame.page("email.html", filled=Filled())


@post("/account/email", action=actions.SELF_FACTORS, status_code=303)
async def change_email(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """A letter to the new address; the old one is told."""
    form = await form_of(request, frame, parts)
    try:
        desk = parts.desk(visit_of(request), session.actor)
        await desk.submit(access.ask_email_change)(email=form.text("email"), token=mint_token())
    except Refusal as refusal:
        filled = Filled.of(form, "email").refuse(refusal, frame.language, "email")
        return frame.page("email.html", status_of(refusal), filled=filled)
    return go("/account?done=sent")


@post("/account/email/confirm", action=actions.SELF_WRITE, status_code=303)
async def confirm_email(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """Another letter to the address that is not confirmed yet."""
    await form_of(request, frame, parts)
    desk = parts.desk(visit_of(request), session.actor)
    await desk.submit(access.ask_email_change)(email=session.account.email, token=mint_token())
    return go("/account?done=sent")


@get("/account/password", action=actions.SELF_FACTORS)
async def show_password(frame: Frame) -> Response[Any]:
    """The page for another password."""
    return frame.page("password.html", filled=Filled())


@post("/account/password", action=actions.SELF_FACTORS, status_code=303)
async def change_password(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """Another password: every other browser is signed out, and this one signed in anew."""
    form = await form_of(request, frame, parts)
    account, filled, typed = session.account, Filled(), form.fields.get("password", "")
    password = filled.hold(frame.language, "password", passwords.check, typed, account.name, account.email)
    try:
        await _check_present(request, parts, session, form)
    except Refusal as refusal:
        if refusal.kind in (Kind.AWAY, Kind.BUSY):
            raise
        filled.refuse(refusal, frame.language)
    if password is None or filled.errors or filled.trouble:
        return frame.page("password.html", 422, filled=filled)
    hashed = await parts.passwords.hash(password)
    await parts.desk(visit_of(request), session.actor).submit(access.change_password)(password_hash=hashed)
    return await anew(request, frame, parts, session, "/account?done=password")


@post("/account/recovery/refuse", action=actions.SELF_WRITE, status_code=303)
async def refuse_recovery(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """I have lost nothing."""
    await form_of(request, frame, parts)
    await parts.desk(visit_of(request), session.actor).submit(access.cancel_recovery)()
    return go("/account?done=kept")


@post("/account/leave", action=actions.SELF_WRITE, status_code=303)
async def leave(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """I work in that shop no more."""
    form = await form_of(request, frame, parts)
    shop = next((each.shop for each in session.shops if each.shop.handle == form.text("shop")), None)
    if shop is not None:
        await parts.desk(visit_of(request), session.actor, shop.id).submit(access.leave)()
    return go("/account?done=left")


@get("/account/forget", action=actions.SELF_FACTORS)
async def show_forget(frame: Frame) -> Response[Any]:
    """What it means to go for good."""
    return frame.page("forget.html")


@post("/account/forget", action=actions.SELF_FACTORS, status_code=303)
async def forget(request: Ask, frame: Frame, parts: Parts, session: Here) -> Response[Any]:
    """Go for good."""
    await form_of(request, frame, parts)
    await parts.desk(visit_of(request), session.actor).submit(access.forget_me)()
    return cookies.forget(go("/sign-in?done=signed-out"), cookie_name(parts.trust.surface, HOUSE))


async def anew(request: Ask, frame: Frame, parts: Parts, here: Here, then: str) -> Response[Any]:
    """A session in the place of the one that has just ended with all others; proven as the old one was."""
    grant = here.grant
    return await entering.enter(
        request, frame, parts, person_id=here.account.id, method=Method(grant.method), passkey_at=grant.passkey_at,
        then=then,
    )  # fmt: skip


async def _page(frame: Frame, parts: Parts, here: Here, filled: Filled) -> Response[bytes]:
    accounts = await parts.storage.read(
        HOUSE, lambda view: access.list_outside_accounts(view, person_id=here.account.id)
    )
    roles = [(each, await _role_of(parts, frame, each)) for each in here.shops]
    return frame.page(
        "profile.html", 422 if filled.errors else 200, filled=filled, shops=roles, linked=accounts,
        provider=parts.provider.name if parts.provider else "", now=parts.trust.now(),
    )  # fmt: skip


async def _role_of(parts: Parts, frame: Frame, employed: access.Employed) -> str:
    role = await parts.storage.read(
        employed.shop.id, lambda view: access.load_role(view, role_id=employed.role_id)
    )
    return words.role_name(role.id, role.name, frame.language)


async def _check_present(request: Ask, parts: Parts, here: Here, form: Form) -> None:
    """Who has a password shows it before it is another: the browser may have been left open."""
    if not here.account.has_password:
        return
    visit = visit_of(request)
    credentials = await parts.desk(visit).submit(access.try_password)(
        email=here.account.email, address=visit.address
    )
    stored = credentials.password_hash if credentials else None
    if not await parts.passwords.verify(stored, form.fields.get("present", "")):
        raise WRONG().at("present")
