"""Rooms are entered by their door: nouns and ports may be named from outside, verbs and SQL only through it."""

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.tidy.tree import Finding, Module, hold, modules, snippet

INNER = frozenset({"operations", "queries", "rules", "store"})


def break_ins(some: Iterable[Module]) -> Iterator[Finding]:
    """Imports of what lies behind another room's door, and uses of its SQL."""
    for module in some:
        own = room_of(module.name)
        for node in ast.walk(module.tree):
            names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names += [f"{node.module}.{alias.name}" for alias in node.names]
            for name in names:
                if room_of(name) not in {None, own} and set(name.split(".")[3:4]) & INNER:
                    yield Finding(f"{module.path}::{name}", "`from matjar.domain import room`, then `room.verb(tx, …)`")
                    break


def room_of(name: str) -> str | None:
    """The room that a dotted name leads into."""
    parts = name.split(".")
    return parts[2] if parts[:2] == ["matjar", "domain"] and len(parts) > 2 else None


def test_rooms_are_entered_by_their_door() -> None:
    hold("doors", break_ins(modules("src")))


@pytest.mark.parametrize(
    "text",
    [
        "from matjar.domain.orders.operations import place",
        "from matjar.domain.orders import store",
        "import matjar.domain.orders.queries",
    ],
)
def test_a_break_in_is_found(text: str) -> None:
    assert list(break_ins([snippet(text)]))
    assert not list(break_ins([snippet(text, "src/matjar/domain/orders/operations.py")]))


@pytest.mark.parametrize(
    "text", ["from matjar.domain import orders", "from matjar.domain.payments.ports import Gateway", "import msgspec"]
)
def test_the_door_is_open(text: str) -> None:
    assert not list(break_ins([snippet(text)]))
