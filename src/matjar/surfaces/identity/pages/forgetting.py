"""A forgotten password: a letter, a link, a new one. Whether an address is known here, nobody learns."""

from typing import Any

import structlog
from litestar import Response, get, post
from litestar.background_tasks import BackgroundTask

from matjar.core.action import PUBLIC
from matjar.core.clock import HOUR
from matjar.core.ids import mint_token
from matjar.core.refusal import Kind, Refusal
from matjar.domain import access
from matjar.domain.access import Purpose
from matjar.domain.access.model.accounts import LINK_GONE
from matjar.domain.attempts import Limit
from matjar.edge import passwords
from matjar.edge.answers import status_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.storage.desk import Desk
from matjar.surfaces.identity.filling import Filled
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.parts import HOUSE, Parts

LETTERS_PER_ADDRESS = 20
"""Letters that are ordered from one address in an hour: an office on a bad Monday."""

_log = structlog.get_logger("matjar.identity")


@get("/forgotten", action=PUBLIC)
async def show(frame: Frame) -> Response[Any]:
    """The page that asks for an address."""
    return frame.page("forgotten.html", sent="", filled=Filled())


@post("/forgotten", action=PUBLIC, status_code=200)
async def order(request: Ask, frame: Frame, parts: Parts) -> Response[Any]:
    """Order a letter; the answer is the same whoever it is, and leaves before anybody is looked for."""
    form = await form_of(request, frame, parts)
    visit, now, email = visit_of(request), parts.trust.now(), form.text("email")
    limits = (Limit("letters", f"address:{visit.address}", LETTERS_PER_ADDRESS, HOUR),)
    try:
        parts.local.check(limits, now)
        parts.local.count(limits, now)
        address = await parts.desk(visit).submit(access.order_reset)(email=email)
    except Refusal as refusal:
        if refusal.kind in (Kind.AWAY, Kind.BUSY):
            raise
        filled = Filled.of(form, "email").refuse(refusal.at("email"), frame.language)
        return frame.page("forgotten.html", status_of(refusal), sent="", filled=filled)
    response = frame.page("forgotten.html", sent=email, filled=Filled())
    response.background = BackgroundTask(_mail, parts.desk(visit), address)
    return response


async def _mail(desk: Desk, address: str) -> None:
    try:
        await desk.submit(access.mail_reset)(email=address, token=mint_token())
    except Refusal as refusal:
        _log.warning("reset_not_mailed", code=refusal.code)


@get("/reset/{token:str}", action=PUBLIC)
async def show_reset(frame: Frame, parts: Parts, token: str) -> Response[Any]:
    """The page for a new password, while the link is good."""
    letter = await parts.storage.read(
        HOUSE, lambda view: access.find_letter(view, token=token, purpose=Purpose.RESET)
    )
    if letter is None:
        raise LINK_GONE()
    return frame.page("reset.html", email=letter.email, token=token, filled=Filled())


@post("/reset/{token:str}", action=PUBLIC, status_code=303)
async def reset(request: Ask, frame: Frame, parts: Parts, token: str) -> Response[Any]:
    """A new password: every session is over, and the second step stays."""
    form = await form_of(request, frame, parts)
    letter = await parts.storage.read(
        HOUSE, lambda view: access.find_letter(view, token=token, purpose=Purpose.RESET)
    )
    if letter is None:
        raise LINK_GONE()
    try:
        password = passwords.check(form.fields.get("password", ""), letter.email)
    except Refusal as refusal:
        filled = Filled().refuse(refusal.at("password"), frame.language)
        return frame.page("reset.html", status_of(refusal), email=letter.email, token=token, filled=filled)
    hashed = await parts.passwords.hash(password)
    await parts.desk(visit_of(request)).submit(access.reset_password)(token=token, password_hash=hashed)
    return go("/sign-in?done=reset")


@get("/confirm/{token:str}", action=PUBLIC)
async def show_confirm(frame: Frame, parts: Parts, token: str) -> Response[Any]:
    """A button: mail servers open links too, and press none."""
    letter = await parts.storage.read(
        HOUSE, lambda view: access.find_letter(view, token=token, purpose=Purpose.EMAIL)
    )
    if letter is None:
        raise LINK_GONE()
    return frame.page("confirm.html", email=letter.email, token=token)


@post("/confirm/{token:str}", action=PUBLIC, status_code=303)
async def confirm(request: Ask, frame: Frame, parts: Parts, token: str) -> Response[Any]:
    """The address is the person's from now on."""
    await form_of(request, frame, parts)
    await parts.desk(visit_of(request)).submit(access.confirm_email)(token=token)
    return go("/account?done=confirmed" if frame.here else "/sign-in?done=confirmed")
