"""Where surfaces and workers hand over their commands: by the room's own function, so types are checked, yet as data.

desk = storage.desk(shop_id, actor=BUYER, request_id=request.id)
checkout = await desk.submit(checkout.create, key=key)(token_hash=…, lines=…)
"""

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar, get_type_hints

import msgspec

from matjar.core.command import Command
from matjar.core.limits import COMMAND_BYTES
from matjar.core.tx import SYSTEM, Actor, Reading, Tx
from matjar.storage import refusals
from matjar.storage.carrier import Carrier
from matjar.storage.operations import Verb, name_of
from matjar.storage.reader import Reader

P = ParamSpec("P")
T = TypeVar("T")

_encode = msgspec.msgpack.Encoder().encode


@cache
def _decoder(verb: Verb) -> Callable[[msgspec.Raw], Any]:
    return msgspec.msgpack.Decoder(get_type_hints(verb)["return"]).decode


@cache
def _name(verb: Verb) -> str:
    return name_of(verb)


class Desk:
    """The platform's storage, for one shop, one actor and one request."""

    __slots__ = ("_carrier", "_reader", "actor", "request_id", "shop_id")

    def __init__(self, carrier: Carrier, reader: Reader, shop_id: int, actor: Actor, request_id: str) -> None:
        self._carrier = carrier
        self._reader = reader
        self.shop_id = shop_id
        self.actor = actor
        self.request_id = request_id

    def submit(self, verb: Callable[Concatenate[Tx, P], T], *, key: str = "") -> Callable[P, Awaitable[T]]:
        """The verb, to be called with its own arguments; answers when it is durable, raises its refusals."""

        async def hand_over(*positional: P.args, **arguments: P.kwargs) -> T:
            assert not positional, "operations take their arguments by name"
            content = _encode(arguments)
            if len(content) > COMMAND_BYTES:
                raise refusals.TOO_LARGE()
            command = Command(_name(verb), self.shop_id, msgspec.Raw(content), self.actor, key, self.request_id)
            answer = await self._carrier.submit(command)
            if answer.no is not None:
                raise answer.no.refusal()
            result: T = _decoder(verb)(answer.result)
            return result

        return hand_over

    async def read(self, question: Callable[[Reading], T]) -> T:
        """Ask; refuses ``storage.away`` when the database is."""
        return await self._reader.read(self.shop_id, question)


class Storage:
    """A carrier and a reader of the same database: what ``compose`` gives to each process."""

    def __init__(self, carrier: Carrier, reader: Reader) -> None:
        self._carrier = carrier
        self._reader = reader

    def desk(self, shop_id: int, actor: Actor = SYSTEM, request_id: str = "") -> Desk:
        """The desk for one shop's business."""
        return Desk(self._carrier, self._reader, shop_id, actor, request_id)

    async def read(self, shop_id: int, question: Callable[[Reading], T]) -> T:
        """Ask without an actor."""
        return await self._reader.read(shop_id, question)

    async def close(self) -> None:
        """Let go of both."""
        await self._carrier.close()
        self._reader.close()
