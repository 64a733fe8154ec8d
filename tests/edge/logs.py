"""Shops' logs in a real database, and whoever brings surfaces' books there, for tests."""

import asyncio
from collections.abc import Awaitable
from functools import partial
from pathlib import Path
from shutil import copyfile
from typing import Any, TypeVar

from matjar.compose.wiring import all_operations
from matjar.core.clock import now_ms
from matjar.core.refusal import Refusal
from matjar.domain import audit, shops
from matjar.domain.audit import Entry, State
from matjar.edge.audit import Audit
from matjar.edge.books import Own
from matjar.edge.forwarding import Forwarder
from matjar.storage import refusals
from matjar.storage.carrier import InProcess
from matjar.storage.desk import Storage
from matjar.storage.feed import begin_epoch
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect, copy
from tests.conftest import DEMO

T = TypeVar("T")
SHOP = 7


class Logs:
    """The database of one shop, in this process. ``away``: whoever asks it is refused."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "shops.sqlite"
        self.away = False
        self._loop = asyncio.new_event_loop()
        self.open()
        create = self.storage.desk(SHOP).submit(shops.create)
        self.wait(
            create(
                handle="rose", name="Rose", currency="AED", country="AE", time_zone="Asia/Dubai", languages=("en",),
                settings=DEMO,
            )
        )  # fmt: skip

    def open(self) -> None:
        """Open the file as it lies there."""
        engine = SqliteEngine(connect(self.path))
        migrate(engine)
        self.storage = Storage(InProcess(engine, all_operations(), now_ms), SqliteReader(self.path, now_ms))

    def close(self) -> None:
        """Let go of it for good."""
        self.wait(self.storage.close())
        self._loop.close()

    def put_back(self, copied: Path) -> None:
        """Put an older copy in its place, as ``matjar restore`` does."""
        self.wait(self.storage.close())
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        copyfile(copied, self.path)
        engine = SqliteEngine(connect(self.path))
        begin_epoch(engine, now_ms())
        engine.close()
        self.open()

    def copy(self) -> Path:
        """The file as it stands at this moment, beside it."""
        copied = self.path.with_name(f"copy-{now_ms()}.sqlite")
        copied.unlink(missing_ok=True)
        for _ in copy(self.path, copied):
            pass
        return copied

    def wait(self, work: Awaitable[T]) -> T:
        """Until it is done."""
        return self._loop.run_until_complete(_do(work))

    def forwarder(self, book: Audit) -> Forwarder:
        """A process of that surface, just started."""
        return Forwarder(_Line(self), [Own(book)], book)  # type: ignore[arg-type]

    def forward(self, forwarder: Forwarder, book: Audit) -> str:
        """Bring what has not arrived; the code of the refusal, where there is one."""
        try:
            self.wait(forwarder.forward(Own(book)))
        except Refusal as refusal:
            return refusal.code
        return ""

    def moments(self) -> list[int]:
        """When each deed was done that the log knows, the newest first."""
        return [each.entry.at for each in self.wait(self.storage.read(SHOP, audit.list_entries))]

    def arrived(self, book: Audit) -> int:
        """Up to which number a book has arrived."""
        ask = partial(audit.arrived, surface=book.surface, book=book.name)
        return self.wait(self.storage.read(SHOP, ask))

    def check(self) -> State:
        """How the log stands."""
        return self.wait(self.storage.read(SHOP, audit.check))


class _Line:
    """A surface's line to the database, which may be cut, and whose other end may be another one."""

    def __init__(self, logs: Logs) -> None:
        self._logs = logs

    def __getattr__(self, name: str) -> Any:
        if self._logs.away:
            raise refusals.AWAY()
        return getattr(self._logs.storage, name)


async def _do(work: Awaitable[T]) -> T:
    return await work


def entry(at: int, action: str = "orders.refund") -> Entry:
    """A deed at a moment."""
    return Entry(at, 1, "sid", action, "order:1", "passkey", at, "192.0.2.1", age_ms=0)
