"""Inserts that can wait: a group's plain inserts go to the server together, many rows to a statement.

Rows that are only ever added (orders' lines, the ledger, movements) are seldom read by the next command of the group.
They wait here until somebody asks about their table, or the group ends; then they go in the order in which their
tables were first met, so that a row never comes before the one that it refers to.
"""

import re
from functools import cache
from typing import Any

from matjar.storage.dialect import script

_CREATE = re.compile(r"CREATE TABLE (\w+) \((.*?)\n\)", re.DOTALL)
_REFERENCES = re.compile(r"REFERENCES (\w+)")
_WORD = re.compile(r"\w+")

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
def can_wait(sql: str) -> str:
    """The table of a plain insert; empty where a statement has to be run at once."""
    words = sql.split(None, 3)
    plain = words[:2] == ["INSERT", "INTO"] and "SELECT" not in sql and "ON CONFLICT" not in sql
    return words[2] if plain else ""


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
