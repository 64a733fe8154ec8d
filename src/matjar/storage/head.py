"""A shop's head: the one row whose lock makes the shop's commits serial."""

from typing import Any, Protocol

from matjar.core.ids import next_id
from matjar.core.tx import Row
from matjar.storage.known import Known, Memory


class Engine(Protocol):
    """A connection that writes: what the group executor asks of SQLite and of PostgreSQL."""

    @property
    def several_shops_in_a_group(self) -> bool:
        """Whether one commit may be several shops' work: so with one file, not where shops run in parallel."""

    def close(self) -> None: ...
    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def savepoint(self) -> None: ...
    def rollback_to_savepoint(self) -> None: ...
    def release_savepoint(self) -> None: ...
    def one(self, sql: str, parameters: dict[str, Any]) -> Row | None: ...
    def all(self, sql: str, parameters: dict[str, Any]) -> list[Row]: ...
    def run(self, sql: str, parameters: dict[str, Any]) -> None: ...
    def run_many(self, sql: str, rows: list[dict[str, Any]]) -> None: ...
    def changed(self, sql: str, parameters: dict[str, Any]) -> int: ...


_LOAD = """
    SELECT epoch, last_id, feed_number, orders, invoices, credit_notes FROM heads
    WHERE shop_id = :shop_id {locked}
"""
_SAVE = """
    UPDATE heads SET last_id = :last_id, feed_number = :feed_number, orders = :orders, invoices = :invoices,
        credit_notes = :credit_notes
    WHERE shop_id = :shop_id
"""
_FOUND = """
    INSERT INTO heads (shop_id, epoch, last_id, feed_number, orders, invoices, credit_notes)
    VALUES (:shop_id, 1, :last_id, :feed_number, :orders, :invoices, :credit_notes)
"""
_FEED = """
    INSERT INTO feed (shop_id, number, at, type, body, request_id)
    VALUES (:shop_id, :number, :at, :type, :body, :request_id)
"""

Mark = tuple[int, int, dict[str, int], int]


class Head:
    """The head while a group runs: loaded under its lock at the first touch, saved once at the end."""

    __slots__ = ("_founded", "announced", "epoch", "feed_number", "known", "last_id", "series", "shop_id")

    def __init__(self, shop_id: int) -> None:
        self.shop_id = shop_id
        self._founded = False
        self.epoch = 1
        self.last_id = 0
        self.feed_number = 0
        self.series = {"orders": 0, "invoices": 0, "credit_notes": 0}
        self.announced: list[dict[str, Any]] = []
        self.known = Known()

    @property
    def version(self) -> tuple[int, int]:
        """What every group that writes to the shop, and every restore, leaves different."""
        return self.epoch, self.last_id

    def load(self, engine: Engine, memory: Memory) -> bool:
        """Lock and read the row, and recall what is known of the shop; False: there is no such shop yet."""
        row = engine.one(_LOAD, {"shop_id": self.shop_id})
        if row is None:
            return False
        self._founded = True
        self.epoch, self.last_id, self.feed_number, *numbers = row
        self.series = dict(zip(self.series, numbers, strict=True))
        self.known = memory.recall(self.shop_id, self.version)
        return True

    def save(self, engine: Engine, now: int) -> None:
        """Write the row and what was announced on the feed. The group takes an id, so that others see its trace."""
        if self.last_id == 0:
            return
        self.last_id = next_id(self.last_id, now)
        values = {"shop_id": self.shop_id, "last_id": self.last_id, "feed_number": self.feed_number, **self.series}
        engine.run(_SAVE if self._founded else _FOUND, values)
        if self.announced:
            engine.run_many(_FEED, self.announced)

    def mark(self) -> Mark:
        """Where the head stands, to come back to if a command is refused."""
        self.known.begin()
        return self.last_id, self.feed_number, dict(self.series), len(self.announced)

    def return_to(self, mark: Mark) -> None:
        """Take back the numbers of a refused command: series stay gapless, the feed says nothing of it."""
        self.last_id, self.feed_number, self.series, announced = mark
        del self.announced[announced:]
        self.known.take_back()
