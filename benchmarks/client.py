"""A lean HTTP/1.1 client for load: one request at a time on a connection, no more work for each than there must be.

The generator shares its two cores with the platform that it measures, so what it takes is reported beside the figures.
"""

import asyncio
from collections.abc import Iterable
from typing import NamedTuple, cast

_END = b"\r\n\r\n"


class Answer(NamedTuple):
    """What came back. ``retry_after_seconds`` is 0 where the platform did not ask for a pause."""

    status: int
    body: bytes
    retry_after_seconds: int


class Connection(asyncio.Protocol):
    """One connection that is kept open; one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Answer] | None = None
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
        body_at = split + len(_END)
        length = _number(head, b"\r\ncontent-length:")
        if len(received) - body_at < length:
            return
        self._received = b""
        answer, self._answer = self._answer, None
        if not answer.done():
            body = received[body_at : body_at + length]
            answer.set_result(Answer(int(head[9:12]), body, _number(head, b"\r\nretry-after:")))

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    async def ask(self, request: bytes) -> Answer:
        """Send a whole request, and wait for its answer."""
        if self._transport is None:
            raise ConnectionResetError
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


class Pool:
    """Connections for buyers who come and go: the one that was used last is used next, up to a bound in all."""

    def __init__(self, port: int, most: int) -> None:
        self._port = port
        self._free: list[Connection] = []
        self._left = asyncio.Semaphore(most)

    async def ask(self, request: bytes) -> Answer:
        """Send a whole request on a free connection, and wait for its answer."""
        async with self._left:
            while self._free:
                connection = self._free.pop()
                if connection.is_open:
                    break
            else:
                connection = await connect(self._port)
            answer = await connection.ask(request)
            self._free.append(connection)
            return answer

    def close(self) -> None:
        for connection in self._free:
            connection.close()


def request(method: str, path: str, host: str, body: bytes = b"", headers: Iterable[tuple[str, str]] = ()) -> bytes:
    """A request's bytes."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body or method in ("POST", "PUT"):
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def _number(head: bytes, name: bytes) -> int:
    at = head.find(name)
    return int(head[at + len(name) :].split(b"\r\n", 1)[0]) if at >= 0 else 0
