"""Showing once more that it is you. What was to be sent meanwhile waits in the page, and is sent on after that."""

from typing import Any

from litestar import Response, get, post

from matjar.core.refusal import Refusal
from matjar.domain.access import Way, actions
from matjar.edge import csrf
from matjar.edge.answers import status_of
from matjar.edge.forms import Form
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.pages import go
from matjar.surfaces.admin import entering
from matjar.surfaces.admin.identity import AWAY
from matjar.surfaces.admin.pages.frame import Frame, form_of, own_path
from matjar.surfaces.admin.parts import Parts

_OURS = ("answer", "again", "to")


@get("/prove", action=actions.SELF_READ)
async def ask(frame: Frame, to: str = "/") -> Response[bytes]:
    """The page that asks, before another page is shown."""
    return page(frame, own_path(to), "", Form({}))


@post("/prove/options", action=actions.SELF_READ, status_code=200)
async def options(request: Ask, parts: Parts, session: Session) -> Response[str]:
    """What the browser asks the device for: one of this person's passkeys."""
    await form_of(request, parts)
    asked = parts.passkeys.to_sign_in(
        entering.ceremony(parts, visit_of(request), "proof", session.grant.person_id), parts.trust.now(),
        [passkey.id for passkey in session.member.passkeys],
    )  # fmt: skip
    return Response(asked, media_type="application/json", headers={"cache-control": "no-store"})


@post("/prove", action=actions.SELF_READ)
async def prove(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[Any]:
    """The device has answered: on with what was to be seen, or sent."""
    form = await form_of(request, parts)
    to, again = own_path(form.text("to")), form.text("again")
    try:
        grant = entering.proven(parts, visit_of(request), session.grant, form.text("answer"))
    except Refusal as refusal:
        trouble = frame.reader.say(refusal)
        return page(frame, to, again, form, trouble, status_of(refusal))
    # 307 sends the same form again, to where it was meant to go (RFC 9110, 15.4.8).
    where, status = (own_path(again), 307) if again else (to, 303)
    onward = Response(b"", status_code=status, headers={"location": frame.url(where), "cache-control": "no-store"})
    return entering.let_in(onward, parts, grant)


@get("/prove/passkey", action=actions.SELF_READ)
async def add(parts: Parts) -> Response[bytes]:
    """On to where a passkey is added, for who has none yet; refuses ``admin.identity_away``."""
    if not await parts.identity.answers():
        raise AWAY()
    return go(f"{parts.identity.url}/account/passkeys")


def page(
    frame: Frame, to: str, again: str, form: Form, trouble: str = "", status: int = 200, ways: tuple[str, ...] = ()
) -> Response[bytes]:
    """The page; ``again`` is where the form goes that waits in it."""
    fields = [(name, value) for name, value in form.pairs if name not in (*_OURS, csrf.FIELD)]
    has_passkey = bool(frame.session and frame.session.member.passkeys)
    return frame.page(
        "prove.html", status, to=to, again=again, fields=fields, trouble=trouble, has_passkey=has_passkey,
        by_code=Way.BREAK_GLASS in ways, instead=_instead(to),
    )  # fmt: skip


def _instead(to: str) -> str:
    """Where whoever leaves it goes: the page above, which asks for nothing, rather than into the same question."""
    return "/" + to.partition("?")[0].split("/")[1]
