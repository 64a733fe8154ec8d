"""`matjar identity`: copy identity's own database, and put a copy back."""

from pathlib import Path
from typing import Annotated

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.database import NOT_OURS, copy_out, put_back
from matjar.compose.settings import read
from matjar.storage.schema import IDENTITY

app = part()
identity = part("Copy identity's own database, of people and their rights, and put a copy back.")
app.add_typer(identity, name="identity")


@command(identity, "backup", example="matjar identity backup /backups/identity-2026-11-22.sqlite")
def backup(path: Annotated[Path, typer.Argument(help="A file that is not there yet.")]) -> None:
    """Copy SQLite's database of people to a new file; people may go on signing in."""
    copy_out(_database(), path)


@command(identity, "restore", example="matjar identity restore /backups/identity-2026-11-22.sqlite")
def restore(path: Annotated[Path, typer.Argument(help="A backup.")]) -> None:
    """Put a backup in its place while the platform stands still; what was there is kept beside it.

    What was revoked since stays revoked; tokens and printed codes that were withdrawn since are there again.
    """
    put_back(path, _database(), IDENTITY)


def _database() -> Path:
    settings = read()
    if settings.identity_database:
        raise NOT_OURS()
    return settings.identity_path
