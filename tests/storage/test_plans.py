"""No question walks through a whole shop: a statement finds its rows by more than the shop, or its table is small."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

import matjar.domain
from matjar.storage.dialect import for_sqlite
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, connect

SMALL = {
    "collections", "locations", "shipping_zones", "tax_rates", "domains", "shops", "payout_accounts", "policies",
    "audit_heads",
}  # fmt: skip
"""Tables of which a shop has a handful of rows: a merchant keeps them by hand, or a surface has one."""

WHOLE = {
    "ledger._BALANCES": "sums the whole ledger, for whoever checks it",
    "inventory._LIST_LAPSED": "holds are few",
    "tasks._COUNT_OPEN": "finds the open ones, by an index of these alone",
    "tasks._LIST_ABOUT": "looks through the open ones, by an index of these alone",
    "audit._FORGET_LINKS": "looks at the first few hundred, and no further",
    "inventory._COUNT_SCARCE": "looks at every level of a shop, when somebody opens the back office",
}

_PARAMETER = re.compile(r":([a-z_][a-z_0-9]*)")
_WALK = re.compile(r"SCAN (\w+)|SEARCH (\w+) USING .*\(shop_id=\?\)$")


def statements() -> Iterator[tuple[str, str]]:
    for module in pkgutil.walk_packages(matjar.domain.__path__, "matjar.domain."):
        if ".store" in module.name:
            room = module.name.split(".")[2]
            for name, sql in vars(importlib.import_module(module.name)).items():
                if isinstance(sql, str) and re.search(r"\b(SELECT|UPDATE|DELETE)\b", sql):
                    yield f"{room}.{name}", for_sqlite(sql)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[apsw.Connection]:
    path: Path = tmp_path_factory.mktemp("plans") / "shops.sqlite"
    engine = SqliteEngine(connect(path))
    migrate(engine)
    engine.close()
    connection = connect(path, read_only=True)
    yield connection
    connection.close()


def walks(database: apsw.Connection, sql: str) -> list[str]:
    """The tables that a statement walks through, by SQLite's own plan."""
    values = dict.fromkeys(_PARAMETER.findall(sql), 1)
    plan = [str(row[3]) for row in database.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    found = [_WALK.match(step) for step in plan]
    aliases = {match[2]: match[1] for match in re.finditer(r"(?:FROM|JOIN) (\w+) (\w+)", sql)}
    named = [match[1] or match[2] for match in found if match]
    return [aliases.get(name, name) for name in named]


def test_every_question_finds_its_rows_by_a_key(database: apsw.Connection) -> None:
    tried = 0
    for name, sql in statements():
        try:
            walked = walks(database, sql)
        except apsw.SQLError:
            continue  # a part of a statement, which its module completes
        tried += 1
        assert name in WHOLE or set(walked) <= SMALL, f"{name} walks through {walked}"
    assert tried > 60


def test_a_walk_is_noticed(database: apsw.Connection) -> None:
    assert walks(database, "SELECT id FROM orders WHERE shop_id = :shop_id AND gateway = :gateway") == ["orders"]
