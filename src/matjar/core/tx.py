"""The transaction as the domain sees it: SQL, the moment, the shop, the actor, ids and events. Nothing else exists.

The same operation on the same rows with the same ``now`` writes the same rows: there is no clock, no randomness and
no network below the edge.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import msgspec

Row = tuple[Any, ...]
T = TypeVar("T")
D = TypeVar("D")


class Actor(msgspec.Struct, frozen=True, array_like=True):
    """Who acts: ``buyer``, ``staff``, ``system``; and, where there is one, which person, at which address.

    ``proof`` is how that person proved themselves, for the audit: ``passkey``, ``password``, ``break_glass`` …
    """

    kind: str
    person_id: int = 0
    address: str = ""
    proof: str = ""


SYSTEM = Actor("system")
BUYER = Actor("buyer")


class Event(msgspec.Struct, frozen=True):
    """What happened, in the past tense. Rooms define theirs in ``events.py``: ids and numbers, never personal data.

    The struct's tag is its name on the feed: ``class OrderPlaced(Event, tag="order_placed", frozen=True)``.
    """


class Reading(Protocol):
    """A consistent view of one shop. Every statement names ``:shop_id``, which is filled in here."""

    @property
    def shop_id(self) -> int: ...
    @property
    def now(self) -> int:
        """The moment of this transaction, milliseconds UTC."""

    def one(self, sql: str, **parameters: Any) -> Row | None:
        """The first row, or nothing."""

    def all(self, sql: str, **parameters: Any) -> list[Row]:
        """Every row: the statement carries its own LIMIT."""

    def once(self, topic: str, detail: Any, question: Callable[[], T]) -> T:
        """The answer to a question of this shop's rows alone, never of the moment; known, it is not asked again.

        Who changes a row says ``know`` or ``forget``: else the old answer stays.
        """

    def once_each(self, topic: str, details: Iterable[D], question: Callable[[list[D]], dict[D, T]]) -> dict[D, T]:
        """The same for several details: those that are not known are asked for together."""

    def know(self, topic: str, detail: Any, answer: Any) -> None:
        """What was read or written just now is the answer from now on."""


class Tx(Reading, Protocol):
    """A transaction that one shop's command runs in."""

    @property
    def actor(self) -> Actor: ...
    @property
    def request_id(self) -> str: ...

    def run(self, sql: str, **parameters: Any) -> None:
        """Write. Nothing comes back, so that an engine may send it together with others."""

    def run_many(self, sql: str, rows: list[dict[str, Any]]) -> None:
        """Write the same statement once for each row of parameters."""

    def changed(self, sql: str, **parameters: Any) -> int:
        """Write, and tell how many rows it touched."""

    def forget(self, topic: str, *details: Any) -> None:
        """What was known of these details is not so any more; with none named, of the whole topic."""

    def new_id(self) -> int:
        """An id unique in this shop, greater than all before it, in commit order."""

    def next_number(self, series: str) -> int:
        """The next number of a gapless series of this shop (``orders``, ``invoices``, ``credit_notes``), from 1."""

    def emit(self, event: Event) -> None:
        """Announce on the shop's feed, in this very transaction."""


class _Open(threading.local):
    depth = 0


_open = _Open()


@contextmanager
def opened() -> Iterator[None]:
    """Mark this thread as inside a transaction while the block runs."""
    _open.depth += 1
    try:
        yield
    finally:
        _open.depth -= 1


def assert_outside() -> None:
    """Stop a call to the outer world that is made while a transaction is open: its locks would wait for a stranger."""
    assert _open.depth == 0, "the world is called between transactions, never within one"
