"""How a command travels to a writer: in process to a thread, or over a Unix socket to the writer's own process."""

from __future__ import annotations

import asyncio
import struct
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

import msgspec

from matjar.core.command import Answer, Command, refused
from matjar.core.limits import QUEUED_COMMANDS, SUBMIT_TIMEOUT_SECONDS
from matjar.storage import refusals

if TYPE_CHECKING:
    from matjar.storage.head import Engine
    from matjar.storage.intake import Intake
    from matjar.storage.operations import Operations

FRAME = struct.Struct(">II")
"""Before each message on the socket: its length in bytes, and the number that its answer carries back."""

_encode = msgspec.msgpack.Encoder().encode
_decode_answer = msgspec.msgpack.Decoder(Answer).decode


class Carrier(Protocol):
    """Takes commands to the writer and brings answers back; never refuses by exception."""

    async def submit(self, command: Command) -> Answer:
        """Answered only when the command is durable. ``storage.busy`` at once when too much is waiting."""

    async def close(self) -> None:
        """Let go of the writer."""


class InProcess:
    """A writer thread in this very process: PostgreSQL's way, and that of a command line with no writer running."""

    def __init__(self, engine: Engine, operations: Operations, clock: Callable[[], int]) -> None:
        from matjar.storage.group import Executor  # noqa: PLC0415 - who has a writer beside it writes nothing itself
        from matjar.storage.intake import Intake  # noqa: PLC0415 - the same

        self._engine = engine
        self._executor = Executor(engine, operations)
        self._clock = clock
        self._intake: Intake[tuple[Command, asyncio.Future[Answer], asyncio.AbstractEventLoop]] = Intake()
        self._changed = threading.Condition()
        self._open = True
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()

    async def submit(self, command: Command) -> Answer:
        """Queue the command under its shop, so that a group is one shop's work; a database that hangs is away."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        with self._changed:
            taken = self._open and self._intake.put(command.shop_id, (command, answer, loop))
            self._changed.notify()
        if not taken:
            return refused(refusals.BUSY())
        timeout = loop.call_later(SUBMIT_TIMEOUT_SECONDS, _settle, [(answer, refused(refusals.AWAY()))])
        try:
            return await answer
        finally:
            timeout.cancel()

    def _write(self) -> None:
        take = self._intake.take_round if self._engine.several_shops_in_a_group else self._intake.take_line
        while True:
            with self._changed:
                while self._open and not len(self._intake):
                    self._changed.wait()
                group = take(self._executor.most)
                if not group:
                    break
            answers = self._executor.answer([command for command, _, _ in group], self._clock())
            by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Answer], Answer]]] = {}
            for (_, future, loop), answer in zip(group, answers, strict=True):
                by_loop.setdefault(loop, []).append((future, answer))
            for loop, settled in by_loop.items():
                if not loop.is_closed():
                    loop.call_soon_threadsafe(_settle, settled)
        self._engine.close()

    async def close(self) -> None:
        """Finish what waits, then end the thread."""
        with self._changed:
            self._open = False
            self._changed.notify()
        await asyncio.to_thread(self._thread.join)


def _settle(settled: list[tuple[asyncio.Future[Answer], Answer]]) -> None:
    for future, answer in settled:
        if not future.done():
            future.set_result(answer)


class Socket(asyncio.Protocol):
    """The writer's process, over its Unix socket; reconnects when the writer was started anew."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._transport: asyncio.Transport | None = None
        self._connecting = asyncio.Lock()
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self._number = 0
        self._received = bytearray()

    async def submit(self, command: Command) -> Answer:
        """Send the command. A writer that is away, or dies before it answers, is ``storage.away``."""
        if len(self._waiting) >= QUEUED_COMMANDS:
            return refused(refusals.BUSY())
        if self._transport is None and not await self._connect():
            return refused(refusals.AWAY())
        assert self._transport is not None
        loop = asyncio.get_running_loop()
        self._number = number = (self._number + 1) & 0xFFFFFFFF
        answer: asyncio.Future[Answer] = loop.create_future()
        self._waiting[number] = answer
        timeout = loop.call_later(SUBMIT_TIMEOUT_SECONDS, self._give_up, number)
        content = _encode(command)
        self._transport.write(FRAME.pack(len(content), number) + content)
        try:
            return await answer
        finally:
            timeout.cancel()
            self._waiting.pop(number, None)

    def _give_up(self, number: int) -> None:
        waiting = self._waiting.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(refused(refusals.AWAY()))

    async def _connect(self) -> bool:
        async with self._connecting:
            if self._transport is None:
                try:
                    await asyncio.get_running_loop().create_unix_connection(lambda: self, self._path)
                except OSError:
                    return False
        return self._transport is not None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The writer is there."""
        self._transport = cast(asyncio.Transport, transport)
        self._received.clear()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """The writer is gone: nobody knows what became of what was sent, so each is told to try again."""
        self._transport = None
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_result(refused(refusals.AWAY()))

    def data_received(self, data: bytes) -> None:
        """Hand each whole answer to who waits for it."""
        received = self._received
        received += data
        start = 0
        while len(received) - start >= FRAME.size:
            length, number = FRAME.unpack_from(received, start)
            end = start + FRAME.size + length
            if len(received) < end:
                break
            waiting = self._waiting.get(number)
            if waiting is not None and not waiting.done():
                waiting.set_result(_decode_answer(bytes(received[start + FRAME.size : end])))
            start = end
        del received[:start]

    async def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()
