"""Every "no" as a page of the back office. Who is to sign in, or to show that it is them, is led there."""

from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from litestar import Response
from msgspec.structs import replace

from matjar.core.refusal import Kind, Refusal
from matjar.domain import shops
from matjar.domain.access.model.rights import UNPROVEN
from matjar.edge import csrf
from matjar.edge.answers import status_of
from matjar.edge.forms import Form
from matjar.edge.framework import Answers, Ask
from matjar.edge.pages import go
from matjar.edge.refusing import answers, facts_of
from matjar.surfaces.admin.pages import auditing, proving, signing, waiting
from matjar.surfaces.admin.pages.frame import Frame, own_path, plain_frame
from matjar.surfaces.admin.parts import Parts

_WORTHLESS = frozenset(("/sign-out", "/orders/print", "/prove", "/prove/options"))
"""Forms that nobody typed anything into."""


def answers_of(parts: Parts) -> Answers:
    """What this surface answers with, wherever a "no" comes from."""

    def page(request: Ask, refusal: Refusal) -> Response[Any]:
        frame = _frame(request, parts)
        if refusal.kind is Kind.UNPROVEN:
            if frame.shop.handle:
                return _lead(request, parts, frame, refusal)
            refusal = shops.NOT_FOUND()
        auditing.write_refused(request, parts, refusal)
        facts = facts_of(request, refusal, frame.language) | {"sentence": frame.reader.say(refusal)}
        return frame.page("refusal.html", status_of(refusal), **facts)

    return answers(page)


def _frame(request: Ask, parts: Parts) -> Frame:
    """The frame of a "no": with the menu where somebody is signed in."""
    plain = plain_frame(request, parts)
    session = parts.guard.find(request) if plain.shop.handle else None
    if session is None:
        return plain
    return replace(plain, session=session, csrf=csrf.token(parts.secret, session.grant.sid))


def _lead(request: Ask, parts: Parts, frame: Frame, refusal: Refusal) -> Response[Any]:
    """To where somebody can prove themselves, and back; a form that was sent waits there."""
    here, sent = _page_of(request, frame), request.method == "POST"
    if sent and request.headers.get("hx-request"):
        return Response(None, status_code=204)  # the form itself is still to be sent, and then it waits
    if refusal.code == UNPROVEN.code and frame.session is not None:
        ways = tuple(refusal.facts.get("ways", ()))
        if sent:
            return proving.page(frame, here, frame.path, Form.of(request.scope["form"]), ways=ways)  # type: ignore[typeddict-item]
        return _go(request, frame.url(f"/prove?{urlencode({'to': here})}"))
    if sent and frame.path not in _WORTHLESS:
        return signing.page(frame, parts, here, waiting.of_request(request, frame), refusal, "waiting")
    return _go(request, frame.url(f"/sign-in?{urlencode({'to': here})}" if here != "/" else "/sign-in"))


def _go(request: Ask, url: str) -> Response[Any]:
    """Lead on; a part of a page that a script asked for leads the whole page."""
    if request.headers.get("hx-request"):
        return Response(b"", status_code=200, headers={"hx-redirect": url, "cache-control": "no-store"})
    return go(url)


def _page_of(request: Ask, frame: Frame) -> str:
    """The page that somebody is on, below the shop: what they asked for, or where the form was that they sent."""
    if request.method in ("GET", "HEAD"):
        return own_path(quote(frame.path) + (f"?{frame.query}" if frame.query else ""))
    referrer = urlsplit(request.headers.get("referer", ""))
    _, ours, below = referrer.path.partition(f"/{frame.shop.handle}/")
    return own_path(f"/{below}" if ours and referrer.netloc == request.headers.get("host") else "")
