"""schema.sql and identity.sql are the truth, and the migrations of each are its sum, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from matjar.storage.dialect import script, statements
from matjar.storage.postgres import PostgresEngine
from matjar.storage.schema import IDENTITY, SHOPS, Database, migrate, migrations
from matjar.storage.sqlite import SqliteEngine, connect
from tests.postgres import create_database, drop_database

_SQLITE = """
    SELECT kind.type, kind.name, part.cid, part.name, part.type, part."notnull", part.dflt_value, part.pk
    FROM sqlite_schema AS kind, pragma_table_info(kind.name) AS part
    WHERE kind.type = 'table'
    UNION ALL
    SELECT kind.type, kind.name, at.seqno, at.name, list."unique", list.partial, kind.sql, list.origin
    FROM sqlite_schema AS kind, pragma_index_list(kind.tbl_name) AS list, pragma_index_info(list.name) AS at
    WHERE kind.type = 'index' AND list.name = kind.name
    UNION ALL
    SELECT 'foreign key', kind.name, far.id, far."from", far."table", far."to", far.on_delete, far.seq
    FROM sqlite_schema AS kind, pragma_foreign_key_list(kind.name) AS far WHERE kind.type = 'table'
    UNION ALL
    SELECT 'stored', name, 0, '', '', wr, strict, '' FROM pragma_table_list
    UNION ALL
    SELECT type, name, 0, '', '', '', '', sql FROM sqlite_schema WHERE type IN ('view', 'trigger')
"""
_POSTGRES = """
    SELECT 'column', table_name, column_name, ordinal_position::text, data_type, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT 'index', tablename, indexname, indexdef, '', '', '' FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', ''
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'trigger', event_object_table, trigger_name, action_statement, '', '', '' FROM information_schema.triggers
    UNION ALL
    SELECT 'sequence', sequence_name, '', '', '', '', '' FROM information_schema.sequences
"""


BOTH = pytest.mark.parametrize(("of", "truth"), [(SHOPS, "schema.sql"), (IDENTITY, "identity.sql")])


def take_schema(database: Database, truth: str) -> None:
    """Build the database from its schema alone."""
    for statement in statements(script(truth)):
        database.run(statement, {})


def catalog(database: Database, question: str) -> set[tuple[object, ...]]:
    """What the database says that it holds, but for the migrations' own table and what SQLite's planner keeps."""
    rows = {tuple(_plain(value) for value in row) for row in database.all(question, {})}
    return {row for row in rows if not str(row[1]).startswith(("migrations", "sqlite_"))}


def _plain(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


@BOTH
def test_on_sqlite_the_migrations_add_up_to_the_schema(tmp_path: Path, of: str, truth: str) -> None:
    migrated, whole = (SqliteEngine(connect(tmp_path / name)) for name in ("migrated", "whole"))
    migrate(migrated, of)
    take_schema(whole, truth)
    assert catalog(migrated, _SQLITE) == catalog(whole, _SQLITE)
    assert len(catalog(whole, _SQLITE)) > 100, "the catalog was not read"
    for engine in (migrated, whole):
        engine.close()


@BOTH
@pytest.mark.postgres
def test_on_postgresql_the_migrations_add_up_to_the_schema(
    postgres_server: str, postgres_database: str, of: str, truth: str
) -> None:
    other = create_database(postgres_server, "whole")
    migrated, whole = (PostgresEngine(url, pipelined=False) for url in (postgres_database, other))
    migrate(migrated, of)
    take_schema(whole, truth)
    assert catalog(migrated, _POSTGRES) == catalog(whole, _POSTGRES)
    assert len(catalog(whole, _POSTGRES)) > 100, "the catalog was not read"
    for engine in (migrated, whole):
        engine.close()
    drop_database(postgres_server, "whole")


def test_the_catalogs_tell_a_difference(tmp_path: Path) -> None:
    engine = SqliteEngine(connect(tmp_path / "shops.sqlite"))
    migrate(engine)
    before = catalog(engine, _SQLITE)
    engine.run("CREATE INDEX tasks_by_kind ON tasks (shop_id, kind)", {})
    after = catalog(engine, _SQLITE)
    engine.run("ALTER TABLE tasks ADD COLUMN colour TEXT", {})
    assert len({frozenset(each) for each in (before, after, catalog(engine, _SQLITE))}) == 3
    engine.close()


def test_migrating_again_takes_nothing(tmp_path: Path) -> None:
    engine = SqliteEngine(connect(tmp_path / "shops.sqlite"))
    assert migrate(engine) == len(migrations())
    assert migrate(engine) == 0
    engine.close()


@BOTH
def test_migrations_are_numbered_without_a_gap(of: str, truth: str) -> None:
    assert [number for number, _ in migrations(of)] == list(range(1, len(migrations(of)) + 1))


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = "CREATE TABLE a (x BIGINT); INSERT INTO nowhere VALUES (1)"
    monkeypatch.setattr("matjar.storage.schema.migrations", lambda of: [(1, failing)])
    engine = SqliteEngine(connect(tmp_path / "shops.sqlite"))
    with pytest.raises(apsw.SQLError, match="nowhere"):
        migrate(engine)
    assert engine.all("SELECT name FROM sqlite_schema WHERE name = 'a'", {}) == []
    assert engine.all("SELECT version FROM migrations", {}) == []
    engine.close()


@pytest.mark.postgres
def test_processes_that_migrate_at_once_do_it_once(postgres_database: str) -> None:
    def take_part(_: int) -> int:
        engine = PostgresEngine(postgres_database, pipelined=False)
        taken = migrate(engine)
        engine.close()
        return taken

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(take_part, range(4))) == len(migrations())
