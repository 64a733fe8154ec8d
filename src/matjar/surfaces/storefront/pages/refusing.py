"""Every "no" as a page, for people with browsers; programs get theirs as JSON."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.exceptions import HTTPException, ValidationException

from matjar.core.refusal import Kind, Refusal, translate
from matjar.edge import framework
from matjar.edge.answers import retry_after, status_of
from matjar.edge.framework import NOT_HERE, NOT_THAT_WAY, Ask, visit_of, wants_page
from matjar.edge.languages import catalogue
from matjar.edge.pages import HTML, PRIVATE, page_headers
from matjar.storage import refusals
from matjar.surfaces.storefront.pages.frame import Frame, split_path


def answer_refusal(request: Ask, refusal: Refusal) -> Response[Any]:
    """A refusal as a page, calm and with a way on; as JSON for who did not ask for a page."""
    if not wants_page(request) or "visit" not in request.scope:
        return framework.answer_refusal(request, refusal)
    visit = visit_of(request)
    own = f"/{visit.shop.languages[0]}"
    if refusal.code == NOT_HERE.code and f"{request.scope['path']}/".startswith(f"{own}/"):
        return Response(b"", status_code=308, headers={"location": _without(own, request)})
    language, path = split_path(visit.shop, request.scope["path"])
    frame = Frame(visit.shop, language, path, "", (), visit.origin)
    sentence = translate(refusal, catalogue(language).gettext)
    pause = retry_after(refusal)
    content = frame.render(
        "refusal.html",
        kind=refusal.kind.value,
        sentence=sentence,
        again_seconds=pause if refusal.kind in (Kind.AWAY, Kind.BUSY) and request.method == "GET" else None,
        request_id=visit.request_id if refusal.kind is Kind.FAULT else "",
    )
    headers = page_headers(cache_control=PRIVATE) | ({} if pause is None else {"retry-after": str(pause)})
    return Response(content, status_code=status_of(refusal), media_type=HTML, headers=headers)


def _without(prefix: str, request: Ask) -> str:
    """The address without the language that it need not name; never one that begins with two slashes."""
    path = "/" + request.scope["path"].removeprefix(prefix).lstrip("/\\")
    query = request.scope["query_string"].decode("latin-1")
    return quote(path) + (f"?{query}" if query else "")


def answer_invalid(request: Ask, error: ValidationException) -> Response[Any]:
    """An address whose parts do not fit, such as ``?page=x``, leads nowhere."""
    return answer_refusal(request, NOT_HERE()) if wants_page(request) else framework.answer_invalid(request, error)


def answer_http(request: Ask, error: HTTPException) -> Response[Any]:
    """What the framework itself says no to."""
    if not wants_page(request):
        return framework.answer_http(request, error)
    if error.status_code == 405:
        return answer_refusal(request, NOT_THAT_WAY())
    return answer_refusal(request, NOT_HERE()) if error.status_code < 500 else answer_fault(request, error)


def answer_fault(request: Ask, error: Exception) -> Response[Any]:
    """A bug: told to us in full, and to the reader that it is ours."""
    framework.log_fault(request, error)
    return answer_refusal(request, refusals.FAULT())


ANSWERS: dict[int | type[Exception], Callable[[Ask, Any], Response[Any]]] = {
    Refusal: answer_refusal,
    ValidationException: answer_invalid,
    HTTPException: answer_http,
    Exception: answer_fault,
}
"""What the application answers with, wherever in it a "no" comes from."""
