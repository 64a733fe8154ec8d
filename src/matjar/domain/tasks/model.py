"""A task."""

from typing import Any

import msgspec

from matjar.core.refusal import Kind, declare

NOT_FOUND = declare("tasks.not_found", Kind.NOT_FOUND, "There is no such task.")


class Task(msgspec.Struct, frozen=True):
    """Something to decide: of which kind, about what, with the facts that the room knew. ``closed_at`` None: open."""

    id: int
    kind: str
    subject_id: int
    """What it is about, as the kind says; 0: nothing in particular."""
    facts: dict[str, Any]
    opened_at: int
    closed_at: int | None = None
