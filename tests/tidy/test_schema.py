"""Law 8: one shop's rows live together, so that PostgreSQL spreads shops with Citus unchanged."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.tidy.tree import ROOT, Finding, hold

SCRIPTS = sorted((ROOT / "src/matjar/storage").rglob("*.sql"))
TYPES = frozenset({"BIGINT", "TEXT", "{blob}"})
FORBIDDEN = ("SERIAL", "AUTOINCREMENT", "SEQUENCE", "TRIGGER", "IDENTITY", "DEFAULT", "CASCADE", "BOOLEAN", "TIMESTAMP")
KEY = re.compile(r"(PRIMARY KEY|UNIQUE|FOREIGN KEY|REFERENCES \w+)\s*\(([^)]*)\)")
INDEX = re.compile(r"CREATE (?:UNIQUE )?INDEX (\w+) ON (\w+) \(([^)]*)\)")


class Table(NamedTuple):
    """A table as the schema declares it: what stands in its parentheses, and what after them."""

    name: str
    body: str
    tail: str

    @property
    def parts(self) -> list[str]:
        """Columns and constraints."""
        return [part.strip() for part in re.split(r",(?![^(]*\))", self.body) if part.strip()]

    @property
    def columns(self) -> list[str]:
        """The columns' declarations."""
        return [part for part in self.parts if part.split()[0] not in {"PRIMARY", "UNIQUE", "FOREIGN", "CHECK"}]


def without_comments(script: str) -> str:
    """The statements alone."""
    return re.sub(r"--[^\n]*", "", script)


def tables(script: str) -> list[Table]:
    """Every table of a script."""
    found = re.findall(r"CREATE TABLE (\w+) \(\n(.*?)\n\)([^;]*);", without_comments(script), re.DOTALL)
    return [Table(*each) for each in found]


def homeless_rows(script: str) -> Iterator[Finding]:
    """Tables, keys and indexes that do not begin with the shop."""
    for table in tables(script):
        if not table.columns[0].startswith("shop_id BIGINT NOT NULL"):
            yield Finding(table.name, "the first column is shop_id BIGINT NOT NULL")
        for kind, columns in KEY.findall(table.body):
            if columns.split(",")[0].strip() != "shop_id" and kind != "REFERENCES shops":
                yield Finding(table.name, f"{kind} ({columns}) must begin with shop_id")
        for column in table.columns[1:]:
            if re.search(r"\b(PRIMARY KEY|UNIQUE|REFERENCES)\b", column):
                yield Finding(table.name, f"{column.split()[0]} is a key without shop_id")
    for name, table_name, columns in INDEX.findall(without_comments(script)):
        if columns.split(",")[0].strip() != "shop_id":
            yield Finding(table_name, f"index {name} must begin with shop_id")


def unclustered(script: str) -> Iterator[Finding]:
    """Tables with a composite key whose rows would not lie in its order."""
    for table in tables(script):
        composite = any(kind == "PRIMARY KEY" and "," in columns for kind, columns in KEY.findall(table.body))
        if composite != (table.tail.strip() == "{clustered}"):
            yield Finding(table.name, "a composite primary key is {clustered}, and nothing else is")


def foreign_types(script: str) -> Iterator[Finding]:
    """Columns of other types, and machinery that the transaction does not see."""
    for table in tables(script):
        for column in table.columns:
            if column.split()[1] not in TYPES:
                yield Finding(f"{table.name}.{column.split()[0]}", f"{column.split()[1]} is none of {sorted(TYPES)}")
    for word in FORBIDDEN:
        if re.search(rf"\b{word}\w*\b", without_comments(script), re.IGNORECASE):
            yield Finding(word, "the transaction decides, not the database behind its back")


def test_every_row_lives_with_its_shop() -> None:
    found = {finding for path in SCRIPTS for finding in homeless_rows(path.read_text())}
    hold("shop_id first", sorted(found))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_rows_lie_in_the_order_of_their_key(path: object) -> None:
    assert not list(unclustered((ROOT / str(path)).read_text()))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_types_are_the_three_that_both_engines_have(path: object) -> None:
    assert not list(foreign_types((ROOT / str(path)).read_text()))


def test_all_tables_of_the_schema_are_read() -> None:
    script = (ROOT / "src/matjar/storage/schema.sql").read_text()
    assert len(tables(script)) == script.count("CREATE TABLE ") > 30


GOOD = """CREATE TABLE orders (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    body {blob},
    PRIMARY KEY (shop_id, id),
    FOREIGN KEY (shop_id, id) REFERENCES others (shop_id, id)
) {clustered};
CREATE INDEX orders_by_body ON orders (shop_id, body);
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("PRIMARY KEY (shop_id, id)", "PRIMARY KEY (id, shop_id)"),
        ("FOREIGN KEY (shop_id, id) REFERENCES others (shop_id, id)", "UNIQUE (id)"),
        ("REFERENCES others (shop_id, id)", "REFERENCES others (id, shop_id)"),
        ("    shop_id BIGINT NOT NULL,\n", ""),
        ("id BIGINT NOT NULL,\n    body", "id BIGINT NOT NULL UNIQUE,\n    body"),
        ("orders (shop_id, body)", "orders (body)"),
    ],
)
def test_a_key_without_its_shop_is_found(old: str, new: str) -> None:
    assert not list(homeless_rows(GOOD))
    assert list(homeless_rows(GOOD.replace(old, new)))


@pytest.mark.parametrize("new", ["VARCHAR(20)", "INTEGER", "BOOLEAN", "BIGSERIAL"])
def test_another_type_is_found(new: str) -> None:
    assert not list(foreign_types(GOOD))
    assert list(foreign_types(GOOD.replace("body {blob}", f"body {new}")))


def test_a_composite_key_out_of_order_is_found() -> None:
    assert not list(unclustered(GOOD))
    assert list(unclustered(GOOD.replace(" {clustered}", "")))
