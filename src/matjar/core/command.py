"""Commands: an operation's name and plain arguments, so that they can cross a socket, wait in a spool, be replayed."""

from typing import Any

import msgspec

from matjar.core.refusal import Kind, Refusal
from matjar.core.tx import SYSTEM, Actor


class Command(msgspec.Struct, frozen=True, array_like=True):
    """One thing to do in one shop.

    ``arguments`` is a MessagePack map, read by the operation's own signature. ``key`` makes the command safe to
    retry: the same key with the same content gets the first answer again, other content is refused.
    """

    operation: str
    shop_id: int
    arguments: msgspec.Raw
    actor: Actor = SYSTEM
    key: str = ""
    request_id: str = ""


class No(msgspec.Struct, frozen=True, array_like=True):
    """A refusal as data, to cross a socket and to be kept beside an idempotency key."""

    code: str
    kind: Kind
    message: str
    facts: dict[str, Any]
    field: str | None = None

    @classmethod
    def of(cls, refusal: Refusal) -> "No":
        """Take down a refusal."""
        return cls(refusal.code, refusal.kind, refusal.message, refusal.facts, refusal.field)

    def refusal(self) -> Refusal:
        """The refusal again, to be raised on this side of the socket."""
        return Refusal(self.code, self.kind, self.message, self.facts, self.field)


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What the writer says once the command is durable: the operation's result as MessagePack, or a refusal."""

    result: msgspec.Raw = msgspec.Raw(b"\xc0")
    no: No | None = None


def refused(refusal: Refusal) -> Answer:
    """The answer that says no."""
    return Answer(no=No.of(refusal))
