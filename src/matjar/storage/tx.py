"""Transactions as the domain sees them, over either engine."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec

from matjar.core.ids import next_id
from matjar.core.tx import Actor, Event, Row
from matjar.storage.head import Engine, Head
from matjar.storage.known import Known

T = TypeVar("T")
D = TypeVar("D")

_encode = msgspec.json.Encoder().encode


class ShopReading:
    """A view of one shop, for queries."""

    __slots__ = ("_engine", "_known", "now", "shop_id")

    def __init__(self, engine: Engine, shop_id: int, now: int, known: Known | None = None) -> None:
        self._engine = engine
        self._known = Known() if known is None else known
        self.shop_id = shop_id
        self.now = now

    def one(self, sql: str, **parameters: Any) -> Row | None:
        """The first row, or nothing."""
        parameters["shop_id"] = self.shop_id
        return self._engine.one(sql, parameters)

    def all(self, sql: str, **parameters: Any) -> list[Row]:
        """Every row."""
        parameters["shop_id"] = self.shop_id
        return self._engine.all(sql, parameters)

    def once(self, topic: str, detail: Any, question: Callable[[], T]) -> T:
        """The answer, asked for if it is not known."""
        return self._known.once(topic, detail, question)

    def once_each(self, topic: str, details: Iterable[D], question: Callable[[list[D]], dict[D, T]]) -> dict[D, T]:
        """The answers, those asked for that are not known."""
        return self._known.once_each(topic, details, question)

    def know(self, topic: str, detail: Any, answer: Any) -> None:
        """From now on this is the answer."""
        self._known.know(topic, detail, answer)


class ShopTx(ShopReading):
    """One command's transaction: a savepoint within its group."""

    __slots__ = ("_head", "actor", "request_id")

    def __init__(self, engine: Engine, head: Head, now: int, actor: Actor, request_id: str) -> None:
        super().__init__(engine, head.shop_id, now, head.known)
        self._head = head
        self.actor = actor
        self.request_id = request_id

    def forget(self, topic: str, *details: Any) -> None:
        """Ask anew what was known of these details, or of the whole topic."""
        self._known.forget(topic, *details)

    def run(self, sql: str, **parameters: Any) -> None:
        """Write."""
        parameters["shop_id"] = self.shop_id
        self._engine.run(sql, parameters)

    def run_many(self, sql: str, rows: list[dict[str, Any]]) -> None:
        """Write a statement once for each row."""
        for row in rows:
            row["shop_id"] = self.shop_id
        if rows:
            self._engine.run_many(sql, rows)

    def changed(self, sql: str, **parameters: Any) -> int:
        """Write, and tell how many rows it touched."""
        parameters["shop_id"] = self.shop_id
        return self._engine.changed(sql, parameters)

    def new_id(self) -> int:
        """The shop's next id."""
        self._head.last_id = next_id(self._head.last_id, self.now)
        return self._head.last_id

    def next_number(self, series: str) -> int:
        """The next number of a gapless series."""
        self._head.series[series] += 1
        return self._head.series[series]

    def emit(self, event: Event) -> None:
        """Announce on the shop's feed."""
        head = self._head
        head.feed_number += 1
        head.announced.append(
            {
                "shop_id": self.shop_id,
                "number": head.feed_number,
                "at": self.now,
                "type": type(event).__struct_config__.tag,
                "body": _encode(event).decode(),
                "request_id": self.request_id,
            }
        )
