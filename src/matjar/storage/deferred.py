"""Writes that can wait: a group's plain writes go to PostgreSQL together, all rows of a kind in one statement.

Rows that are added, or changed by their key, are seldom read by the next command of the group. They wait here until
somebody asks about their table, or the group ends; then additions go before changes, and tables before those whose
rows refer to them, so that a row never comes before the one that it refers to, nor its change before itself.
"""

import re
from functools import cache
from typing import Any, NamedTuple

import msgspec

from matjar.storage.dialect import script

_CREATE = re.compile(r"CREATE TABLE (\w+) \((.*?)\n\)", re.DOTALL)
_COLUMN = re.compile(r"^    (\w+) (BIGINT|TEXT|\{blob\})", re.MULTILINE)
_INSERT = re.compile(
    r"INSERT INTO (?P<table>\w+) \((?P<columns>[^()]*)\)\s+VALUES \((?P<values>[^()]*)\)"
    r"(?P<otherwise>\s+ON CONFLICT \((?P<key>[^()]*)\) DO UPDATE SET\s.*)?",
    re.DOTALL,
)
_UPDATE = re.compile(r"UPDATE (?P<table>\w+) SET (?P<changes>.*)\s+WHERE shop_id = :shop_id AND id = :id", re.DOTALL)
_CHANGE = re.compile(r"\w+ = (:\w+|\d+|'\w*'|NULL)")
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
def _depth(table: str) -> int:
    """How far a table's rows are from those that refer to nothing."""
    return max((_depth(parent) + 1 for parent in _parents()[table] - {table}), default=0)


@cache
def _types(table: str) -> dict[str, str]:
    """A table's columns with their types."""
    (body,) = (body for name, body in _CREATE.findall(script("schema.sql")) if name == table)
    return dict(_COLUMN.findall(body))


class Plain(NamedTuple):
    """A statement that can wait."""

    table: str
    of_many: str
    """The same for however many rows, taken as one JSON list ``:rows``: one parameter instead of rows times columns,
    since the client's work for each value is most of what a write costs."""
    key: tuple[str, ...] = ()
    """The parameters that say which row is changed; none where rows are only added."""
    adds: bool = True
    """Whether it may bring a row that was not there."""

    @property
    def merges(self) -> bool:
        """Whether it is an ``ON CONFLICT``, which may not meet the same row twice."""
        return self.adds and bool(self.key)

    def key_of(self, row: dict[str, Any]) -> tuple[Any, ...]:
        """Which row a row of parameters is about."""
        return tuple(row[name] for name in self.key)

    def goes_with(self, other: "Plain") -> bool:
        """Whether both can wait for one table: plain additions and changes by id, and nothing else."""
        return self.adds != other.adds and not self.merges and not other.merges


@cache
def plain(sql: str) -> Plain | None:
    """How a plain statement can wait; None where it has to be run at once.

    Plain is an insert of parameters and constants, also with an ``ON CONFLICT`` that names no parameter, and an update
    of a row by its id.
    """
    text = sql.strip()
    insert, update = _INSERT.fullmatch(text), _UPDATE.fullmatch(text)
    if insert and insert["table"] in _parents() and ":" not in (insert["otherwise"] or ""):
        return _plain_insert(**insert.groupdict())
    if update and update["table"] in _parents() and all(map(_CHANGE.fullmatch, _split(update["changes"]))):
        return _plain_update(**update.groupdict())
    return None


def _plain_insert(table: str, columns: str, values: str, otherwise: str | None, key: str | None) -> Plain:
    given = dict(zip(_split(columns), _split(values), strict=True))
    picked = ", ".join(_picked(value, _types(table)[column]) for column, value in given.items())
    of_many = f"INSERT INTO {table} ({columns}) SELECT {picked} FROM {_rows(table, given)} {otherwise or ''}"  # noqa: S608 - our own words, rearranged
    return Plain(table, of_many, tuple(given[column][1:] for column in _split(key)) if key else ())


def _plain_update(table: str, changes: str) -> Plain:
    given = dict(change.split(" = ") for change in _split(changes))
    picked = ", ".join(f"{column} = {_picked(value, _types(table)[column])}" for column, value in given.items())
    source = _rows(table, given | {"shop_id": ":shop_id", "id": ":id"})
    of_many = f"UPDATE {table} AS t SET {picked} FROM {source} WHERE t.shop_id = r.shop_id AND t.id = r.id"  # noqa: S608 - the same
    return Plain(table, of_many, ("shop_id", "id"), adds=False)


def _rows(table: str, given: dict[str, str]) -> str:
    """The JSON list as a relation ``r`` of the parameters, each with its column's type."""
    types = {value[1:]: _types(table)[column] for column, value in given.items() if value[0] == ":"}
    fields = ", ".join(f"{name} {kind if kind != '{blob}' else 'TEXT'}" for name, kind in types.items())
    return f"json_to_recordset(:rows) AS r ({fields})"


def as_parameter(rows: Rows) -> dict[str, Any]:
    """The rows as that one parameter; bytes go as base64."""
    return {"rows": _encode(rows).decode()}


def _picked(value: str, kind: str) -> str:
    if value[0] != ":":
        return value
    return f"decode(r.{value[1:]}, 'base64')" if kind == "{blob}" else f"r.{value[1:]}"


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


class Batch:
    """The rows of one statement, each with the mark at which it came."""

    def __init__(self, kind: Plain) -> None:
        self.kind = kind
        self._rows: list[tuple[int, dict[str, Any]]] = []
        self._keys: set[tuple[Any, ...]] = set()

    def add(self, mark: int, row: dict[str, Any]) -> None:
        """Let a row wait."""
        self._rows.append((mark, row))
        if self.kind.merges:
            self._keys.add(self.kind.key_of(row))

    def meets(self, rows: Rows) -> bool:
        """Whether one of these rows would be merged into one that waits: no statement merges into a row twice."""
        return self.kind.merges and any(self.kind.key_of(row) in self._keys for row in rows)

    def drop_after(self, mark: int) -> None:
        """Forget the rows that came after a mark."""
        kept, self._rows, self._keys = self._rows, [], set()
        for each, row in kept:
            if each <= mark:
                self.add(each, row)

    @property
    def newest(self) -> int:
        """The mark of the last row; 0 where there is none."""
        return self._rows[-1][0] if self._rows else 0

    @property
    def rows(self) -> Rows:
        """The rows to write: of several changes of one row the last, which says all."""
        if self.kind.adds:
            return [row for _, row in self._rows]
        return list({self.kind.key_of(row): row for _, row in self._rows}.values())


class Deferred:
    """The rows that wait, by their statement, in the order in which the statements came."""

    def __init__(self) -> None:
        self._batches: dict[str, Batch] = {}
        self._tables: dict[str, set[str]] = {}
        self.added = 0
        """How many have ever come: a mark to drop back to."""
        self.newest_taken = 0
        """The mark of the newest row that does not wait any more."""

    def add(self, sql: str, kind: Plain, rows: Rows) -> None:
        """Let rows wait; ``clashes`` says whether they may."""
        batch = self._batches.get(sql)
        if batch is None:
            batch = self._batches[sql] = Batch(kind)
            self._tables.setdefault(kind.table, set()).add(sql)
        for row in rows:
            self.added += 1
            batch.add(self.added, row)

    def clashes(self, sql: str, kind: Plain, rows: Rows) -> bool:
        """Whether something waits for the same table that would come out differently beside these rows."""
        return any(
            self._batches[other].meets(rows) if other == sql else not kind.goes_with(self._batches[other].kind)
            for other in self._tables.get(kind.table, ())
        )

    def drop_after(self, mark: int) -> None:
        """Forget what came after a mark: its command was refused."""
        for batch in self._batches.values():
            batch.drop_after(mark)

    def take_for(self, sql: str) -> list[tuple[str, Batch]]:
        """The batches that another statement needs to find written, each with its statement."""
        needed = tables_of(sql)
        return [] if needed.isdisjoint(self._tables) else self._take(needed)

    def take_all(self) -> list[tuple[str, Batch]]:
        """All batches."""
        return self._take(frozenset(self._tables))

    def _take(self, tables: frozenset[str]) -> list[tuple[str, Batch]]:
        taken = [(sql, batch) for sql, batch in self._batches.items() if batch.kind.table in tables]
        for sql, batch in taken:
            del self._batches[sql]
            self.newest_taken = max(self.newest_taken, batch.newest)
        for table in tables:
            self._tables.pop(table, None)
        return sorted(taken, key=lambda each: (not each[1].kind.adds, _depth(each[1].kind.table)))
