"""Every "no" as a page of identity. Who is to sign in, or to show that it is them, is led there."""

from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from litestar import Response

from matjar.core.refusal import Kind, Refusal
from matjar.domain.access.model.rights import UNPROVEN
from matjar.edge.answers import status_of
from matjar.edge.framework import Ask
from matjar.edge.pages import go
from matjar.edge.refusing import answers, facts_of
from matjar.surfaces.identity.entering import own_path
from matjar.surfaces.identity.frame import frame_of
from matjar.surfaces.identity.pages import errands
from matjar.surfaces.identity.parts import Parts
from matjar.surfaces.identity.seals import Errand


def answers_of(parts: Parts) -> Any:
    """What this surface answers with, wherever a "no" comes from."""

    def page(request: Ask, refusal: Refusal) -> Response[Any]:
        if refusal.kind is Kind.UNPROVEN:
            return _lead(request, parts, refusal)
        frame = frame_of(request, parts)
        return frame.page("refusal.html", status_of(refusal), **facts_of(request, refusal, frame.language))

    return answers(page)


def _lead(request: Ask, parts: Parts, refusal: Refusal) -> Response[Any]:
    """To where somebody can prove themselves, and then back here; a form's page rather than the form."""
    here = _page_of(request)
    if refusal.code == UNPROVEN.code:
        return go(f"/prove?{urlencode({'then': here})}")
    return errands.keep(go("/sign-in"), parts, Errand(path=here))


def _page_of(request: Ask) -> str:
    """The page that somebody is on: what they asked for, or where the form was that they sent."""
    if request.method in ("GET", "HEAD"):
        query = request.scope["query_string"].decode("latin-1")
        return own_path(quote(request.scope["path"]) + (f"?{query}" if query else ""))
    referrer = urlsplit(request.headers.get("referer", ""))
    return own_path(referrer.path if referrer.netloc == request.headers.get("host") else "")
