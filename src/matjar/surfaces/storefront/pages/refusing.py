"""Every "no" as a page of the shop."""

from typing import Any
from urllib.parse import quote

from litestar import Response

from matjar.core.refusal import Kind, Refusal
from matjar.edge.answers import status_of
from matjar.edge.framework import NOT_HERE, Ask, visit_of
from matjar.edge.pages import go, own
from matjar.edge.refusing import answers, facts_of
from matjar.edge.visit import Visit
from matjar.surfaces.storefront.pages.frame import Frame, of_shelf, sign_in_url, split_path
from matjar.surfaces.storefront.parts import Parts
from matjar.surfaces.storefront.sessions import AGAIN


def answer_refusal(request: Ask, refusal: Refusal) -> Response[Any]:
    """A refusal as a page, calm and with a way on."""
    visit = visit_of(request)
    prefix = f"/{visit.shop.languages[0]}"
    if refusal.code == NOT_HERE.code and f"{request.scope['path']}/".startswith(f"{prefix}/"):
        return Response(b"", status_code=308, headers={"location": _without(prefix, request)})
    language, path = split_path(visit.shop, request.scope["path"])
    frame = _frame(request, visit, Frame(visit.shop, language, path, "", (), visit.origin))
    if refusal.kind is Kind.UNPROVEN:
        return go(sign_in_url(frame, path if request.method == "GET" else "", again=refusal.code == AGAIN.code))
    return own(frame.render("refusal.html", **facts_of(request, refusal, language)), status_of(refusal))


def _frame(request: Ask, visit: Visit, bare: Frame) -> Frame:
    """With the shop's collections and policies around it, where these can be read."""
    parts: Parts = request.app.state.parts
    try:
        return of_shelf(parts.catalogue.shelf(visit.shop.id), visit, request.scope["path"])
    except Refusal:
        return bare


def _without(prefix: str, request: Ask) -> str:
    """The address without the language that it need not name; never one that begins with two slashes."""
    path = "/" + request.scope["path"].removeprefix(prefix).lstrip("/\\")
    query = request.scope["query_string"].decode("latin-1")
    return quote(path) + (f"?{query}" if query else "")


ANSWERS = answers(answer_refusal)
"""What the application answers with, wherever in it a "no" comes from."""
