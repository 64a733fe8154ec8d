"""Programs of a shop: API tokens, each with its scopes, shown once."""

from typing import Any

from litestar import Response, get, post

from matjar.core.ids import hash_token, mint_token
from matjar.core.refusal import Kind, Refusal
from matjar.domain import access
from matjar.domain.access import actions
from matjar.edge.answers import status_of
from matjar.edge.forms import number_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.pages import go
from matjar.surfaces.identity import permissions
from matjar.surfaces.identity.filling import Filled
from matjar.surfaces.identity.frame import Frame, form_of
from matjar.surfaces.identity.guard import Here, There
from matjar.surfaces.identity.parts import Parts

PREFIX = "matjar_"
"""Tokens begin so, for programs that look for tokens where none should be."""


@get("/shops/{handle:str}/tokens", action=actions.TOKENS_READ)
async def show(frame: Frame, parts: Parts, place: There) -> Response[Any]:
    """All of them; the tokens themselves are nowhere."""
    tokens = await parts.storage.read(place.shop.id, access.list_tokens)
    return frame.page("tokens.html", tokens=tokens, names=permissions.NAMES, now=parts.trust.now())


@get("/shops/{handle:str}/tokens/new", action=actions.TOKENS_WRITE)
async def show_new(frame: Frame, place: There) -> Response[Any]:
    """The page for a new one."""
    return _page(frame, place, frozenset(), Filled())


@post("/shops/{handle:str}/tokens/new", action=actions.TOKENS_WRITE, status_code=200)
async def make(request: Ask, frame: Frame, parts: Parts, session: Here, place: There) -> Response[Any]:
    """A new one, of 256 random bits, shown this once."""
    form = await form_of(request, frame, parts)
    token, scopes = PREFIX + mint_token() + mint_token(), form.many("permissions")
    try:
        await parts.desk(visit_of(request), session.actor, place.shop.id).submit(access.make_token)(
            name=form.text("name"), scopes=scopes, token_hash=hash_token(token)
        )
    except Refusal as refusal:
        if refusal.kind in (Kind.AWAY, Kind.BUSY):
            raise
        filled = Filled.of(form, "name").refuse(refusal, frame.language)
        return _page(frame, place, frozenset(scopes), filled, status_of(refusal))
    return frame.page("token-made.html", token=token, called=form.text("name"))


@post("/shops/{handle:str}/tokens/withdraw", action=actions.TOKENS_WRITE, status_code=303)
async def withdraw(request: Ask, frame: Frame, parts: Parts, session: Here, place: There) -> Response[Any]:
    """One that opens nothing any more."""
    form = await form_of(request, frame, parts)
    desk = parts.desk(visit_of(request), session.actor, place.shop.id)
    await desk.submit(access.withdraw_token)(token_id=number_of(form.text("token")))
    return go(f"{frame.url('/tokens')}?done=withdrawn")


def _page(
    frame: Frame, place: There, chosen: frozenset[str], filled: Filled, status: int = 200
) -> Response[bytes]:  # fmt: skip
    offered = permissions.within_reach(place.role)
    return frame.page("token-new.html", status, chosen=chosen, groups=offered, names=permissions.NAMES, filled=filled)
