"""How surfaces use Litestar: every "no" in one shape, the visit at hand, nothing that we did not ask for."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import structlog
from litestar import Litestar, Request, Response
from litestar.config.app import AppConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec
from litestar.types import ControllerRouterHandler

from matjar.core.refusal import Kind, Refusal, declare
from matjar.edge import answers
from matjar.edge.declaring import declared_actions
from matjar.edge.visit import Visit
from matjar.storage import refusals

BAD_REQUEST = declare("request.invalid", Kind.INVALID, "This request cannot be read: {reason}.")
NOT_HERE = declare("request.not_found", Kind.NOT_FOUND, "There is nothing at this address.")
NOT_THAT_WAY = declare("request.method", Kind.INVALID, "This cannot be done here.")

BAD_KEY = declare("idempotency.bad_key", Kind.INVALID, "An idempotency key is 16 to 200 visible characters.")

KEY_PATTERN = r'^"?[!#-~]{16,200}"?$'
"""Both forms of the key that are about: a quoted string (IETF draft-07), and the same without quotes."""

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What becomes of reading a body that is not what it should be."""

Ask = Request[Any, Any, Any]
Answers = Mapping[int | type[Exception], Callable[[Ask, Any], Response[Any]]]

PROBLEMS = {
    status: ResponseSpec(answers.Problem, generate_examples=False, description=description)
    for status, description in (
        (400, "The request cannot be read."),
        (404, "There is no such thing."),
        (408, "The body took too long to arrive."),
        (409, "It cannot be done now; the code says why."),
        (413, "More than can be sent at once."),
        (422, "Something in it is wrong; `path` says what."),
        (429, "Too many attempts; `Retry-After` says when to come again."),
        (503, "Busy or away; `Retry-After` says when to come again. Nothing was done."),
    )
}
"""What any documented route may answer beside what it is for; ``docs/refusals.md`` lists the codes."""

PROBLEMS_OF_READING = {status: PROBLEMS[status] for status in (400, 404, 503)}
"""The same for a route that changes nothing."""

_is_key = re.compile(KEY_PATTERN).fullmatch
_log = structlog.get_logger("matjar.edge")


def application(
    routes: Sequence[ControllerRouterHandler],
    parts: Any,
    answers_to: Answers | None = None,
    **options: Any,
) -> Litestar:
    """A surface's routes as an application; handlers may ask for ``visit``, ``parts`` and ``key``.

    ``answers_to`` says how the surface answers refusals and errors, where not as JSON. Raises Undeclared for a route
    that does not say what it is for.
    """
    app = Litestar(
        route_handlers=list(routes),
        dependencies={
            "visit": Provide(visit_of, sync_to_thread=False),
            "key": Provide(idempotency_key, sync_to_thread=False),
            "parts": Provide(lambda: parts, sync_to_thread=False, use_cache=True),
        },
        exception_handlers={
            Refusal: answer_refusal,
            ValidationException: answer_invalid,
            HTTPException: answer_http,
            UnicodeDecodeError: answer_unreadable,
            RecursionError: answer_unreadable,
            Exception: answer_fault,
            **(answers_to or {}),
        },
        openapi_config=None,
        on_app_init=[_quiet],
        **options,
    )
    declared_actions(app)
    return app


def visit_of(request: Ask) -> Visit:
    """The visit that the door made of this request."""
    visit: Visit = request.scope["visit"]  # type: ignore[typeddict-item]
    return visit


def wants_page(request: Ask) -> bool:
    """Whether a person with a browser asks, rather than a program."""
    return "text/html" in request.headers.get("accept", "")


def idempotency_key(request: Ask) -> str:
    """The request's key, if it has one; refuses ``idempotency.bad_key``."""
    return check_key(request.headers.get("idempotency-key"))


def check_key(header: str | None) -> str:
    """The key that the header names, or nothing without a header; a short one could be another buyer's too."""
    if header is None:
        return ""
    if not _is_key(header):
        raise BAD_KEY()
    return header.strip('"')


def _quiet(config: AppConfig) -> AppConfig:
    config.logging_config = None
    return config


def answer_refusal(request: Ask, refusal: Refusal, status: int = 0) -> Response[answers.Problem]:
    """A refusal as JSON, in the reader's language."""
    visit: Visit | None = request.scope.get("visit")  # type: ignore[assignment]
    language, request_id = (visit.language, visit.request_id) if visit else ("en", "")
    pause = answers.retry_after(refusal)
    return Response(
        answers.problem(refusal, language, request_id),
        status_code=status or answers.status_of(refusal),
        headers={} if pause is None else {"retry-after": str(pause)},
        media_type="application/json",
    )


def answer_invalid(request: Ask, error: ValidationException) -> Response[answers.Problem]:
    """What does not fit its shape: at the first field that does not."""
    extra = error.extra if isinstance(error.extra, list) else []
    first = extra[0] if extra and isinstance(extra[0], dict) else {}
    refusal = BAD_REQUEST(reason=first.get("message") or error.detail)
    return answer_refusal(request, refusal.at(first["key"]) if first.get("key") else refusal)


def answer_http(request: Ask, error: HTTPException) -> Response[answers.Problem]:
    """What the framework itself says no to."""
    status = error.status_code
    if status == 404:
        return answer_refusal(request, NOT_HERE())
    if status == 405:
        return answer_refusal(request, NOT_THAT_WAY())
    if status >= 500:
        return answer_fault(request, error)
    return answer_refusal(request, BAD_REQUEST(reason=error.detail), status)


def answer_unreadable(request: Ask, error: Exception) -> Response[answers.Problem]:
    """A body that is not text, or that is nested without end; should it be a bug of ours, the log has it."""
    _log.warning("unreadable", path=request.scope["path"], exc_info=error)
    return answer_refusal(request, BAD_REQUEST(reason=type(error).__name__))


def answer_fault(request: Ask, error: Exception) -> Response[answers.Problem]:
    """A bug: told to us in full, and to the client that it is ours."""
    log_fault(request, error)
    return answer_refusal(request, refusals.FAULT())


def log_fault(request: Ask, error: Exception) -> None:
    """Write down what went wrong, under the request's id."""
    visit: Visit | None = request.scope.get("visit")  # type: ignore[assignment]
    request_id = visit.request_id if visit else ""
    _log.error("request_failed", request=request_id, path=request.scope["path"], exc_info=error)
