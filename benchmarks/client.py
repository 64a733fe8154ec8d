"""A lean HTTP/1.1 client for load: one connection a buyer, no more work for each request than there must be.

The generator shares its two cores with the platform that it measures, so what it takes is reported beside the figures.
"""

import asyncio
from collections.abc import Iterable
from typing import cast

_END = b"\r\n\r\n"


class Connection(asyncio.Protocol):
    """One kept-alive connection; one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError())

    def data_received(self, data: bytes) -> None:
        received = self._received = self._received + data if self._received else data
        split = received.find(_END)
        if split < 0 or self._answer is None:
            return
        head = received[:split].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        body_at = split + len(_END)
        if len(received) - body_at < length:
            return
        self._received = b""
        answer, self._answer = self._answer, None
        if not answer.done():
            answer.set_result((int(head[9:12]), received[body_at : body_at + length]))

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a whole request; the answer's status and body."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


async def connect(port: int) -> Connection:
    """Connect to this machine."""
    _, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
    return connection


def request(method: str, path: str, host: str, body: bytes = b"", headers: Iterable[tuple[str, str]] = ()) -> bytes:
    """A request's bytes."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body or method in ("POST", "PUT"):
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
