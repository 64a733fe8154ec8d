"""Inserts that wait: what comes of them is what would have come of each at once."""

import pytest

from matjar.storage.deferred import Deferred, as_parameter, can_wait, of_many, tables_of
from matjar.storage.postgres import PostgresEngine
from matjar.storage.schema import migrate

LINE = "INSERT INTO line_items (shop_id, order_id, id) VALUES (:shop_id, :order_id, :id)"
ORDER = "INSERT INTO orders (shop_id, id) VALUES (:shop_id, :id)"
KEY = """
    INSERT INTO idempotency (shop_id, key, digest, answer, at) VALUES (:shop_id, :key, :digest, :answer, 7)
"""


def test_only_plain_inserts_into_our_tables_wait() -> None:
    assert can_wait(LINE) == "line_items"
    assert can_wait(f"{LINE} ON CONFLICT (shop_id, order_id, id) DO NOTHING") == ""
    assert can_wait("INSERT INTO carts (shop_id, id) VALUES (:shop_id, MAX(:a, :b))") == ""
    assert can_wait("UPDATE carts SET version = 1 WHERE shop_id = :shop_id") == ""
    assert can_wait("INSERT INTO migrations (version) VALUES (:version)") == ""


def test_a_statement_needs_the_tables_that_its_rows_refer_to() -> None:
    assert tables_of("SELECT id FROM line_items WHERE shop_id = :shop_id") == {"line_items", "orders"}


def test_rows_go_when_somebody_asks_and_parents_go_first() -> None:
    deferred = Deferred()
    deferred.add(ORDER, "orders", [{"shop_id": 1, "id": 2}])
    deferred.add(LINE, "line_items", [{"shop_id": 1, "order_id": 2, "id": 3}])
    assert deferred.take_for("SELECT 1 FROM carts") == {}
    assert list(deferred.take_for("SELECT 1 FROM line_items")) == [ORDER, LINE]
    assert deferred.take_all() == {}


def test_a_refused_command_takes_its_rows_along() -> None:
    deferred = Deferred()
    deferred.add(ORDER, "orders", [{"id": 1}])
    mark = deferred.added
    deferred.add(ORDER, "orders", [{"id": 2}, {"id": 3}])
    deferred.drop_after(mark)
    assert deferred.take_all() == {ORDER: [{"id": 1}]}


@pytest.mark.postgres
def test_many_rows_at_once_are_the_rows_one_by_one(postgres_database: str) -> None:
    engine = PostgresEngine(postgres_database, pipelined=False)
    migrate(engine)
    rows = [
        {"shop_id": 1, "key": key, "digest": bytes(range(256)), "answer": answer}
        for key, answer in (("plain", b""), ('"quoted" \\ and \n', b"\x00\xff"), ("ليلى 🌹", b"x" * 1000))
    ]
    engine.run(of_many(KEY), as_parameter(rows))
    stored = engine.all("SELECT shop_id, key, digest, answer, at FROM idempotency ORDER BY key", {})
    engine.close()
    expected = sorted((1, row["key"], row["digest"], row["answer"], 7) for row in rows)
    assert sorted((a, b, bytes(c), bytes(d), e) for a, b, c, d, e in stored) == expected
