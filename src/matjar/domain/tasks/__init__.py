"""Tasks: what a person must look at, because a machine may not decide it.

Promise: what no longer fits is never lost and never silent; it waits here until somebody closes it.
"""

from matjar.domain.tasks.events import TaskClosed, TaskOpened
from matjar.domain.tasks.model import NOT_FOUND, Task
from matjar.domain.tasks.operations import close_about, close_task, open_task, reopen_task
from matjar.domain.tasks.queries import count_open, list_open, load

COMMANDS = (close_task, reopen_task)

__all__ = [
    "COMMANDS",
    "NOT_FOUND",
    "Task",
    "TaskClosed",
    "TaskOpened",
    "close_about",
    "close_task",
    "count_open",
    "list_open",
    "load",
    "open_task",
    "reopen_task",
]
