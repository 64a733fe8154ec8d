"""The few words that differ between the engines, and how each spells a parameter."""

import re
from functools import cache
from importlib.resources import files

SQLITE = {"blob": "BLOB", "clustered": "WITHOUT ROWID", "locked": ""}
POSTGRES = {"blob": "BYTEA", "clustered": "", "locked": "FOR UPDATE"}

_PARAMETER = re.compile(r"(?<!:):([a-z_][a-z_0-9]*)")
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
