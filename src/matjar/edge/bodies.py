"""Bodies as they come in: whole, bounded and in time, before anybody is let in to work on them.

Who sends theirs bit by bit so holds up nobody: they wait outside, and not in a place that a buyer could have.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from matjar.core.limits import BODY_BYTES, BODY_SECONDS, SLOW_BODIES
from matjar.core.refusal import Kind, declare
from matjar.storage import refusals

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

TOO_LARGE = declare("door.too_large", Kind.INVALID, "This is more than can be sent at once.")
TOO_SLOW = declare("door.too_slow", Kind.INVALID, "This took too long to arrive.")


class Gone(Exception):
    """The client left before it had said everything."""


class Bodies:
    """Takes them in for one process."""

    def __init__(self) -> None:
        self._coming = 0

    async def take(self, length: bytes, receive: Receive) -> Receive:
        """Wait for a whole body, and give it out again as one piece; ``length`` is what its header says, if anything.

        Refuses ``door.too_large``, ``door.too_slow``, and ``storage.busy`` when too many come bit by bit.
        """
        if length and (len(length) > len(str(BODY_BYTES)) or not length.isdigit() or int(length) > BODY_BYTES):
            raise TOO_LARGE()
        try:
            async with asyncio.timeout(BODY_SECONDS):
                message = await receive()
                if message.get("more_body"):
                    message = await self._rest(message, receive)
        except TimeoutError:
            raise TOO_SLOW() from None
        if message["type"] == "http.disconnect":
            raise Gone
        return _once(message, receive)

    async def _rest(self, first: MutableMapping[str, Any], receive: Receive) -> MutableMapping[str, Any]:
        if self._coming >= SLOW_BODIES:
            raise refusals.BUSY()
        self._coming += 1
        try:
            body, message = bytearray(first["body"]), first
            while message.get("more_body"):
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                body += message["body"]
                if len(body) > BODY_BYTES:
                    raise TOO_LARGE()
            return {"type": "http.request", "body": bytes(body)}
        finally:
            self._coming -= 1


def _once(message: MutableMapping[str, Any], receive: Receive) -> Receive:
    waiting = [message]

    async def again() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else await receive()

    return again
