"""Templates: what stands on two lines of a tag does not become one word."""

import itertools
import re
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src"
_BLOCKS = re.compile(r"\{[%{#].*?[%}#]\}", re.DOTALL)


def glued(text: str) -> list[int]:
    """Lines within a tag whose end and whose successor's beginning are blocks: no space is left between the two."""
    lines = text.split("\n")
    found = []
    for number, (line, after) in enumerate(itertools.pairwise(lines), start=1):
        if re.search(r"[^+]%\}$", line) and re.match(r"\s*\{%-? (if|elif)", after):
            before = _BLOCKS.sub("", "\n".join(lines[:number]))
            if before.rfind("<") > before.rfind(">"):
                found.append(number)
    return found


def test_attributes_on_two_lines_stand_apart() -> None:
    wrong = {path.name: lines for path in SOURCES.rglob("templates/*.html") if (lines := glued(path.read_text()))}
    assert not wrong


def test_what_is_glued_is_found() -> None:
    assert glued('<input {% if a %}required{% endif %}\n  {% if b %}dir="ltr"{% endif %}>') == [1]
    assert glued('<input {% if a %}required{% endif +%}\n  {% if b %}dir="ltr"{% endif %}>') == []
    assert glued("<p>{% if a %}a{% endif %}\n{% if b %}b{% endif %}</p>") == []
