"""The tasks' SQL."""

from typing import Any

import msgspec

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.tasks.model import Task

_INSERT = """
    INSERT INTO tasks (shop_id, id, kind, subject_id, facts, opened_at, closed_at)
    VALUES (:shop_id, :id, :kind, :subject_id, :facts, :now, NULL)
"""
_FIND = """
    SELECT id, kind, subject_id, facts, opened_at, closed_at FROM tasks WHERE shop_id = :shop_id AND id = :id
"""
_LIST_OPEN = """
    SELECT id, kind, subject_id, facts, opened_at, closed_at FROM tasks
    WHERE shop_id = :shop_id AND closed_at IS NULL AND id > :after_id ORDER BY id LIMIT :most
"""
_LIST_ABOUT = """
    SELECT id, kind, subject_id, facts, opened_at, closed_at FROM tasks
    WHERE shop_id = :shop_id AND closed_at IS NULL AND kind = :kind AND subject_id = :subject_id ORDER BY id LIMIT 1000
"""
_CLOSE = "UPDATE tasks SET closed_at = :now WHERE shop_id = :shop_id AND id = :id"
_REOPEN = "UPDATE tasks SET closed_at = NULL WHERE shop_id = :shop_id AND id = :id"
_COUNT_OPEN = "SELECT COUNT(*) FROM tasks WHERE shop_id = :shop_id AND closed_at IS NULL"

_encode = msgspec.json.Encoder().encode
_facts = msgspec.json.Decoder(dict[str, Any]).decode


def insert(tx: Tx, task: Task) -> None:
    """Write an open task."""
    tx.run(
        _INSERT, id=task.id, kind=task.kind, subject_id=task.subject_id, facts=_encode(task.facts).decode(), now=tx.now
    )


def find(view: Reading, task_id: int) -> Task | None:
    """One task."""
    row = view.one(_FIND, id=task_id)
    return _task(row) if row else None


def list_open(view: Reading, after_id: int, most: int) -> list[Task]:
    """Open tasks in the order in which they were opened."""
    return [_task(row) for row in view.all(_LIST_OPEN, after_id=after_id, most=most)]


def list_about(view: Reading, kind: str, subject_id: int) -> list[Task]:
    """Open tasks of one kind about one thing."""
    return [_task(row) for row in view.all(_LIST_ABOUT, kind=kind, subject_id=subject_id)]


def close(tx: Tx, task_id: int) -> None:
    """Mark as dealt with."""
    tx.run(_CLOSE, id=task_id, now=tx.now)


def reopen(tx: Tx, task_id: int) -> None:
    """Mark as open again."""
    tx.run(_REOPEN, id=task_id)


def count_open(view: Reading) -> int:
    """How many are open."""
    row = view.one(_COUNT_OPEN)
    return int(row[0]) if row else 0


def _task(row: Row) -> Task:
    id_, kind, subject_id, facts, opened_at, closed_at = row
    return Task(id_, kind, subject_id, _facts(facts), opened_at, closed_at)
