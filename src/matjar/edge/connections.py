"""Connections: how many there may be, how long a whole request may take to come, and how long an answer to be read.

uvicorn bounds none of these: whoever opens connections and says nothing, or says it a letter at a time, would have the
whole surface to themselves. Bodies have a bound of their own, which answers: ``edge/bodies.py``.
"""

import asyncio
import resource
from collections import OrderedDict
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from matjar.core.limits import CONNECTIONS, HEAD_BYTES, OTHER_FILES, REQUEST_SECONDS, UNREAD_SECONDS

_LOOK_SECONDS = 0.5


class Connections:
    """Those of one process. One too many takes the place of the one that has kept silent for the longest."""

    def __init__(
        self, most: int = CONNECTIONS, request_seconds: float = REQUEST_SECONDS, unread_seconds: float = UNREAD_SECONDS
    ) -> None:
        self._most = most
        self._open: set[Connection] = set()
        self._silent = _Waiting(request_seconds)
        self._unread = _Waiting(unread_seconds)

    def protocol(self, **given: Any) -> "Connection":
        """The protocol of a new connection, as uvicorn makes it."""
        return Connection(self, **given)

    async def watch(self) -> None:
        """Cut off, for ever, who has been waited for too long."""
        now = asyncio.get_running_loop().time
        while True:
            self._unread.renew_who_moves()
            for late in (*self._silent.late(now()), *self._unread.late(now())):
                late.transport.abort()
            await asyncio.sleep(_LOOK_SECONDS)

    def came(self, connection: "Connection") -> None:
        """A new one; where there is no room, and nobody silent to give it up, it goes again at once."""
        self._open.add(connection)
        if len(self._open) > self._most:
            leaving = self._silent.longest() or connection
            self.left(leaving)
            leaving.transport.abort()
        if connection in self._open:
            self.falls_silent(connection)

    def falls_silent(self, connection: "Connection") -> None:
        """Its next request is waited for, from now on until it is whole."""
        self._unread.remove(connection)
        self._silent.add(connection)

    def asks(self, connection: "Connection") -> None:
        """Its request is there."""
        self._silent.remove(connection)
        self._unread.remove(connection)

    def stops_reading(self, connection: "Connection") -> None:
        """More of its answer waits than its buffers hold."""
        self._unread.add(connection)

    def reads_on(self, connection: "Connection") -> None:
        """It took some of it."""
        self._unread.remove(connection)

    def left(self, connection: "Connection") -> None:
        """It is gone, or as good as that."""
        self._open.discard(connection)
        self._silent.remove(connection)
        self._unread.remove(connection)


class _Waiting:
    """Connections that something is expected of, for so many seconds, the first of them first."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: OrderedDict[Connection, float] = OrderedDict()

    def add(self, connection: "Connection") -> None:
        self._since[connection] = connection.loop.time()
        self._since.move_to_end(connection)

    def remove(self, connection: "Connection") -> None:
        self._since.pop(connection, None)

    def longest(self) -> "Connection | None":
        return next(iter(self._since), None)

    def late(self, now: float) -> list["Connection"]:
        late: list[Connection] = []
        for connection, since in self._since.items():
            if now - since < self._seconds:
                break
            late.append(connection)
        return late

    def renew_who_moves(self) -> None:
        """Whoever took something of their answer since the last look has all their time again."""
        for connection in list(self._since):
            if connection.has_read():
                self.add(connection)


class Connection(HttpToolsProtocol):
    """uvicorn's protocol, which tells how it fares."""

    def __init__(self, connections: Connections, **given: Any) -> None:
        super().__init__(**given)
        self._among = connections
        self._head_bytes = 0
        self._unread_bytes = 0

    def has_read(self) -> bool:
        """Whether it took something of what waits for it, since this was last asked."""
        before, self._unread_bytes = self._unread_bytes, self.transport.get_write_buffer_size()
        return self._unread_bytes < before

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """It is there, and has said nothing."""
        super().connection_made(transport)
        self._among.came(self)

    def data_received(self, data: bytes) -> None:
        """Something came; a head without end does not fill the memory."""
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > HEAD_BYTES:
            self.transport.abort()

    def on_body(self, body: bytes) -> None:
        """Part of the body, which is not the head's: that of the next request is counted anew."""
        self._head_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole; one that was answered before is none any more."""
        self._head_bytes = 0
        if not self.cycle.response_complete:
            self._among.asks(self)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """It is answered; unless the next request has come already, that is waited for."""
        was_last = not self.pipeline
        super().on_response_complete()
        if not was_last:
            return
        if self.transport.get_write_buffer_size():
            self._among.stops_reading(self)
        else:
            self._among.falls_silent(self)

    def pause_writing(self) -> None:
        """The client is slower in reading than we are in answering."""
        super().pause_writing()
        self._among.stops_reading(self)

    def resume_writing(self) -> None:
        """The client has read what waited."""
        super().resume_writing()
        if self.cycle.response_complete:
            self._among.falls_silent(self)
        else:
            self._among.reads_on(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._among.left(self)
        super().connection_lost(exc)


def make_room() -> int:
    """Let this process open as many files as its connections need; as many connections as the system lets it have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(CONNECTIONS, soft - OTHER_FILES)
