"""Questions to the database, from a surface's event loop: inline where they take microseconds, else in threads."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TypeVar

import apsw

from matjar.core.tx import Reading
from matjar.storage import refusals
from matjar.storage.group import EngineFailed
from matjar.storage.postgres import PostgresEngine
from matjar.storage.sqlite import SqliteEngine, connect
from matjar.storage.tx import ShopReading

T = TypeVar("T")

_POSTGRES_READERS = 4
"""Connections that one process reads through: more would only wait for the same two cores."""


class Reader(Protocol):
    """Answers questions from one consistent snapshot; refuses ``storage.away`` when there is no database."""

    async def read(self, shop_id: int, question: Callable[[Reading], T]) -> T:
        """Answer a question about one shop."""

    def close(self) -> None:
        """Let go of the database."""


class SqliteReader:
    """Reads the shops' file inline: in WAL mode no reader waits for the writer."""

    def __init__(self, path: Path, clock: Callable[[], int]) -> None:
        self._path = path
        self._clock = clock
        self._engine: SqliteEngine | None = None

    async def read(self, shop_id: int, question: Callable[[Reading], T]) -> T:
        """Answer a question about one shop."""
        try:
            if self._engine is None:
                self._engine = SqliteEngine(connect(self._path, read_only=True))
            engine = self._engine
            return engine.consistently(lambda: question(ShopReading(engine, shop_id, self._clock())))
        except (apsw.Error, EngineFailed) as error:
            self.close()
            raise refusals.AWAY() from error

    def close(self) -> None:
        """Close the file."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()


class PostgresReader:
    """Reads through a few connections, each in a thread of its own."""

    def __init__(self, url: str, clock: Callable[[], int]) -> None:
        self._url = url
        self._clock = clock
        self._threads = ThreadPoolExecutor(_POSTGRES_READERS, thread_name_prefix="reader")
        self._own = threading.local()

    async def read(self, shop_id: int, question: Callable[[Reading], T]) -> T:
        """Answer a question about one shop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, shop_id, question)

    def _answer(self, shop_id: int, question: Callable[[Reading], T]) -> T:
        engine: PostgresEngine | None = getattr(self._own, "engine", None)
        if engine is None:
            engine = self._own.engine = PostgresEngine(self._url, pipelined=False)
        try:
            return engine.consistently(lambda: question(ShopReading(engine, shop_id, self._clock())))
        except EngineFailed as error:
            engine.close()
            raise refusals.AWAY() from error

    def close(self) -> None:
        """End the threads; their connections end with them."""
        self._threads.shutdown(wait=False, cancel_futures=True)
