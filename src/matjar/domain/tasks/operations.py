"""Opening and closing tasks."""

from typing import Any

import msgspec

from matjar.core.tx import Tx
from matjar.domain.tasks import events, queries, store
from matjar.domain.tasks.model import Task


def open_task(tx: Tx, *, kind: str, subject_id: int, facts: dict[str, Any]) -> int:
    """Leave something for a person to decide; tells the task's id. ``facts`` are ids and amounts, nobody's data."""
    task = Task(tx.new_id(), kind, subject_id, facts, tx.now)
    store.insert(tx, task)
    tx.emit(events.TaskOpened(task.id, kind, subject_id))
    return task.id


def close_task(tx: Tx, *, task_id: int) -> Task:
    """Say that it is dealt with; closing again changes nothing. Refuses ``tasks.not_found``."""
    task = queries.load(tx, task_id=task_id)
    if task.closed_at is not None:
        return task
    store.close(tx, task_id)
    tx.emit(events.TaskClosed(task.id, task.kind, task.subject_id))
    return msgspec.structs.replace(task, closed_at=tx.now)


def close_about(tx: Tx, *, kind: str, subject_id: int) -> None:
    """Say that whatever is open of this kind about something is dealt with."""
    for task in store.list_about(tx, kind, subject_id):
        close_task(tx, task_id=task.id)


def reopen_task(tx: Tx, *, task_id: int) -> Task:
    """Say that it is not dealt with after all. Refuses ``tasks.not_found``."""
    task = queries.load(tx, task_id=task_id)
    if task.closed_at is None:
        return task
    store.reopen(tx, task_id)
    tx.emit(events.TaskOpened(task.id, task.kind, task.subject_id))
    return msgspec.structs.replace(task, closed_at=None)
