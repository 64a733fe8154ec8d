"""Refusals as HTTP answers: the status at the very last step, the sentence in the reader's language."""

from typing import Any

import msgspec

from matjar.core.refusal import Kind, Refusal, translate
from matjar.edge.languages import catalogue

STATUS = {
    Kind.INVALID: 422,
    Kind.NOT_FOUND: 404,
    Kind.FORBIDDEN: 403,
    Kind.CONFLICT: 409,
    Kind.THROTTLED: 429,
    Kind.BUSY: 503,
    Kind.AWAY: 503,
    Kind.FAULT: 500,
}
_RETRY_AFTER = {Kind.BUSY: 1, Kind.AWAY: 5, Kind.THROTTLED: 60}


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
    messages: tuple[Message, ...]
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
    return STATUS[refusal.kind]


def retry_after(refusal: Refusal) -> int | None:
    """Seconds after which it is worth trying again; None where trying again changes nothing."""
    given = refusal.facts.get("retry_after")
    return int(given) if given is not None else _RETRY_AFTER.get(refusal.kind)
