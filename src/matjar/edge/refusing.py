"""Every "no" as a page, for people with browsers; programs get theirs as JSON. The page is each surface's own."""

from collections.abc import Callable
from typing import Any

from litestar import Response
from litestar.exceptions import HTTPException, ValidationException

from matjar.core.refusal import Kind, Refusal, translate
from matjar.edge import framework
from matjar.edge.answers import retry_after
from matjar.edge.framework import NOT_HERE, NOT_THAT_WAY, Answers, Ask, visit_of, wants_page
from matjar.edge.languages import catalogue
from matjar.storage import refusals


def facts_of(request: Ask, refusal: Refusal, language: str) -> dict[str, Any]:
    """What a surface's ``refusal.html`` is told; ``again_seconds`` is when the page may ask again by itself."""
    passes = refusal.kind in (Kind.AWAY, Kind.BUSY) and request.method == "GET"
    return {
        "kind": refusal.kind.value,
        "code": refusal.code,
        "sentence": translate(refusal, catalogue(language).gettext),
        "again_seconds": retry_after(refusal) if passes else None,
        "request_id": visit_of(request).request_id if refusal.kind is Kind.FAULT else "",
    }


def answers(page: Callable[[Ask, Refusal], Response[Any]]) -> Answers:
    """What an application answers with, wherever in it a "no" comes from; ``page`` makes a refusal's page."""

    def refuse(request: Ask, refusal: Refusal) -> Response[Any]:
        if not wants_page(request) or "visit" not in request.scope:
            return framework.answer_refusal(request, refusal)
        response = page(request, refusal)
        pause = retry_after(refusal)
        if pause is not None:
            response.headers["retry-after"] = str(pause)
        return response

    def refuse_shape(request: Ask, error: ValidationException) -> Response[Any]:
        """An address whose parts do not fit, such as ``?page=x``, leads nowhere."""
        return refuse(request, NOT_HERE()) if wants_page(request) else framework.answer_invalid(request, error)

    def refuse_way(request: Ask, error: HTTPException) -> Response[Any]:
        """What the framework itself says no to."""
        if not wants_page(request):
            return framework.answer_http(request, error)
        if error.status_code >= 500:
            return admit_fault(request, error)
        return refuse(request, NOT_THAT_WAY() if error.status_code == 405 else NOT_HERE())

    def admit_fault(request: Ask, error: Exception) -> Response[Any]:
        """A bug: told to us in full, and to the reader that it is ours."""
        framework.log_fault(request, error)
        return refuse(request, refusals.FAULT())

    return {
        Refusal: refuse,
        ValidationException: refuse_shape,
        HTTPException: refuse_way,
        Exception: admit_fault,
    }
