"""Writes docs/surfaces.md: what each surface leans on and what it does without it, as its ``needs.py`` declares."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SURFACES = ROOT / "src" / "matjar" / "surfaces"
PAGE = ROOT / "docs" / "surfaces.md"
CODE = re.compile(r"\b[a-z]+\.[a-z_]+\b")
"""A refusal's code, as it stands in a sentence."""

HEAD = """# Surfaces

A surface is an entrance: one folder, one process. None asks another in order to serve. What each leans on, and what it
does while that is away, is declared beforehand in its `needs.py`, from which `make docs` writes this page.
"""


def needs() -> Iterator[Path]:
    """Every surface's declaration, in the order of the surfaces' names."""
    yield from sorted(SURFACES.glob("*/needs.py"))


def rows(path: Path) -> Iterator[str]:
    """A surface: its name, what it is for, and a row for each of its needs."""
    name = path.parent.name
    surface, declared = import_module(f"matjar.surfaces.{name}"), import_module(f"matjar.surfaces.{name}.needs")
    yield from ("", f"## {name}", "", (surface.__doc__ or "").strip(), "")
    yield from ("| it leans on | for | without it |", "|---|---|---|")
    for need in declared.NEEDS:
        yield CODE.sub(r"`\g<0>`", f"| {need.part} | {need.wanted_for} | {need.without_it} |")


def render() -> str:
    """The page."""
    return HEAD + "\n".join(line for path in needs() for line in rows(path)) + "\n"


if __name__ == "__main__":
    PAGE.write_text(render())
