"""The operations that commands may name, each with its arguments read by its own signature."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_type_hints

import msgspec

Verb = Callable[..., Any]


FOUNDING = frozenset({"shops.create", "access.begin_shop"})
"""The operations by which a shop comes to be, each in its own database; all others need it to be there."""


class Operation:
    """A verb of a room, callable with a command's raw arguments."""

    def __init__(self, verb: Verb) -> None:
        self.name = name_of(verb)
        self.founds_a_shop = self.name in FOUNDING
        self._verb = verb
        self._decode = msgspec.msgpack.Decoder(_arguments_of(verb)).decode

    def __call__(self, tx: Any, arguments: bytes | msgspec.Raw) -> Any:
        """Run the verb. Arguments that do not fit raise msgspec.ValidationError before it starts."""
        given = self._decode(arguments)
        return self._verb(tx, **{field: getattr(given, field) for field in given.__struct_fields__})


Operations = Mapping[str, Operation]


def operations(rooms: Iterable[Iterable[Verb]]) -> Operations:
    """Gather the rooms' ``COMMANDS`` by name."""
    listed = [Operation(verb) for room in rooms for verb in room]
    named = {operation.name: operation for operation in listed}
    assert len(named) == len(listed), "two operations have one name"
    return named


def name_of(verb: Verb) -> str:
    """``checkout.prepare`` for the function ``prepare`` of the room ``matjar/domain/checkout``."""
    room = verb.__module__.partition(".domain.")[2] or verb.__module__
    return f"{room.split('.')[0]}.{verb.__name__}"


def _arguments_of(verb: Verb) -> type[msgspec.Struct]:
    hints = get_type_hints(verb)
    defaults = verb.__kwdefaults__ or {}
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    for name, kind in hints.items():
        if name in ("tx", "return"):
            continue
        fields.append((name, kind, defaults[name]) if name in defaults else (name, kind))
    return msgspec.defstruct(name_of(verb), fields, forbid_unknown_fields=True, kw_only=True)
