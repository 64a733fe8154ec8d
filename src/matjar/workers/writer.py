"""The writer: the one process that writes the shops' file, for every surface, over a Unix socket."""

import signal
from collections.abc import Callable
from pathlib import Path

import structlog

from matjar.core.refusal import Kind, declare
from matjar.storage.operations import Operations
from matjar.storage.schema import migrate
from matjar.storage.socket_writer import SocketWriter
from matjar.storage.sqlite import SqliteEngine, WriterLock, connect

HELD = declare("writer.held", Kind.CONFLICT, "Another process writes {database} already.")

_log = structlog.get_logger("matjar.writer")


def serve(database: Path, door: Path, operations: Operations, clock: Callable[[], int]) -> None:
    """Bring the database up to date and write what surfaces submit at ``door``, until SIGTERM or SIGINT.

    Refuses ``writer.held`` when another process has the right to write.
    """
    lock = WriterLock(database)
    if not lock.take():
        raise HELD(database=str(database))
    engine = SqliteEngine(connect(database))
    migrated = migrate(engine)
    writer = SocketWriter(door, engine, operations, clock)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: writer.stop())
    _log.info("writer_open", migrations=migrated, operations=len(operations))
    writer.serve()
    lock.release()
