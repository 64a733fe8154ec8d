"""Writes docs/refusals.md: every refusal that the code declares, so that clients can rely on its code."""

import ast
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "refusals.md"

HEAD = """# Refusals

An expected "no" has a code that never changes. Programs read the code; people read the sentence, in their own language.
A word in braces is a fact that comes with the refusal. This page is made from the code by `make docs`.

| kind | what it means for you |
|---|---|
| invalid | what was sent cannot be; send something else |
| not_found | there is no such thing, or not for you |
| forbidden | you may not, or you must prove yourself first |
| conflict | it was possible a moment ago; look again |
| throttled | too often; wait for as long as the answer says |
| busy | nothing was done; try again soon, as it is |
| away | a part that this needs is away; what that means is in the sentence |
"""


class Declaration(NamedTuple):
    """A refusal as it stands in the code."""

    code: str
    kind: str
    sentence: str


def declarations() -> Iterator[Declaration]:
    """Every ``declare("room.reason", Kind.INVALID, "Sentence.")`` below src: read, not run."""
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "declare":
                code, kind, sentence = node.args
                kind_name = ast.unparse(kind).removeprefix("Kind.").lower()
                yield Declaration(ast.literal_eval(code), kind_name, ast.literal_eval(sentence))


def render() -> str:
    """The page as it should be."""
    lines = []
    for room, refusals in groupby(sorted(declarations()), key=lambda each: each.code.partition(".")[0]):
        lines += ["", f"## {room}", "", "| code | kind | sentence |", "|---|---|---|"]
        lines += [f"| `{each.code}` | {each.kind} | {each.sentence} |" for each in refusals]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(render())
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} is up to date\n")
