"""What happens to tasks."""

from matjar.core.tx import Event


class TaskOpened(Event, tag="task_opened", frozen=True):
    """Something waits for a person."""

    task_id: int
    kind: str
    subject_id: int


class TaskClosed(Event, tag="task_closed", frozen=True):
    """A person has looked at it."""

    task_id: int
    kind: str
    subject_id: int
