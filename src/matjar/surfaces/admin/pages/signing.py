"""Signing in and out. Nobody's rights are asked here: who is not known yet has none."""

import re
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post

from matjar.core.ids import mint_token
from matjar.core.refusal import Refusal, translate
from matjar.domain import shops
from matjar.domain.access import actions
from matjar.edge import csrf
from matjar.edge.answers import status_of
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.languages import catalogue
from matjar.edge.pages import go
from matjar.edge.sessions import Grant
from matjar.surfaces.admin import entering
from matjar.surfaces.admin.pages import auditing, cookies
from matjar.surfaces.admin.pages.auditing import Deed
from matjar.surfaces.admin.pages.cookies import Done, Way
from matjar.surfaces.admin.pages.frame import LANGUAGES, Frame, plain_frame
from matjar.surfaces.admin.parts import Parts

_OWN_PATH = re.compile(r"/(?![/\\])[A-Za-z0-9_\-/.~%?=&+]{0,500}")


@get("/", action=actions.PUBLIC, sync_to_thread=False)
def choose(request: Ask, parts: Parts, shop: str = "") -> Response[bytes]:
    """Which shop? Nobody is told which there are."""
    frame = plain_frame(request, parts)
    handle = shop.strip().lower()[:40]
    found = parts.catalogue.shop_by_handle(handle) if handle else None
    if found is not None:
        return go(f"/{found.handle}/")
    trouble = translate(shops.NOT_FOUND(), catalogue(frame.language).gettext) if handle else ""
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
    return _page(frame, own_path(to))


@post("/sign-in/options", action=actions.PUBLIC, status_code=200)
async def options(request: Ask, parts: Parts) -> Response[str]:
    """What the browser asks the device for: any passkey of this house."""
    csrf.check_origin(request)
    asked = parts.passkeys.to_sign_in(entering.ceremony(visit_of(request), "sign-in"), parts.trust.now())
    return Response(asked, media_type="application/json", headers={"cache-control": "no-store"})


@post("/sign-in", action=actions.PUBLIC)
async def by_passkey(request: Ask, parts: Parts) -> Response[Any]:
    """A device has answered."""
    csrf.check_origin(request)
    frame, form = _frame(request, parts), Form.of(await request.body())
    to = own_path(form.text("to"))
    try:
        grant = entering.by_passkey(parts, visit_of(request), form.text("answer"))
    except Refusal as refusal:
        return _page(frame, to, refusal, "passkey")
    return _in(request, parts, frame, to, grant)


@post("/sign-in/code", action=actions.PUBLIC)
async def by_code(request: Ask, parts: Parts) -> Response[Any]:
    """Somebody has typed a printed code."""
    csrf.check_origin(request)
    frame, form = _frame(request, parts), Form.of(await request.body())
    to = own_path(form.text("to"))
    try:
        grant = entering.by_code(parts, visit_of(request), form.text("code"))
    except Refusal as refusal:
        return _page(frame, to, refusal, "code")
    return _in(request, parts, frame, to, grant)


@post("/sign-in/elsewhere", action=actions.PUBLIC)
async def leave_for_identity(request: Ask, parts: Parts) -> Response[Any]:
    """To identity, for a password or whatever else it knows somebody by; they come back with what it has signed."""
    csrf.check_origin(request)
    frame, form = _frame(request, parts), Form.of(await request.body())
    way = Way(mint_token(), own_path(form.text("to")))
    query = {"surface": parts.trust.surface, "shop": frame.shop.handle, "state": way.state}
    if form.text("fresh"):
        query["fresh"] = "1"
    return cookies.keep(go(f"{parts.identity_url}/continue?{urlencode(query)}"), cookies.STATE, way)


@post("/signed-in", action=actions.PUBLIC)
async def come_back(request: Ask, parts: Parts) -> Response[Any]:
    """Back from identity. Its page sends this form from another address, so what protects it is ``state``."""
    frame, form = _frame(request, parts), Form.of(await request.body())
    way = cookies.read_way(request)
    value = form.text("grant")[:4000]
    try:
        grant = entering.by_identity(parts, visit_of(request), value, form.text("state"), way.state if way else "")
    except Refusal as refusal:
        return cookies.forget(_page(frame, "/", refusal, "elsewhere"), cookies.STATE)
    back = _in(request, parts, frame, way.path if way else "/", grant, value)
    return cookies.forget(back, cookies.STATE)


@post("/sign-out", action=actions.SELF_SIGN_OUT)
async def leave(request: Ask, parts: Parts) -> Response[Any]:
    """Good bye."""
    csrf.check_origin(request)
    frame, session = _frame(request, parts), parts.guard.find(request)
    if session is not None:
        auditing.write(request, parts, session, actions.SELF_SIGN_OUT.name, Deed(f"session:{session.grant.sid[:6]}"))
    out = entering.let_out(go(frame.url("/sign-in")), parts, frame.shop.id, session.grant if session else None)
    return cookies.keep(out, cookies.DONE, Done("signed_out"))


def own_path(path: str) -> str:
    """A path below the shop to go on to; whatever else it is, leads home."""
    return path if _OWN_PATH.fullmatch(path) else "/"


def _frame(request: Ask, parts: Parts) -> Frame:
    """The frame of a shop's page for nobody yet; refuses ``shops.not_found``."""
    frame = plain_frame(request, parts)
    if not frame.shop.handle:
        raise shops.NOT_FOUND()
    return frame


def _page(frame: Frame, to: str, refusal: Refusal | None = None, way: str = "") -> Response[bytes]:
    trouble = translate(refusal, catalogue(frame.language).gettext) if refusal else ""
    return frame.page("sign-in.html", status_of(refusal) if refusal else 200, to=to, trouble=trouble, way=way)


def _in(request: Ask, parts: Parts, frame: Frame, to: str, grant: Grant, value: str = "") -> Response[Any]:
    """Let somebody in, and write it down: a printed code is loud in the book."""
    deed = Deed(f"session:{grant.sid[:6]}", after={"method": grant.method.value})
    auditing.write_entry(request, parts, grant, "self.sign_in", deed)
    return entering.let_in(go(frame.url(to)), parts, grant, value)
