"""The writer: the one process that writes the shops' file, for every surface, over a Unix socket.

Identity writes its own file, in a thread of its own process: killed, it is gone as a whole.
"""

import signal
import threading
from collections.abc import Callable
from pathlib import Path

import structlog

from matjar.core.refusal import Kind, declare
from matjar.storage.operations import Operations
from matjar.storage.schema import SHOPS, migrate
from matjar.storage.socket_writer import SocketWriter
from matjar.storage.sqlite import SqliteEngine, WriterLock, connect

HELD = declare("writer.held", Kind.CONFLICT, "Another process writes {database} already.")

_log = structlog.get_logger("matjar.writer")


def serve(database: Path, door: Path, operations: Operations, clock: Callable[[], int]) -> None:
    """Bring the database up to date and write what surfaces submit at ``door``, until SIGTERM or SIGINT.

    Refuses ``writer.held`` when another process has the right to write.
    """
    writer, lock = _open(database, door, operations, clock, SHOPS)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: writer.stop())
    writer.serve()
    lock.release()


def serve_beside(
    database: Path, door: Path, operations: Operations, clock: Callable[[], int], migrations: str
) -> threading.Thread:
    """The same in a thread that ends with the process, for whoever has a database of their own."""
    writer, lock = _open(database, door, operations, clock, migrations)
    thread = threading.Thread(target=_serve_until_the_end, args=(writer, lock), name="writer", daemon=True)
    thread.start()
    return thread


def _serve_until_the_end(writer: SocketWriter, lock: WriterLock) -> None:
    writer.serve()
    lock.release()


def _open(
    database: Path, door: Path, operations: Operations, clock: Callable[[], int], migrations: str
) -> tuple[SocketWriter, WriterLock]:
    lock = WriterLock(database)
    if not lock.take():
        raise HELD(database=str(database))
    engine = SqliteEngine(connect(database))
    migrated = migrate(engine, migrations)
    _log.info("writer_open", database=database.stem, migrations=migrated, operations=len(operations))
    return SocketWriter(door, engine, operations, clock), lock
