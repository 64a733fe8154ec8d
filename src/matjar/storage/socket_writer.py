"""The writer's end of the Unix socket: one thread that reads, groups, commits and answers.

It never waits for a surface: sockets do not block, what a surface does not fetch is bounded, and one that stops is cut
off. Lines are served in turn, so a till's one sale does not stand behind a storefront's hundreds.
"""

import os
import selectors
import socket
from collections.abc import Callable
from pathlib import Path

import msgspec

from matjar.core.command import Answer, Command, refused
from matjar.core.limits import COMMAND_BYTES, UNREAD_ANSWER_BYTES
from matjar.storage import refusals
from matjar.storage.carrier import FRAME
from matjar.storage.group import Executor
from matjar.storage.intake import Intake
from matjar.storage.operations import Operations
from matjar.storage.sqlite import SqliteEngine

_RECEIVE_BYTES = 256 * 1024
_FRAME_BYTES = COMMAND_BYTES + 16 * 1024
"""A command's arguments, and room for who, where and under which key."""

_encode = msgspec.msgpack.Encoder().encode
_decode_command = msgspec.msgpack.Decoder(Command).decode


class _Surface:
    """One connected surface: what came in half, and what it has not fetched yet."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.received = bytearray()
        self.unsent = bytearray()

    def answer(self, number: int, answer: Answer) -> None:
        content = _encode(answer)
        self.unsent += FRAME.pack(len(content), number) + content


class SocketWriter:
    """Serves surfaces until it is stopped."""

    def __init__(self, path: Path, engine: SqliteEngine, operations: Operations, clock: Callable[[], int]) -> None:
        self._engine = engine
        self._executor = Executor(engine, operations)
        self._clock = clock
        self._intake: Intake[tuple[_Surface, int, Command]] = Intake()
        self._selector = selectors.DefaultSelector()
        self._surfaces: set[_Surface] = set()
        self._door = _listen(path)
        self._wake, self._stopper = socket.socketpair()
        self._selector.register(self._door, selectors.EVENT_READ)
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._running = True

    def stop(self) -> None:
        """Ask the loop to end after its current group; safe in a signal handler."""
        self._running = False
        self._stopper.send(b"\0")

    def serve(self) -> None:
        """Read, group, commit, answer; until stopped."""
        while self._running:
            ready = self._selector.select(0 if len(self._intake) else None)
            for key, events in ready:
                if key.fileobj is self._door:
                    self._accept()
                elif isinstance(key.data, _Surface):
                    self._attend(key.data, events)
            self._commit_group()
        self._engine.close()
        self._door.close()

    def _accept(self) -> None:
        connection, _ = self._door.accept()
        connection.setblocking(False)
        surface = _Surface(connection)
        self._surfaces.add(surface)
        self._selector.register(connection, selectors.EVENT_READ, surface)

    def _attend(self, surface: _Surface, events: int) -> None:
        try:
            if events & selectors.EVENT_WRITE:
                self._send(surface)
            if events & selectors.EVENT_READ:
                data = surface.connection.recv(_RECEIVE_BYTES)
                if not data:
                    raise ConnectionResetError
                surface.received += data
                self._take_commands(surface)
        except (OSError, msgspec.DecodeError):
            self._cut_off(surface)

    def _take_commands(self, surface: _Surface) -> None:
        received, start = surface.received, 0
        while len(received) - start >= FRAME.size:
            length, number = FRAME.unpack_from(received, start)
            if length > _FRAME_BYTES:
                raise ConnectionAbortedError("a command over the bound")
            end = start + FRAME.size + length
            if len(received) < end:
                break
            command = _decode_command(bytes(received[start + FRAME.size : end]))
            if not self._intake.put(surface, (surface, number, command)):
                surface.answer(number, refused(refusals.BUSY()))
            start = end
        del received[:start]
        if surface.unsent:
            self._send(surface)

    def _commit_group(self) -> None:
        group = self._intake.take_round(self._executor.most)
        if not group:
            return
        answers = self._executor.answer([command for _, _, command in group], self._clock())
        for (surface, number, _), answer in zip(group, answers, strict=True):
            surface.answer(number, answer)
        for surface in {surface for surface, _, _ in group} & self._surfaces:
            try:
                self._send(surface)
            except OSError:
                self._cut_off(surface)

    def _send(self, surface: _Surface) -> None:
        """Send what the surface takes at once; more than its bound unfetched cuts it off."""
        try:
            sent = surface.connection.send(surface.unsent)
            del surface.unsent[:sent]
        except BlockingIOError:
            pass
        if len(surface.unsent) > UNREAD_ANSWER_BYTES:
            raise ConnectionAbortedError("answers unfetched over the bound")
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if surface.unsent else 0)
        if self._selector.get_key(surface.connection).events != wanted:
            self._selector.modify(surface.connection, wanted, surface)

    def _cut_off(self, surface: _Surface) -> None:
        """Forget a surface that is gone. What it asked for is done all the same: it may have charged already."""
        self._surfaces.discard(surface)
        self._selector.unregister(surface.connection)
        surface.connection.close()


def _listen(path: Path) -> socket.socket:
    """Open the door, for this user alone, and hang it only when it opens: whoever sees it can knock. An old one is a
    dead writer's, since its lock is ours.
    """
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        door.bind(str(draft))
    finally:
        os.umask(before)
    door.listen(64)
    door.setblocking(False)
    draft.replace(path)
    return door
