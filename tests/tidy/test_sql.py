"""SQL stands in rooms' ``store`` and in storage; it names the shop, and says only what both engines read."""

import re
from collections.abc import Iterator

import pytest

from tests.tidy.tree import Finding, Module, hold, modules, snippet, strings

STATEMENT = re.compile(
    r"\s*(SELECT\s|INSERT\s+\w|UPDATE\s+\w+\s+SET\s|DELETE FROM\s|CREATE (TABLE|INDEX)\s|WITH\s+\w+\s+AS\s)"
)
TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_]+)", re.ASCII)
REFERENCE = frozenset({"shops", "domains", "migrations"})
"""Tables that every shop's rows refer to: see law 8."""
OWN_FILES = ("src/matjar/edge/audit.py", "src/matjar/edge/catalogue/", "src/matjar/edge/local.py")
"""Files that a surface keeps on its own disk: SQLite as a format, not the database of shops."""
SHOPS_STATEMENTS = ("src/matjar/domain/", "src/matjar/storage/")
FOREIGN = {
    r"\bOR (REPLACE|IGNORE)\b": "write INSERT … ON CONFLICT … DO UPDATE or DO NOTHING",
    r"\bjson_|->": "decode JSON in Python",
    r"\bRETURNING\b": "mint what you want to know beforehand",
    r"\b(BOOLEAN|TRUE|FALSE|SERIAL|NEXTVAL)\b": "BIGINT, TEXT and {blob} are the types there are",
    r"\b(NOW|DATETIME|RANDOM|STRFTIME)\(|\bCURRENT_(TIMESTAMP|DATE|TIME)\b": "take :now, and chance, from outside",
    r"\?|%s": "name the parameter",
    r"\bILIKE\b|\bGLOB\b|\bREGEXP\b": "the engines differ in this: search is not done in SQL",
    r"\bSELECT \*": "name the columns, so that a migration cannot shift them",
}


def statements(module: Module) -> list[tuple[int, str]]:
    """The module's SQL, with lines."""
    return [(line, text) for line, text in strings(module) if STATEMENT.match(text)]


def is_store(module: Module) -> bool:
    """Whether this is a ``store.py``, or a part of one that outgrew its file."""
    return module.path.endswith("/store.py") or "/store/" in module.path


def homeless(module: Module) -> Iterator[Finding]:
    """SQL outside its places."""
    at_home = is_store(module) or module.path.startswith(("src/matjar/storage/", *OWN_FILES))
    for line, _ in [] if at_home else statements(module):
        yield Finding(module.path, f"line {line}: SQL stands in store.py")


def shopless(module: Module) -> Iterator[Finding]:
    """Statements that leave the shop out for one of their tables."""
    for line, text in statements(module):
        tables = [name for name in TABLE.findall(text) if name not in REFERENCE]
        named = len(re.findall(r"(?<!:)\bshop_id\b", text))
        if named < len(tables) or (tables and ":shop_id" not in text):
            yield Finding(f"{module.path}::{tables[0]}", f"line {line}: every table's part must name shop_id")


def foreign(module: Module) -> Iterator[Finding]:
    """What only one of the engines understands, or what would make a transaction depend on more than its inputs."""
    for line, text in statements(module):
        for pattern, instead in FOREIGN.items():
            if found := re.search(pattern, text, re.IGNORECASE):
                yield Finding(f"{module.path}::{found[0].strip()}", f"line {line}: {instead}")


def test_sql_stands_in_store_and_storage() -> None:
    hold("place of SQL", [finding for module in modules("src") for finding in homeless(module)])


def test_every_statement_names_the_shop() -> None:
    of_shops = [module for module in modules("src") if module.path.startswith(SHOPS_STATEMENTS)]
    hold("shop in every statement", [finding for module in of_shops for finding in shopless(module)])


def test_statements_say_what_both_engines_read() -> None:
    stores = [module for module in modules("src") if is_store(module)]
    hold("portable SQL", [finding for module in stores for finding in foreign(module)])


def test_sql_in_an_operation_is_found_and_prose_is_not() -> None:
    path = "src/matjar/domain/orders/operations.py"
    assert list(homeless(snippet('_LOAD = "SELECT id FROM orders WHERE shop_id = :shop_id"', path)))
    assert list(homeless(snippet('_LOAD = f"SELECT id FROM {table}"', path)))
    assert not list(homeless(snippet('"""SELECT is not SQL here."""\nx = "Select a colour"', path)))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM orders WHERE id = :id",
        "SELECT id FROM orders WHERE shop_id = 1",
        "SELECT o.id FROM orders o JOIN refunds r ON r.order_id = o.id WHERE o.shop_id = :shop_id",
        "INSERT INTO orders (id) VALUES (:id)",
        "UPDATE orders SET status = :status WHERE id = :id",
    ],
)
def test_a_statement_without_its_shop_is_found(sql: str) -> None:
    assert list(shopless(snippet(f'_S = "{sql}"')))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT name FROM shops WHERE id = :shop_id",
        "INSERT INTO orders (shop_id, id) VALUES (:shop_id, :id)",
        "SELECT o.id FROM orders o JOIN refunds r ON r.shop_id = o.shop_id AND r.id = o.id WHERE o.shop_id = :shop_id",
        "SELECT id FROM orders JOIN refunds USING (shop_id, order_id) WHERE orders.shop_id = :shop_id",
    ],
)
def test_a_statement_with_its_shop_is_let_be(sql: str) -> None:
    assert not list(shopless(snippet(f'_S = "{sql}"')))


@pytest.mark.parametrize(
    "sql", ["SELECT * FROM orders", "INSERT OR REPLACE INTO t", "SELECT now() FROM t", "SELECT a FROM t WHERE b = ?"]
)
def test_one_engine_s_own_words_are_found(sql: str) -> None:
    assert list(foreign(snippet(f'_S = "{sql} "')))
