"""Inserts that wait: what comes of them is what would have come of each at once."""

from typing import Any

import pytest

from matjar.storage.deferred import Batch, Deferred, as_parameter, plain, tables_of
from matjar.storage.postgres import PostgresEngine
from matjar.storage.schema import migrate

LINE = "INSERT INTO line_items (shop_id, order_id, id) VALUES (:shop_id, :order_id, :id)"
ORDER = "INSERT INTO orders (shop_id, id) VALUES (:shop_id, :id)"
PAID = "UPDATE orders SET paid_minor = :paid_minor WHERE shop_id = :shop_id AND id = :id"
NOTED = "UPDATE orders SET contact = :contact WHERE shop_id = :shop_id AND id = :id"
COUNT = """
    INSERT INTO attempts (shop_id, subject, tries) VALUES (:shop_id, :subject, 1)
    ON CONFLICT (shop_id, subject) DO UPDATE SET tries = attempts.tries + 1
"""
KEY = """
    INSERT INTO idempotency (shop_id, key, digest, answer, at) VALUES (:shop_id, :key, :digest, :answer, 7)
"""


def add(deferred: Deferred, sql: str, *rows: dict[str, Any]) -> None:
    kind = plain(sql)
    assert kind is not None
    deferred.add(sql, kind, list(rows))


def clashes(deferred: Deferred, sql: str, *rows: dict[str, Any]) -> bool:
    kind = plain(sql)
    assert kind is not None
    return deferred.clashes(sql, kind, list(rows))


def told(batches: list[tuple[str, Batch]]) -> dict[str, list[dict[str, Any]]]:
    return {sql: batch.rows for sql, batch in batches if batch.rows}


@pytest.mark.parametrize(
    "sql",
    [
        f"{LINE} ON CONFLICT (shop_id, order_id, id) DO NOTHING",
        "INSERT INTO carts (shop_id, id) VALUES (:shop_id, MAX(:a, :b))",
        "INSERT INTO migrations (version) VALUES (:version)",
        "INSERT INTO carts (shop_id, id) VALUES (:shop_id, :id) ON CONFLICT (shop_id, id) DO UPDATE SET id = :other",
        "UPDATE carts SET version = 1 WHERE shop_id = :shop_id",
        "UPDATE carts SET version = version + :more WHERE shop_id = :shop_id AND id = :id",
        "DELETE FROM carts WHERE shop_id = :shop_id AND id = :id",
    ],
)
def test_what_is_not_plain_does_not_wait(sql: str) -> None:
    assert plain(sql) is None


def test_a_statement_needs_the_tables_that_its_rows_refer_to() -> None:
    assert tables_of("SELECT id FROM line_items WHERE shop_id = :shop_id") == {"line_items", "orders"}


def test_rows_go_when_somebody_asks_and_parents_go_first() -> None:
    deferred = Deferred()
    add(deferred, LINE, {"shop_id": 1, "order_id": 2, "id": 3})
    add(deferred, ORDER, {"shop_id": 1, "id": 2})
    assert deferred.take_for("SELECT 1 FROM carts") == []
    assert list(told(deferred.take_for("SELECT 1 FROM line_items"))) == [ORDER, LINE]
    assert deferred.take_all() == []


def test_changes_of_a_row_come_after_it_and_the_last_one_counts() -> None:
    deferred = Deferred()
    first, second = ({"shop_id": 1, "id": 2, "paid_minor": paid} for paid in (5, 7))
    add(deferred, PAID, first)
    assert not clashes(deferred, ORDER, {"shop_id": 1, "id": 3})
    add(deferred, ORDER, {"shop_id": 1, "id": 3})
    add(deferred, PAID, second)
    batches = told(deferred.take_all())
    assert list(batches) == [ORDER, PAID]
    assert batches[PAID] == [second]


def test_two_kinds_of_changes_of_one_table_do_not_wait_together() -> None:
    deferred = Deferred()
    add(deferred, PAID, {"shop_id": 1, "id": 2, "paid_minor": 5})
    assert clashes(deferred, NOTED, {"shop_id": 1, "id": 2, "contact": ""})


def test_what_would_be_merged_into_one_row_twice_does_not_wait_together() -> None:
    deferred = Deferred()
    add(deferred, COUNT, {"shop_id": 1, "subject": "a"})
    assert not clashes(deferred, COUNT, {"shop_id": 1, "subject": "b"})
    assert clashes(deferred, COUNT, {"shop_id": 1, "subject": "a"})


def test_a_refused_command_takes_its_rows_along() -> None:
    deferred = Deferred()
    add(deferred, ORDER, {"id": 1})
    mark = deferred.added
    add(deferred, ORDER, {"id": 2}, {"id": 3})
    deferred.drop_after(mark)
    assert told(deferred.take_all()) == {ORDER: [{"id": 1}]}


@pytest.mark.postgres
def test_many_rows_at_once_are_the_rows_one_by_one(postgres_database: str) -> None:
    engine = PostgresEngine(postgres_database, pipelined=False)
    migrate(engine)
    rows = [
        {"shop_id": 1, "key": key, "digest": bytes(range(256)), "answer": answer}
        for key, answer in (("plain", b""), ('"quoted" \\ and \n', b"\x00\xff"), ("ليلى 🌹", b"x" * 1000))
    ]
    kind = plain(KEY)
    assert kind is not None
    engine.run(kind.of_many, as_parameter(rows))
    stored = engine.all("SELECT shop_id, key, digest, answer, at FROM idempotency ORDER BY key", {})
    engine.close()
    expected = sorted((1, row["key"], row["digest"], row["answer"], 7) for row in rows)
    assert sorted((a, b, bytes(c), bytes(d), e) for a, b, c, d, e in stored) == expected
