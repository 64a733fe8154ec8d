"""Requests and answers over plain ASGI, and the one thing that ASGI cannot say: break this connection."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from matjar.core.refusal import Kind, Refusal, declare
from matjar.workers.gateway_twin.charges import Charge
from matjar.workers.gateway_twin.limits import MAX_BODY_BYTES

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

UNKNOWN = declare("twin.unknown", Kind.NOT_FOUND, "The twin knows nothing of this.")
TOO_LONG = declare("twin.too_long", Kind.INVALID, "A body has at most 16 KiB.")

_STATUS = {Kind.INVALID: 400, Kind.NOT_FOUND: 404, Kind.FORBIDDEN: 403, Kind.CONFLICT: 409}
_AWAY = 503


class Answer(msgspec.Struct, frozen=True):
    """A whole answer; every one of them is small."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[bytes, bytes], ...] = ((b"content-type", b"application/json"),)


class Protocol(HttpToolsProtocol):
    """Uvicorn's protocol, which also hands the application its connection."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {"transport": self.transport}  # type: ignore[dict-item]


class Call:
    """One request being answered. ``charge`` is what the answer is about, once that is known."""

    def __init__(self, scope: Scope) -> None:
        self.method: str = scope["method"]
        self.path: list[str] = scope["path"].split("/")[1:]
        self.body = b""
        self.charge: Charge | None = None
        self._scope = scope

    @property
    def route(self) -> tuple[str, ...]:
        """Method and path, with ``*`` in the place of the charge's key."""
        first, *rest = self.path
        return (self.method, first, *("*" for _ in rest[:1]), *rest[1:])

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self._scope["query_string"].decode("latin-1")))

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("latin-1")))

    def header(self, name: bytes) -> str:
        """A header by its name in lower case, or nothing."""
        return next((value.decode("latin-1") for key, value in self._scope["headers"] if key == name), "")

    def has_left(self) -> bool:
        """Whether the caller has hung up."""
        return transport_of(self._scope).is_closing()


def transport_of(scope: Scope) -> asyncio.Transport:
    """The connection that a request came in on."""
    transport: asyncio.Transport = scope["extensions"]["transport"]
    return transport


async def read_body(receive: Receive) -> bytes:
    """The whole body; refuses ``twin.too_long``."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body", False) and len(body) <= MAX_BODY_BYTES:
        message = await receive()
        body += message.get("body", b"")
    if len(body) > MAX_BODY_BYTES:
        raise TOO_LONG()
    return body


async def give(send: Send, answer: Answer) -> None:
    """Send an answer."""
    length = (b"content-length", str(len(answer.body)).encode())
    await send({"type": "http.response.start", "status": answer.status, "headers": [*answer.headers, length]})
    await send({"type": "http.response.body", "body": answer.body})


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return _STATUS.get(refusal.kind, _AWAY)


def say_no(refusal: Refusal) -> Answer:
    """A refusal as an answer to a program."""
    said = {"error": refusal.code, "message": str(refusal), **refusal.facts}
    return Answer(msgspec.json.encode(said), status_of(refusal))
