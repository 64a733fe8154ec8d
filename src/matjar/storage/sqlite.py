"""SQLite: the embedded store. One process writes, through one connection; every other process reads."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import apsw

from matjar.core.refusal import Refusal
from matjar.core.tx import Reading, Row
from matjar.storage import refusals, statistics
from matjar.storage.dialect import for_sqlite
from matjar.storage.group import EngineFailed
from matjar.storage.tx import ShopReading

OLDEST = (3, 51, 3)
"""Before this version a checkpoint that meets a busy reader could damage the log ("WAL-reset bug")."""

_COPIED_PAGES = 2_000
"""At a time, so that whoever waits sees how it goes on."""

T = TypeVar("T")

_LOST = (apsw.FullError, apsw.ReadOnlyError, apsw.IOError, apsw.CantOpenError, apsw.CorruptError, apsw.NotADBError)


class TooOld(Exception):
    """The SQLite library is older than we trust with money."""


def connect(path: Path, *, read_only: bool = False, vfs: str | None = None) -> apsw.Connection:
    """Open a database with the settings that durability rests on: WAL, and a sync before every answer."""
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    if version < OLDEST:
        raise TooOld(f"SQLite {apsw.sqlite_lib_version()} is older than {'.'.join(map(str, OLDEST))}")
    with _failures():
        return _open(path, read_only, vfs)


def _open(path: Path, read_only: bool, vfs: str | None) -> apsw.Connection:
    flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    connection = apsw.Connection(str(path), flags=flags, vfs=vfs, statementcachesize=400)
    connection.set_busy_timeout(2_000)
    # Without it SQLite plans a statement anew whenever a value bound to it changes, which is always.
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    connection.execute("PRAGMA foreign_keys = ON")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -32000")
    return connection


def copy(source: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Copy a database that may be in use, as it stands at this moment; yields pages copied, and pages in all."""
    reading, writing = connect(source, read_only=True), apsw.Connection(str(target))
    try:
        with reading, writing.backup("main", reading, "main") as copying:
            # Inside one reading transaction, so that nobody's write makes the copy begin again.
            reading.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            while not copying.done:
                copying.step(_COPIED_PAGES)
                yield copying.page_count - copying.remaining, copying.page_count
    finally:
        writing.close()
        reading.close()


class WriterLock:
    """The right to write the shops' file: one process at a time holds it, and its death gives it back."""

    def __init__(self, database: Path) -> None:
        self._file = database.with_suffix(".lock").open("ab")

    def take(self) -> bool:
        """Take it if nobody has it."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Give it back."""
        self._file.close()


@contextmanager
def _failures() -> Iterator[None]:
    """Tell the disk's failures from ours: a constraint that does not hold is a bug, a full disk is not."""
    try:
        yield
    except _LOST as error:
        raise EngineFailed(_refusal_of(error)) from error
    except apsw.BusyError as error:
        raise EngineFailed(refusals.BUSY(), retry=True) from error


def _refusal_of(error: apsw.Error) -> Refusal:
    extended = getattr(error, "extendedresult", 0)
    full = isinstance(error, apsw.FullError) or extended in (apsw.SQLITE_IOERR_WRITE, apsw.SQLITE_IOERR_SHMSIZE)
    return refusals.FULL() if full else refusals.AWAY()


class SqliteEngine:
    """A connection as the group executor and the readers use it."""

    several_shops_in_a_group = True

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._execute = connection.execute

    def alone(self) -> AbstractContextManager[None]:
        """Whoever writes holds the ``WriterLock`` and is alone already."""
        return nullcontext()

    def tell_planner(self) -> None:
        """Tell it how a shop looks that has grown."""
        statistics.tell(self._connection)
        self._execute("ANALYZE sqlite_schema")

    def begin(self) -> None:
        """Begin as the writer at once, so that no statement ever has to become one."""
        with _failures():
            self._execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make the group durable."""
        with _failures():
            self._execute("COMMIT")

    def rollback(self) -> None:
        """Undo the group; SQLite may have done so by itself when its disk failed."""
        if self._connection.in_transaction:
            self._execute("ROLLBACK")

    def savepoint(self) -> None:
        """Mark where a command begins."""
        self._execute("SAVEPOINT command")

    def rollback_to_savepoint(self) -> None:
        """Undo the command; a disk that failed has undone the whole group already, which must not go on."""
        if not self._connection.in_transaction:
            raise EngineFailed(refusals.AWAY())
        self._execute("ROLLBACK TO command")
        self._execute("RELEASE command")

    def release_savepoint(self) -> None:
        """Keep the command."""
        self._execute("RELEASE command")

    def one(self, sql: str, parameters: dict[str, Any]) -> Row | None:
        """The first row, or nothing."""
        with _failures():
            cursor = self._execute(for_sqlite(sql), parameters)
            row = cursor.fetchone()
            cursor.close()
            return row

    def all(self, sql: str, parameters: dict[str, Any]) -> list[Row]:
        """Every row."""
        with _failures():
            return self._execute(for_sqlite(sql), parameters).fetchall()

    def run(self, sql: str, parameters: dict[str, Any]) -> None:
        """Write."""
        with _failures():
            self._execute(for_sqlite(sql), parameters)

    def run_many(self, sql: str, rows: list[dict[str, Any]]) -> None:
        """Write once for each row."""
        with _failures():
            self._connection.executemany(for_sqlite(sql), rows)

    def changed(self, sql: str, parameters: dict[str, Any]) -> int:
        """Write, and tell how many rows it touched."""
        with _failures():
            self._execute(for_sqlite(sql), parameters)
            return self._connection.changes()

    def consistently(self, question: Callable[[], T]) -> T:
        """Answer a question of several statements from one snapshot."""
        with _failures():
            self._execute("BEGIN")
        try:
            return question()
        finally:
            self.rollback()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


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
        except EngineFailed as failure:
            self.close()
            raise failure.refusal from failure

    def close(self) -> None:
        """Close the file."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()
