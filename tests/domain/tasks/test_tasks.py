"""What waits for a person."""

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import tasks
from matjar.storage.tx import ShopTx


def test_an_open_task_waits_with_its_facts(tx: ShopTx) -> None:
    task_id = tasks.open_task(tx, kind="oversold", subject_id=9, facts={"items": [{"quantity": 2}]})
    (task,) = tasks.list_open(tx)
    assert task == tasks.load(tx, task_id=task_id)
    assert (task.kind, task.subject_id, task.facts) == ("oversold", 9, {"items": [{"quantity": 2}]})
    assert (task.opened_at, task.closed_at) == (tx.now, None)


def test_a_closed_task_waits_no_more_but_is_kept(tx: ShopTx) -> None:
    task_id = tasks.open_task(tx, kind="oversold", subject_id=9, facts={})
    tx.now += 5
    closed = tasks.close_task(tx, task_id=task_id)
    assert tasks.list_open(tx) == []
    assert tasks.load(tx, task_id=task_id) == closed
    assert closed.closed_at == tx.now


def test_closing_twice_is_closing_once(tx: ShopTx) -> None:
    task_id = tasks.open_task(tx, kind="oversold", subject_id=9, facts={})
    closed = tasks.close_task(tx, task_id=task_id)
    tx.now += 5
    announced = len(tx._head.announced)
    assert tasks.close_task(tx, task_id=task_id) == closed
    assert len(tx._head.announced) == announced


def test_who_waits_longest_comes_first_page_by_page(tx: ShopTx) -> None:
    ids = [tasks.open_task(tx, kind="oversold", subject_id=number, facts={}) for number in range(5)]
    assert [task.id for task in tasks.list_open(tx, most=2)] == ids[:2]
    assert [task.id for task in tasks.list_open(tx, after_id=ids[1])] == ids[2:]


def test_a_task_that_never_was_cannot_be_closed(tx: ShopTx) -> None:
    with pytest.raises(Refusal, match="tasks.not_found"):
        tasks.close_task(tx, task_id=1)


def test_a_task_that_was_closed_too_early_is_opened_again(tx: ShopTx) -> None:
    task_id = tasks.open_task(tx, kind="oversold", subject_id=9, facts={})
    opened = tasks.load(tx, task_id=task_id)
    tasks.close_task(tx, task_id=task_id)
    assert tasks.count_open(tx) == 0
    assert tasks.reopen_task(tx, task_id=task_id) == opened
    assert tasks.list_open(tx) == [opened]
    assert tasks.count_open(tx) == 1
