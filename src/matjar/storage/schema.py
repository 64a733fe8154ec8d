"""The schemas, that of the shops and that of identity, and the migrations whose sum each is."""

from contextlib import AbstractContextManager
from importlib.resources import files
from typing import Protocol

from matjar.core.tx import Row
from matjar.storage.dialect import script, statements

_VERSIONS = "CREATE TABLE IF NOT EXISTS migrations (version BIGINT NOT NULL PRIMARY KEY)"


SHOPS = "migrations"
IDENTITY = "migrations_identity"


class Database(Protocol):
    """A connection that takes statements as its engine spells them."""

    def alone(self) -> AbstractContextManager[None]:
        """While it lasts, nobody else is in such a block of this database."""

    def tell_planner(self) -> None:
        """The schema is another: tell the planner what it cannot know of it yet."""

    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def all(self, sql: str, parameters: dict[str, object]) -> list[Row]: ...
    def run(self, sql: str, parameters: dict[str, object]) -> None: ...


def migrations(of: str = SHOPS) -> list[tuple[int, str]]:
    """Every migration's number and script, in order."""
    folder = files("matjar.storage").joinpath(of)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [(int(name[:4]), script(f"{of}/{name}")) for name in names]


def migrate(database: Database, of: str = SHOPS) -> int:
    """Bring a database up to date, each migration in a transaction of its own; tells how many it took."""
    with database.alone():
        database.run(_VERSIONS, {})
        done = {row[0] for row in database.all("SELECT version FROM migrations", {})}
        missing = [(version, text) for version, text in migrations(of) if version not in done]
        for version, text in missing:
            _take(database, version, text)
        if missing:
            database.tell_planner()
    return len(missing)


def _take(database: Database, version: int, text: str) -> None:
    try:
        database.begin()
        for statement in statements(text):
            database.run(statement, {})
        database.run("INSERT INTO migrations (version) VALUES (:version)", {"version": version})
        database.commit()
    except BaseException:
        database.rollback()
        raise
