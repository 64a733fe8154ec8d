"""The few words that differ between the engines, and how each spells a parameter."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

SQLITE = {"blob": "BLOB", "clustered": "WITHOUT ROWID", "locked": ""}
POSTGRES = {"blob": "BYTEA", "clustered": "", "locked": "FOR UPDATE"}

_PARAMETER = re.compile(r"(?<!:):([a-z_][a-z_0-9]*)")
_ROWS_AT_ONCE = 64
_COMMENT = re.compile(r"--[^\n]*")


def expand(sql: str, words: dict[str, str]) -> str:
    """Put an engine's words in the place of ``{blob}`` and its like."""
    for token, word in words.items():
        sql = sql.replace("{" + token + "}", word)
    return sql


@cache
def for_postgres(sql: str) -> str:
    """Spell ``:name`` as psycopg wants it."""
    return _PARAMETER.sub(r"%(\1)s", expand(sql, POSTGRES).replace("%", "%%"))


def several_at_once(sql: str, rows: int) -> int:
    """How many of these rows one statement takes: a power of two, so that few statements have to be kept prepared.

    An insert that meets conflicts may not touch a row twice in one statement, so it takes one at a time.
    """
    if "VALUES" not in sql or "ON CONFLICT" in sql:
        return 1
    return min(1 << rows.bit_length() - 1, _ROWS_AT_ONCE)


@cache
def for_rows(sql: str, count: int) -> str:
    """An insert of one row as an insert of ``count``, its parameters numbered by row."""
    if count == 1:
        return sql
    insert, _, row = sql.rpartition("VALUES")
    return f"{insert}VALUES " + ", ".join(_PARAMETER.sub(rf":\1_{number}", row) for number in range(count))


def rows_as_one(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The parameters of such an insert."""
    if len(rows) == 1:
        return rows[0]
    return {f"{name}_{number}": value for number, row in enumerate(rows) for name, value in row.items()}


@cache
def for_sqlite(sql: str) -> str:
    """SQLite reads ``:name`` as it is."""
    return expand(sql, SQLITE)


def statements(script: str) -> list[str]:
    """Split a script of plain statements; comments go."""
    return [part.strip() for part in _COMMENT.sub("", script).split(";") if part.strip()]


def script(name: str) -> str:
    """A script that lies beside this file: ``schema.sql``, ``migrations/0001_first.sql``."""
    return files("matjar.storage").joinpath(*name.split("/")).read_text()
