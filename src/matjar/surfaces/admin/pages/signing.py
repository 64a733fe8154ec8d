"""Signing in and out. Nobody's rights are asked here: who is not known yet has none."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post

from matjar.core.ids import hash_token, mint_token
from matjar.core.refusal import Refusal
from matjar.domain import shops
from matjar.domain.access import actions
from matjar.edge import csrf, reporting
from matjar.edge.answers import status_of
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.edge.sessions import Grant
from matjar.surfaces.admin import entering
from matjar.surfaces.admin.identity import AWAY
from matjar.surfaces.admin.pages import auditing, cookies, waiting
from matjar.surfaces.admin.pages.auditing import Deed
from matjar.surfaces.admin.pages.cookies import NOTHING, Done, Waiting, Way
from matjar.surfaces.admin.pages.frame import LANGUAGES, Frame, own_path, plain_frame
from matjar.surfaces.admin.parts import Parts


@get("/", action=actions.PUBLIC, sync_to_thread=False)
def choose(request: Ask, parts: Parts, shop: str = "") -> Response[bytes]:
    """Which shop? Nobody is told which there are."""
    frame = plain_frame(request, parts)
    handle = shop.strip().lower()[:40]
    found = parts.catalogue.shop_by_handle(handle) if handle else None
    if found is not None:
        return go(f"/{found.handle}/")
    trouble = frame.reader.say(shops.NOT_FOUND()) if handle else ""
    return frame.page("choose.html", 404 if handle else 200, asked=shop[:40], trouble=trouble)


@post("/language", action=actions.PUBLIC)
async def speak(request: Ask, parts: Parts) -> Response[Any]:
    """Speak the other language from now on."""
    csrf.check_origin(request)
    form = Form.of(await request.body())
    frame = plain_frame(request, parts)
    back = go(frame.url(own_path(form.text("path"))))
    language = form.text("language")
    return cookies.keep(back, cookies.LANGUAGE, language) if language in LANGUAGES else back


@get("/sign-in", action=actions.PUBLIC)
async def ask(request: Ask, parts: Parts, to: str = "/") -> Response[bytes]:
    """The page to sign in at; whoever is signed in already goes on."""
    frame = _frame(request, parts)
    if parts.guard.find(request) is not None:
        return go(frame.url(own_path(to)))
    return page(frame, parts, own_path(to))


@post("/sign-in/options", action=actions.PUBLIC, status_code=200)
async def options(request: Ask, parts: Parts) -> Response[str]:
    """What the browser asks the device for: any passkey of this house."""
    csrf.check_origin(request)
    asked = parts.passkeys.to_sign_in(entering.ceremony(parts, visit_of(request), "sign-in"), parts.trust.now())
    return Response(asked, media_type="application/json", headers={"cache-control": "no-store"})


@post("/sign-in", action=actions.PUBLIC)
async def by_passkey(request: Ask, parts: Parts) -> Response[Any]:
    """A device has answered."""
    csrf.check_origin(request)
    frame, form = _frame(request, parts), Form.of(await request.body())
    to, kept = own_path(form.text("to")), waiting.of_form(form)
    try:
        grant = entering.by_passkey(parts, visit_of(request), form.text("answer"))
    except Refusal as refusal:
        return page(frame, parts, to, kept, refusal, "passkey")
    return _in(request, parts, frame, Going(to, kept), grant)


@post("/sign-in/code", action=actions.PUBLIC)
async def by_code(request: Ask, parts: Parts) -> Response[Any]:
    """Somebody has typed a printed code."""
    csrf.check_origin(request)
    frame, form = _frame(request, parts), Form.of(await request.body())
    to, kept = own_path(form.text("to")), waiting.of_form(form)
    try:
        grant = entering.by_code(parts, visit_of(request), form.text("code"))
    except Refusal as refusal:
        return page(frame, parts, to, kept, refusal, "code")
    return _in(request, parts, frame, Going(to, kept), grant)


@post("/sign-in/elsewhere", action=actions.PUBLIC)
async def leave_for_identity(request: Ask, parts: Parts) -> Response[Any]:
    """To identity, for a password or whatever else it knows somebody by; they come back with what it has signed.

    Where it does not answer, nobody is sent: the page says which ways there are now.
    """
    csrf.check_origin(request)
    frame, form = _frame(request, parts), Form.of(await request.body())
    return await _leave(frame, parts, own_path(form.text("to")), waiting.of_form(form))


@get("/sign-in/elsewhere", action=actions.PUBLIC)
async def arrive(request: Ask, parts: Parts, to: str = "/") -> Response[Any]:
    """From a page of identity, whose people are known there: on, or there and back for what it has signed."""
    frame = _frame(request, parts)
    if parts.guard.find(request) is not None:
        return go(frame.url(own_path(to)))
    return await _leave(frame, parts, own_path(to), NOTHING)


@post("/signed-in", action=actions.PUBLIC)
async def come_back(request: Ask, parts: Parts) -> Response[Any]:
    """Back from identity. Its page sends this form from another address, so what protects it is ``state``."""
    frame, form = _frame(request, parts), Form.of(await request.body())
    way = cookies.read_way(request)
    value = form.text("grant")[:4000]
    try:
        grant = entering.by_identity(parts, visit_of(request), value, form.text("state"), way.state if way else "")
    except Refusal as refusal:
        return cookies.forget(page(frame, parts, "/", refusal=refusal, way="elsewhere"), cookies.STATE)
    await entering.wait_until_known(parts, grant)
    path, kept = (way.path, way.waiting) if way else ("/", NOTHING)
    going = Going(path, kept, value, form.text("mark"))
    return cookies.forget(_in(request, parts, frame, going, grant), cookies.STATE)


@post("/sign-out", action=actions.SELF_SIGN_OUT)
async def leave(request: Ask, parts: Parts) -> Response[Any]:
    """Good bye."""
    csrf.check_origin(request)
    frame, session = _frame(request, parts), parts.guard.find(request)
    if session is not None:
        auditing.write(request, parts, session, actions.SELF_SIGN_OUT.name, Deed(f"session:{session.grant.sid[:6]}"))
    out = entering.let_out(go(frame.url("/sign-in")), parts, frame.shop.id, session.grant if session else None)
    return cookies.keep(out, cookies.DONE, Done("signed_out"))


def _frame(request: Ask, parts: Parts) -> Frame:
    """The frame of a shop's page for nobody yet; refuses ``shops.not_found``."""
    frame = plain_frame(request, parts)
    if not frame.shop.handle:
        raise shops.NOT_FOUND()
    return frame


class Going(msgspec.Struct, frozen=True):
    """Where somebody goes once they are in: to a page, or first to what they had typed before."""

    to: str
    waiting: Waiting = NOTHING
    value: str = ""
    """What identity has signed for them, where it has."""
    mark: str = ""
    """What identity knows their browser by."""


def page(
    frame: Frame, parts: Parts, to: str, kept: Waiting = NOTHING, refusal: Refusal | None = None, way: str = ""
) -> Response[bytes]:
    """The page to sign in at; ``refusal`` is what became of a ``way`` in that was tried."""
    return frame.page(
        "sign-in.html", status_of(refusal) if refusal else 200, to=to, waiting=kept, way=way,
        trouble=frame.reader.say(refusal) if refusal else "", silent=parts.identity.silent,
    )  # fmt: skip


async def _leave(frame: Frame, parts: Parts, to: str, kept: Waiting) -> Response[Any]:
    if not await parts.identity.answers():
        return page(frame, parts, to, kept, AWAY(), "elsewhere")
    way = Way(mint_token(), to, kept if len(kept.body) <= waiting.MOST_BYTES else NOTHING)
    query = {"surface": parts.trust.surface, "shop": frame.shop.handle, "state": way.state}
    return cookies.keep(go(f"{parts.identity.url}/continue?{urlencode(query)}"), cookies.STATE, way)


def _in(request: Ask, parts: Parts, frame: Frame, going: Going, grant: Grant) -> Response[Any]:
    """Let somebody in, and write it down: a printed code is loud in the book. Identity is told of who came without it.
    """
    mark = cookies.mark_of(request, going.mark)
    deed = Deed(f"session:{grant.sid[:6]}", after={"method": grant.method.value})
    auditing.write_entry(request, parts, grant, "self.sign_in", deed)
    if not going.value:
        user_agent, address = request.headers.get("user-agent", ""), visit_of(request).address
        reporting.tell_begun(parts.local, grant, user_agent, address, hash_token(mark))
    onward: Response[Any] = go(frame.url(going.to))
    if going.waiting.path:
        onward = waiting.page(frame, going.waiting, going.to, csrf.token(parts.secret, grant.sid))
    return cookies.keep(entering.let_in(onward, parts, grant, going.value), cookies.MARK, mark)
