"""Storages to hold to the contract: each engine, each way that a command can travel."""

import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import monotonic, sleep

from matjar.core.clock import now_ms
from matjar.core.refusal import Refusal
from matjar.domain import shops
from matjar.storage.carrier import Carrier, InProcess
from matjar.storage.desk import Desk, Storage
from matjar.storage.operations import operations
from matjar.storage.postgres import PostgresEngine, PostgresReader
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect
from tests.contracts import verbs

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = operations([verbs.COMMANDS])

Opener = Callable[[], Storage]
"""Opens one more storage on the same database, as one more surface would."""


def open_sqlite(path: Path, carrier: Carrier | None = None) -> Storage:
    """SQLite: by a writer thread in this process, or by the given carrier."""
    carrier = carrier or InProcess(_sqlite(path), OPERATIONS, now_ms)
    return Storage(carrier, SqliteReader(path, now_ms))


def open_postgres(url: str) -> Storage:
    """PostgreSQL: by a writer thread in this process."""
    engine = PostgresEngine(url)
    migrate(engine)
    return Storage(InProcess(engine, OPERATIONS, now_ms), PostgresReader(url, now_ms))


def _sqlite(path: Path) -> SqliteEngine:
    engine = SqliteEngine(connect(path))
    migrate(engine)
    return engine


@contextmanager
def writer_process(folder: Path, *most_bytes: int) -> Iterator[subprocess.Popen[bytes]]:
    """A real writer on ``folder/shops.sqlite`` behind ``folder/writer.sock``; files may grow up to ``most_bytes``."""
    door = folder / "writer.sock"
    words = [str(folder / "shops.sqlite"), str(door), *map(str, most_bytes)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.contracts.writer_process", *words], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        deadline = monotonic() + 20
        while not door.exists():
            assert process.poll() is None and monotonic() < deadline, "the writer did not open its door"
            sleep(0.02)
        yield process
    finally:
        process.kill()
        process.wait()
        door.unlink(missing_ok=True)


@asynccontextmanager
async def shop_in(storage: Storage, shop_id: int = 1) -> AsyncIterator[Desk]:
    """The desk of a new shop; the storage is closed afterwards."""
    desk = storage.desk(shop_id, request_id="test")
    try:
        await found(desk)
        yield desk
    finally:
        await storage.close()


async def found(desk: Desk) -> None:
    """Found a shop at this desk."""
    await desk.submit(shops.create)(
        handle=f"shop-{desk.shop_id}", name="", currency="AED", country="AE", time_zone="Asia/Dubai"
    )


async def code_of(doing: Awaitable[object]) -> str:
    """The code of the refusal that this ends in; empty: it did not."""
    try:
        await doing
    except Refusal as refusal:
        return refusal.code
    return ""
