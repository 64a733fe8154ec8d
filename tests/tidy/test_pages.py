"""Pages: nothing inline that the content security policy forbids, and nothing that is left where it should be start."""

import re
from collections.abc import Iterator

import pytest

from tests.tidy.tree import ROOT, Finding, files, hold

INLINE = {
    r"<script(?![^>]*\bsrc=)[^>]*>\s*\S": "a script is a file of its own: the policy forbids inline ones",
    r"<[a-z][^>]*\son[a-z]+\s*=": "an event is listened to in a script, not in an attribute",
    r"<[a-z][^>]*\sstyle\s*=": "a style is a class in a stylesheet",
    r"<style\b": "a style stands in a stylesheet",
    r"javascript:": "a link leads somewhere without a script",
    r"\bsrc=\"https?:|\bhref=\"https?:[^\"]*\.(css|js)\b": "nothing is loaded from elsewhere",
}
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border)-(left|right)|(left|right)\s*:|(text-align|float|clear)\s*:\s*(left|right))"
)
FAR_AWAY = re.compile(r"url\(\s*[\"']?https?:|@import")


def inline(path: str, text: str) -> Iterator[Finding]:
    """What a template must not carry within it."""
    for pattern, instead in INLINE.items():
        for found in re.finditer(pattern, text):
            yield Finding(path, f"line {text.count(chr(10), 0, found.start()) + 1}: {instead}")


def one_sided(path: str, text: str) -> Iterator[Finding]:
    """Styles that know left from right, where a reader of Arabic has it the other way round; and far-away ones."""
    for number, line in enumerate(text.splitlines(), 1):
        if PHYSICAL.search(line):
            yield Finding(path, f"line {number}: write inline-start and inline-end, so that Arabic needs nothing more")
        if FAR_AWAY.search(line):
            yield Finding(path, f"line {number}: nothing is loaded from elsewhere")


def texts(suffix: str) -> dict[str, str]:
    """The product's files of one kind."""
    found = [path for path in files() if path.suffix == suffix and path.is_relative_to(ROOT / "src")]
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in found}


def test_pages_carry_nothing_inline() -> None:
    hold("inline", [finding for path, text in texts(".html").items() for finding in inline(path, text)])


def test_styles_work_in_both_directions() -> None:
    hold("directions", [finding for path, text in texts(".css").items() for finding in one_sided(path, text)])


@pytest.mark.parametrize(
    "text",
    [
        "<script>buy()</script>",
        '<button class="x" onclick="buy()">',
        '<p style="color: red">',
        '<a href="javascript:void(0)">',
        '<script src="https://example.org/x.js"></script>',
        '<link rel="stylesheet" href="https://example.org/x.css">',
    ],
)
def test_something_inline_is_found(text: str) -> None:
    assert list(inline("a.html", text))


@pytest.mark.parametrize(
    "text", ['<script src="/static/x.js" defer></script>', '<a href="https://example.org/">', '<input name="online">']
)
def test_what_the_policy_allows_is_let_be(text: str) -> None:
    assert not list(inline("a.html", text))


@pytest.mark.parametrize("line", ["margin-left: 1rem", "a { left: 0 }", "text-align: right;", "float:left"])
def test_a_one_sided_style_is_found(line: str) -> None:
    assert list(one_sided("a.css", line))


@pytest.mark.parametrize("line", ["margin-inline-start: 1rem", "inset-inline: 0", "text-align: end", ".left { top: 0}"])
def test_a_style_for_both_directions_is_let_be(line: str) -> None:
    assert not list(one_sided("a.css", line))
