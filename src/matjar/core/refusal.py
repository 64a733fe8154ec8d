"""Refusals: the expected "no"s, each with a permanent code.

A room declares its refusals once, at import, and raises them with the facts that the sentence needs:

    SOLD_OUT = declare("inventory.sold_out", Kind.CONFLICT, "Only {available} of {title} are left.")
    raise SOLD_OUT(available=3, title="Rose soap")

The code is what programs read and never changes. The sentence is the English original of what people read; the
edge translates it. Anything raised that is not a refusal is a bug.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """What sort of "no" it is; the edge turns each into its transport's status."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    UNPROVEN = "unproven"
    """Whoever asks must first show who they are, or once more that it is still them."""
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    THROTTLED = "throttled"
    BUSY = "busy"
    AWAY = "away"
    FAULT = "fault"


class Refusal(Exception):
    """One "no", with its facts and, where a form is concerned, the path of the field that it is about."""

    def __init__(self, code: str, kind: Kind, message: str, facts: dict[str, Any], field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.kind = kind
        self.message = message
        self.facts = facts
        self.field = field
        self.afterwards: list[Callable[[Any], None]] = []

    def at(self, field: str) -> Self:
        """Name the field that the refusal is about, as a JSON path such as ``buyer.email``."""
        self.field = field
        return self

    def leaving(self, trace: Callable[[Any], None]) -> Self:
        """Keep ``trace(tx)`` although the command is rolled back: a wrong guess must count as an attempt."""
        self.afterwards.append(trace)
        return self

    def __str__(self) -> str:
        return f"{self.code}: {self.message.format_map(_Facts(self.facts))}"


class _Facts(dict[str, Any]):
    """Facts of a sentence; one that is missing shows its name rather than stopping the refusal."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


class Declared:
    """A refusal as its room declares it; call it with the facts to get one to raise."""

    def __init__(self, code: str, kind: Kind, message: str) -> None:
        self.code = code
        self.kind = kind
        self.message = message

    def __call__(self, **facts: Any) -> Refusal:
        return Refusal(self.code, self.kind, self.message, facts)


_declared: dict[str, Declared] = {}


def declare(code: str, kind: Kind, message: str) -> Declared:
    """Declare a refusal under its permanent code. Two declarations of one code are a bug."""
    assert code not in _declared, f"refusal {code} is declared twice"
    assert "." in code, f"refusal {code} does not name its room"
    _declared[code] = Declared(code, kind, message)
    return _declared[code]


def declared() -> Iterator[Declared]:
    """Every refusal that the loaded rooms declare, in order of code: for docs and completeness tests."""
    return iter(sorted(_declared.values(), key=lambda each: each.code))


def translate(refusal: Refusal, gettext: Callable[[str], str]) -> str:
    """Say the refusal in a reader's language; ``gettext`` maps the English sentence to theirs."""
    return gettext(refusal.message).format_map(_Facts(refusal.facts))
