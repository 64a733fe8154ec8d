"""Questions about tasks."""

from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain.tasks import model, store
from matjar.domain.tasks.model import Task


def load(view: Reading, *, task_id: int) -> Task:
    """One task, open or closed; refuses ``tasks.not_found``."""
    task = store.find(view, task_id)
    if task is None:
        raise model.NOT_FOUND()
    return task


def list_open(view: Reading, *, after_id: int = 0, most: int = PAGE_ROWS) -> list[Task]:
    """Open tasks, those that wait longest first; ``after_id`` turns the page."""
    return store.list_open(view, after_id, min(most, PAGE_ROWS))


def count_open(view: Reading) -> int:
    """How many tasks are open."""
    return store.count_open(view)
