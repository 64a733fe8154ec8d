"""Inserts that can wait: a group's plain inserts go to PostgreSQL together, all rows of a kind in one statement.

Rows that are only ever added (orders' lines, the ledger, movements) are seldom read by the next command of the group.
They wait here until somebody asks about their table, or the group ends; then they go in the order in which their
tables were first met, so that a row never comes before the one that it refers to.
"""

import re
from functools import cache
from typing import Any

import msgspec

from matjar.storage.dialect import script

_CREATE = re.compile(r"CREATE TABLE (\w+) \((.*?)\n\)", re.DOTALL)
_COLUMN = re.compile(r"^    (\w+) (BIGINT|TEXT|\{blob\})", re.MULTILINE)
_INSERT = re.compile(r"INSERT INTO (\w+) \(([^()]*)\)\s+VALUES \(([^()]*)\)")
_REFERENCES = re.compile(r"REFERENCES (\w+)")
_WORD = re.compile(r"\w+")

_encode = msgspec.json.Encoder().encode

Rows = list[dict[str, Any]]


@cache
def _parents() -> dict[str, set[str]]:
    """Each table of the schema, and the tables that its rows refer to."""
    return {name: set(_REFERENCES.findall(body)) for name, body in _CREATE.findall(script("schema.sql"))}


@cache
def tables_of(sql: str) -> frozenset[str]:
    """The tables that a statement needs to be complete: those that it names, and all that their rows refer to."""
    parents = _parents()
    found: set[str] = set()
    wanted = {word for word in _WORD.findall(sql) if word in parents}
    while wanted:
        found |= wanted
        wanted = set().union(*(parents[table] for table in wanted)) - found
    return frozenset(found)


@cache
def _types(table: str) -> dict[str, str]:
    """A table's columns with their types."""
    (body,) = (body for name, body in _CREATE.findall(script("schema.sql")) if name == table)
    return dict(_COLUMN.findall(body))


@cache
def can_wait(sql: str) -> str:
    """The table of a plain insert of parameters and constants; empty where a statement has to be run at once."""
    insert = _INSERT.fullmatch(sql.strip())
    return insert[1] if insert and insert[1] in _parents() else ""


@cache
def of_many(sql: str) -> str:
    """A plain insert as an insert of however many rows, which it takes as one JSON list ``:rows``.

    One parameter instead of rows times columns: the client's work for each value is most of what an insert costs.
    """
    insert = _INSERT.fullmatch(sql.strip())
    assert insert, "this is not a plain insert"
    table, columns, values = insert[1], _split(insert[2]), _split(insert[3])
    types = _types(table)
    given = {value[1:]: types[column] for column, value in zip(columns, values, strict=True) if value[0] == ":"}
    fields = ", ".join(f"{name} {kind if kind != '{blob}' else 'TEXT'}" for name, kind in given.items())
    picked = ", ".join(_picked(value, given) for value in values)
    source = f"json_to_recordset(:rows) AS r ({fields})"
    return f"INSERT INTO {table} ({insert[2]}) SELECT {picked} FROM {source}"  # noqa: S608 - our own words, rearranged


def as_parameter(rows: Rows) -> dict[str, Any]:
    """The rows as that one parameter; bytes go as base64."""
    return {"rows": _encode(rows).decode()}


def _picked(value: str, given: dict[str, str]) -> str:
    if value[0] != ":":
        return value
    name = value[1:]
    return f"decode(r.{name}, 'base64')" if given[name] == "{blob}" else f"r.{name}"


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


class Deferred:
    """The rows that wait, in the order in which they came."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, str, str, dict[str, Any]]] = []
        self._tables: set[str] = set()
        self.added = 0
        """How many have ever come: a mark to drop back to."""
        self.newest_taken = 0
        """The mark of the newest row that does not wait any more."""

    def add(self, sql: str, table: str, rows: Rows) -> None:
        """Let rows wait."""
        for row in rows:
            self.added += 1
            self._waiting.append((self.added, sql, table, row))
        self._tables.add(table)

    def drop_after(self, mark: int) -> None:
        """Forget what came after a mark: its command was refused."""
        self._waiting = [waiting for waiting in self._waiting if waiting[0] <= mark]

    def take_for(self, sql: str) -> dict[str, Rows]:
        """The rows, by their statement, that another statement needs to find written."""
        needed = tables_of(sql)
        return {} if self._tables.isdisjoint(needed) else self._take(needed)

    def take_all(self) -> dict[str, Rows]:
        """All rows, by their statement."""
        return self._take(frozenset(self._tables))

    def _take(self, tables: frozenset[str]) -> dict[str, Rows]:
        taken: dict[str, Rows] = {}
        for mark, sql, table, row in self._waiting:
            if table in tables:
                taken.setdefault(sql, []).append(row)
                self.newest_taken = mark
        self._waiting = [waiting for waiting in self._waiting if waiting[2] not in tables]
        self._tables -= tables
        return taken
