"""Writes docs/settings.md: every variable that the platform reads, with its default and what it means."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec import Meta

from matjar.compose.settings import PREFIX, Secret, Settings

PAGE = Path(__file__).resolve().parent.parent / "docs" / "settings.md"

HEAD = """# Settings

What an operator decides, each by a variable of the environment, read once when a process starts. None is needed to run
the platform on one's own machine. A variable that is not on this page is refused, so that a slip of the pen is noticed.
A secret (◆) may also lie in a file: then the variable with `_FILE` behind its name says where. No secret has a default,
and none is ever shown. This page is made from the code by `make docs`.

| variable | default | what it decides |
|---|---|---|
"""


def rows() -> Iterator[str]:
    """A row for each setting."""
    for field in msgspec.structs.fields(Settings):
        description = next(note.description for note in _notes(field.type) if note.description)
        secret = " ◆" if isinstance(field.default, Secret) else ""
        yield f"| `{PREFIX}{field.name.upper()}`{secret} | {_default(field.default)} | {description} |"


def render() -> str:
    """The page."""
    return HEAD + "\n".join(rows()) + "\n"


def _notes(kind: Any) -> Iterator[Meta]:
    yield from (note for note in get_args(kind) if isinstance(note, Meta))


def _default(value: Any) -> str:
    if isinstance(value, float):
        return f"`{value:g}`"
    return f"`{value}`" if value and not isinstance(value, Secret) else ""


if __name__ == "__main__":
    PAGE.write_text(render())
