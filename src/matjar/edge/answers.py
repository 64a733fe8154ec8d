"""Refusals as HTTP answers: the status at the very last step, the sentence in the reader's language."""

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

import msgspec

from matjar.core.refusal import Kind, Refusal, translate
from matjar.edge.languages import catalogue

STATUS = {
    Kind.INVALID: 422,
    Kind.NOT_FOUND: 404,
    Kind.UNPROVEN: 401,
    Kind.FORBIDDEN: 403,
    Kind.CONFLICT: 409,
    Kind.THROTTLED: 429,
    Kind.BUSY: 503,
    Kind.AWAY: 503,
    Kind.FAULT: 500,
}
_STATUS_OF_CODE = {
    "catalog.gone": 410, "door.too_large": 413, "door.too_slow": 408, "request.invalid": 400, "request.method": 405,
}  # fmt: skip
"""Where HTTP has a word of its own."""
_RETRY_AFTER = {Kind.BUSY: 1, Kind.AWAY: 5, Kind.THROTTLED: 60}


Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_encode = msgspec.json.Encoder().encode


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing to tell the client: a code for programs, a path for forms, a sentence for people (UCP, messages)."""

    type: str
    code: str
    content: str
    path: str = ""
    severity: str = "recoverable"


class Problem(msgspec.Struct, frozen=True):
    """The body of every answer that says no."""

    status: str
    code: str
    messages: Sequence[Message]
    facts: dict[str, Any]
    request_id: str


def problem(refusal: Refusal, language: str, request_id: str) -> Problem:
    """The refusal as a body, in the reader's language."""
    sentence = translate(refusal, catalogue(language).gettext)
    path = f"$.{refusal.field}" if refusal.field else ""
    message = Message("error", refusal.code, sentence, path)
    return Problem("error", refusal.code, (message,), refusal.facts, request_id)


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return _STATUS_OF_CODE.get(refusal.code) or STATUS[refusal.kind]


def retry_after(refusal: Refusal) -> int | None:
    """Seconds after which it is worth trying again; None where trying again changes nothing."""
    given = refusal.facts.get("retry_after")
    return int(given) if given is not None else _RETRY_AFTER.get(refusal.kind)


async def send_json(send: Send, status: int, body: Any, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    """Answer with JSON, past any framework."""
    content = _encode(body)
    named = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode()), *(headers or ())]
    await send({"type": "http.response.start", "status": status, "headers": named})
    await send({"type": "http.response.body", "body": content})


async def send_refusal(send: Send, refusal: Refusal, language: str, request_id: str) -> None:
    """Answer with a refusal, past any framework."""
    pause = retry_after(refusal)
    headers = [] if pause is None else [(b"retry-after", str(pause).encode())]
    await send_json(send, status_of(refusal), problem(refusal, language, request_id), headers)
