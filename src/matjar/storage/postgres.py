"""PostgreSQL: the server store. Every process writes through its own connection; a shop's head row keeps order.

A group's statements are pipelined: a write does not wait for its answer, a read waits once for all before it. What the
server refuses then surfaces late, and as the whole group's failure: the writer runs such a group again one by one.
"""

import asyncio
import contextlib
import select
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg import errors

from matjar.core.limits import LOCK_TIMEOUT_MS
from matjar.core.tx import Reading, Row
from matjar.storage import refusals
from matjar.storage.deferred import Batch, Deferred, as_parameter, plain
from matjar.storage.dialect import for_postgres
from matjar.storage.group import EngineFailed
from matjar.storage.tx import ShopReading

T = TypeVar("T")

_AGAIN = (errors.SerializationFailure, errors.DeadlockDetected)
_BUSY = (errors.LockNotAvailable, errors.QueryCanceled)
_FULL = (errors.DiskFull, errors.OutOfMemory)
_LOST = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    errors.ReadOnlySqlTransaction,
    errors.IdleInTransactionSessionTimeout,
)
_READERS = 4
"""Connections that one process reads through: more would only wait for the same two cores."""

_ADVISORY_LOCK = 6_282_527
"""Any number that nobody else takes in this database; ours spells MATJAR on a telephone."""

_REQUIRED = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
"""Set otherwise, the server may forget what it has acknowledged."""


@contextmanager
def _failures() -> Iterator[None]:
    """Tell what the server's failures mean. A bug too fails its whole group: in a pipeline, what was sent after the
    statement at fault was skipped, and nobody can tell any more whose savepoint is the last.
    """
    try:
        yield
    except _AGAIN as error:
        raise EngineFailed(refusals.BUSY(), retry=True) from error
    except _BUSY as error:
        raise EngineFailed(refusals.BUSY()) from error
    except _FULL as error:
        raise EngineFailed(refusals.FULL()) from error
    except errors.PipelineAborted as error:
        raise EngineFailed(refusals.FAULT()) from error
    except _LOST as error:
        raise EngineFailed(refusals.AWAY()) from error
    except psycopg.Error as error:
        raise EngineFailed(refusals.FAULT()) from error


def _has_hung_up(connection: psycopg.Connection[Row]) -> bool:
    """Whether the server ended the connection since it was last used: then there is something to read though nobody
    asked.
    """
    if connection.closed:
        return True
    listening = select.poll()
    listening.register(connection.fileno(), select.POLLIN)
    return bool(listening.poll(0))


class PostgresEngine:
    """One connection, made anew when it was lost."""

    several_shops_in_a_group = False

    def __init__(self, url: str, *, pipelined: bool = True) -> None:
        self._url = url
        self._pipelined = pipelined
        self._connection: psycopg.Connection[Row] | None = None
        self._stack = contextlib.ExitStack()
        self._pipeline: psycopg.Pipeline | None = None
        self._deferred = Deferred()
        self._careful = True
        """Whether each command gets a savepoint, and each insert goes at once; see ``begin``."""
        self._mark = 0
        self._wrote = False

    def connect(self) -> psycopg.Connection[Row]:
        """The connection, opened and checked if there is none; refuses ``storage.not_durable``."""
        if self._connection is None:
            with _failures():
                self._connection = _open(self._url)
        return self._connection

    def _connect_afresh(self) -> psycopg.Connection[Row]:
        """The connection for something new: one that was lost meanwhile loses nothing."""
        if self._connection is not None and _has_hung_up(self._connection):
            self.close()
        return self.connect()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other connection out of such a block, also before the first table is there to be locked."""
        self.all("SELECT pg_advisory_lock(:number)", {"number": _ADVISORY_LOCK})
        try:
            yield
        finally:
            self.all("SELECT pg_advisory_unlock(:number)", {"number": _ADVISORY_LOCK})

    def tell_planner(self) -> None:
        """PostgreSQL measures for itself, as the tables grow."""

    def begin(self) -> None:
        """Begin a group, in good faith: without savepoints, plain inserts deferred.

        Commands that are refused have seldom written anything by then. One that has makes the group be done again,
        carefully: the same commands at the same moment come to the same answers.
        """
        self._deferred = Deferred()
        connection = self._connect_afresh()
        with _failures():
            if self._pipelined:
                self._pipeline = self._stack.enter_context(connection.pipeline())
            connection.execute("BEGIN")

    def commit(self) -> None:
        """Make the group durable."""
        self._write(self._deferred.take_all())
        with _failures():
            self.connect().execute("COMMIT")
            self._leave_pipeline()
        self._careful = not self._pipelined

    def rollback(self) -> None:
        """Undo the group. A connection that cannot even do that is given up."""
        with contextlib.suppress(psycopg.Error):
            self._leave_pipeline()
        try:
            if self._connection is not None:
                self._connection.execute("ROLLBACK")
        except psycopg.Error:
            self.close()

    def _leave_pipeline(self) -> None:
        self._pipeline = None
        self._stack.close()

    def savepoint(self) -> None:
        """Mark where a command begins."""
        self._mark, self._wrote = self._deferred.added, False
        if self._careful:
            self._execute("SAVEPOINT command", {})

    def rollback_to_savepoint(self) -> None:
        """Undo the command."""
        if self._careful:
            self._execute("ROLLBACK TO SAVEPOINT command", {})
        elif self._wrote:
            self._careful = True
            raise EngineFailed(refusals.BUSY(), retry=True)
        else:
            self._deferred.drop_after(self._mark)

    def release_savepoint(self) -> None:
        """Keep the command."""
        if self._careful:
            self._execute("RELEASE SAVEPOINT command", {})

    def one(self, sql: str, parameters: dict[str, Any]) -> Row | None:
        """The first row, or nothing."""
        self._complete(sql)
        with _failures():
            return self.connect().execute(for_postgres(sql), parameters).fetchone()

    def all(self, sql: str, parameters: dict[str, Any]) -> list[Row]:
        """Every row."""
        self._complete(sql)
        with _failures():
            return self.connect().execute(for_postgres(sql), parameters).fetchall()

    def run(self, sql: str, parameters: dict[str, Any]) -> None:
        """Write, without waiting for the answer."""
        self.run_many(sql, [parameters])

    def run_many(self, sql: str, rows: list[dict[str, Any]]) -> None:
        """Write once for each row: plain writes later, and together with others of their kind."""
        kind = None if self._careful else plain(sql)
        if kind is None or (kind.merges and len({kind.key_of(row) for row in rows}) < len(rows)):
            self._complete(sql)
            self._wrote = True
            for row in rows:
                self._execute(sql, row)
        else:
            if self._deferred.clashes(sql, kind, rows):
                self._complete(sql)
            self._deferred.add(sql, kind, rows)

    def _complete(self, sql: str) -> None:
        """Write what a statement must find written."""
        self._write(self._deferred.take_for(sql))
        self._wrote |= self._deferred.newest_taken > self._mark

    def _write(self, batches: list[tuple[str, Batch]]) -> None:
        for sql, batch in batches:
            rows = batch.rows
            if len(rows) > 1:
                self._execute(batch.kind.of_many, as_parameter(rows))
            elif rows:
                self._execute(sql, rows[0])

    def _execute(self, sql: str, parameters: dict[str, Any]) -> None:
        with _failures():
            self.connect().execute(for_postgres(sql), parameters)

    def changed(self, sql: str, parameters: dict[str, Any]) -> int:
        """Write, and tell how many rows it touched."""
        self._complete(sql)
        self._wrote = True
        with _failures():
            cursor = self.connect().execute(for_postgres(sql), parameters)
            if self._pipeline is not None:
                self._pipeline.sync()
            return cursor.rowcount

    def consistently(self, question: Callable[[], T]) -> T:
        """Answer a question of several statements from one snapshot."""
        connection = self._connect_afresh()
        with _failures():
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            return question()
        finally:
            self.rollback()

    def close(self) -> None:
        """Close the connection."""
        connection, self._connection, self._pipeline = self._connection, None, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error):
                connection.close()


def _open(url: str) -> psycopg.Connection[Row]:
    connection = psycopg.connect(url, autocommit=True, connect_timeout=2, prepare_threshold=2)
    connection.prepared_max = 400
    for name, value in _REQUIRED.items():
        row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
        if row is None or row[0] != value:
            connection.close()
            raise EngineFailed(refusals.NOT_DURABLE(name=name, value=value))
    connection.execute("SET enable_seqscan = off")  # a plan made while a table was small would walk it ever after
    connection.execute(f"SET lock_timeout = {LOCK_TIMEOUT_MS}")
    connection.execute(f"SET idle_in_transaction_session_timeout = {LOCK_TIMEOUT_MS}")
    return connection


class PostgresReader:
    """Reads through a few connections, each in a thread of its own."""

    def __init__(self, url: str, clock: Callable[[], int]) -> None:
        self._url = url
        self._clock = clock
        self._threads = ThreadPoolExecutor(_READERS, thread_name_prefix="reader")
        self._own = threading.local()
        self._engines: list[PostgresEngine] = []

    async def read(self, shop_id: int, question: Callable[[Reading], T]) -> T:
        """Answer a question about one shop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, shop_id, question)

    def _answer(self, shop_id: int, question: Callable[[Reading], T]) -> T:
        engine: PostgresEngine | None = getattr(self._own, "engine", None)
        if engine is None:
            engine = self._own.engine = PostgresEngine(self._url, pipelined=False)
            self._engines.append(engine)
        try:
            return engine.consistently(lambda: question(ShopReading(engine, shop_id, self._clock())))
        except EngineFailed as failure:
            engine.close()
            raise failure.refusal from failure

    def close(self) -> None:
        """End the threads and their connections."""
        self._threads.shutdown(cancel_futures=True)
        for engine in self._engines:
            engine.close()
