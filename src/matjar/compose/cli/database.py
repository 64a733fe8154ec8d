"""The database: bring it up to date, copy it, put a copy back."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from matjar.compose.cli.command import command, part
from matjar.compose.settings import Settings, read
from matjar.compose.speech import gettext, ngettext
from matjar.core.clock import now_ms
from matjar.core.refusal import Kind, declare
from matjar.storage.feed import begin_epoch
from matjar.storage.group import EngineFailed
from matjar.storage.schema import SHOPS
from matjar.storage.schema import migrate as migrate_database
from matjar.storage.sqlite import SqliteEngine, WriterLock, connect, copy

IN_USE = declare("database.in_use", Kind.CONFLICT, "The writer runs, and has brought the database up to date.")
EXISTS = declare("database.exists", Kind.CONFLICT, "{path} is there already.")
RUNNING = declare("database.running", Kind.CONFLICT, "The platform runs: end it first, with `matjar stop`.")
NONE_YET = declare("database.none_yet", Kind.NOT_FOUND, "There is no database at {path}.")
NOT_OURS = declare("database.not_ours", Kind.INVALID, "PostgreSQL is copied with its own pg_dump.")

app = part()


@command(app, "migrate", example="matjar migrate")
def migrate() -> None:
    """Bring the database up to date; `run` does so by itself."""
    taken = bring_up_to_date(read())
    typer.echo(ngettext("{count} migration taken", "{count} migrations taken", taken).format(count=taken))


@command(app, "backup", example="matjar backup /backups/shops-2026-11-22.sqlite")
def backup(path: Annotated[Path, typer.Argument(help="A file that is not there yet.")]) -> None:
    """Copy SQLite's database to a new file as it stands at this moment; the platform may go on selling."""
    settings = read()
    if settings.postgres_url:
        raise NOT_OURS()
    copy_out(settings.sqlite_path, path)


@command(app, "restore", example="matjar restore /backups/shops-2026-11-22.sqlite")
def restore(path: Annotated[Path, typer.Argument(help="A backup.")]) -> None:
    """Put a backup in the database's place while the platform stands still; what was there is kept beside it."""
    settings = read()
    if settings.postgres_url:
        raise NOT_OURS()
    count = put_back(path, settings.sqlite_path, SHOPS)
    typer.echo(ngettext("{count} shop restored", "{count} shops restored", count).format(count=count))


def copy_out(database: Path, path: Path) -> None:
    """Copy a database to a new file; refuses ``database.exists`` and ``database.none_yet``."""
    if path.exists():
        raise EXISTS(path=str(path))
    if not database.exists():
        raise NONE_YET(path=str(database))
    draft = path.with_name(f"{path.name}.part")
    _copy(database, draft)
    draft.rename(path)


def put_back(path: Path, database: Path, migrations: str) -> int:
    """Put a copy in a database's place, and tell how many shops' feeds begin anew; refuses ``database.running``."""
    if not path.exists():
        raise NONE_YET(path=str(path))
    lock = WriterLock(database)
    if not lock.take():
        lock.release()
        raise RUNNING()
    try:
        _keep_aside(database)
        _copy(path, database)
        engine = SqliteEngine(connect(database))
        migrate_database(engine, migrations)
        count = begin_epoch(engine, now_ms())
        engine.close()
        return count
    finally:
        lock.release()


def bring_up_to_date(settings: Settings) -> int:
    """Take the migrations that are missing, and tell how many; refuses ``database.in_use`` beside a writer."""
    try:
        return _migrate_postgres(settings.postgres_url) if settings.postgres_url else _migrate_sqlite(settings)
    except EngineFailed as failure:
        raise failure.refusal from failure


def _migrate_postgres(url: str) -> int:
    from matjar.storage.postgres import PostgresEngine  # noqa: PLC0415 - not loaded where SQLite is the database

    server = PostgresEngine(url, pipelined=False)
    try:
        return migrate_database(server)
    finally:
        server.close()


def _migrate_sqlite(settings: Settings) -> int:
    lock = WriterLock(settings.sqlite_path)
    if not lock.take():
        lock.release()
        raise IN_USE()
    engine = SqliteEngine(connect(settings.sqlite_path))
    try:
        return migrate_database(engine)
    finally:
        engine.close()
        lock.release()


def _keep_aside(database: Path) -> None:
    """Move what is there to a file of its own, whole, with what its log still holds."""
    if not database.exists():
        return
    aside = database.with_name(f"{database.stem}-{now_ms()}{database.suffix}")
    _copy(database, aside)
    typer.echo(gettext("What was there is kept in {path}").format(path=aside))
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with Progress() as progress:
        task = progress.add_task(gettext("Copying"), total=None)
        for copied, total in copy(source, target):
            progress.update(task, total=total, completed=copied)
