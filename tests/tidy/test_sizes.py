"""Budgets: what is small stays small. Lengths are counted without docstrings, which are not to be saved at."""

import ast
from collections.abc import Iterable, Iterator
from statistics import median

import pytest

from tests.tidy.tree import ROOT, Finding, Module, files, hold, modules, snippet

FILE_LINES, FILE_MEDIAN = 300, 100
FUNCTION_LINES, FUNCTION_MEDIAN = 50, 10
LINE_LENGTH = 120
CODE = frozenset({".py", ".js", ".css", ".html", ".sql"})
PAGES = {"STYLE.md": 200, "ARCHITECTURE.md": 300}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def file_lengths() -> dict[str, int]:
    """Lines by path, of every file of code that is ours."""
    code = [path for path in files() if path.suffix in CODE]
    return {path.relative_to(ROOT).as_posix(): path.read_text().count("\n") for path in code}


def long_files(lengths: dict[str, int]) -> Iterator[Finding]:
    """Files beyond the budget."""
    for path, lines in lengths.items():
        if lines > FILE_LINES:
            yield Finding(path, f"{lines} lines, {FILE_LINES} at most: find the second story in it, and move it out")


def functions(module: Module) -> Iterator[tuple[str, int]]:
    """Every function's place and length."""
    for node in ast.walk(module.tree):
        if isinstance(node, Function):
            yield f"{module.path}::{node.name}", length(node)


def length(function: Function) -> int:
    """Lines from ``def`` to the end, without the docstring."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def long_functions(some: Iterable[Module]) -> Iterator[Finding]:
    """Functions beyond the budget."""
    for module in some:
        for place, lines in functions(module):
            if lines > FUNCTION_LINES:
                yield Finding(place, f"{lines} lines, {FUNCTION_LINES} at most: name its steps")


def long_lines(path: str, text: str) -> Iterator[Finding]:
    """Lines that do not fit; ruff looks after Python's."""
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LINE_LENGTH:
            yield Finding(path, f"line {number} has {len(line)} characters, {LINE_LENGTH} at most")


def test_no_file_is_longer_than_its_budget() -> None:
    hold("file length", long_files(file_lengths()))


@pytest.mark.parametrize("top", ["src", "tests"])
def test_half_of_the_files_are_short(top: str) -> None:
    lengths = [lines for path, lines in file_lengths().items() if path.startswith(f"{top}/") and path.endswith(".py")]
    assert median(lengths) <= FILE_MEDIAN


@pytest.mark.parametrize("top", ["src", "tests", "tools"])
def test_no_function_is_longer_than_its_budget(top: str) -> None:
    if top == "src":
        hold("function length", long_functions(modules(top)))
    else:
        assert not list(long_functions(modules(top)))


@pytest.mark.parametrize("top", ["src", "tests"])
def test_half_of_the_functions_are_short(top: str) -> None:
    lengths = [lines for module in modules(top) for _, lines in functions(module)]
    assert median(lengths) <= FUNCTION_MEDIAN


def test_lines_fit_beside_each_other() -> None:
    others = [path for path in files() if path.suffix in CODE - {".py"} or path.name == "Makefile"]
    found = [finding for path in others for finding in long_lines(path.relative_to(ROOT).as_posix(), path.read_text())]
    hold("line length", found)


@pytest.mark.parametrize(("page", "most"), PAGES.items())
def test_founding_pages_stay_readable_in_one_sitting(page: str, most: int) -> None:
    assert (ROOT / page).read_text().count("\n") <= most


def test_a_file_too_long_is_found() -> None:
    assert [finding.place for finding in long_files({"a.py": 300, "b.py": 301})] == ["b.py"]


def test_a_function_too_long_is_found_and_its_docstring_is_free() -> None:
    body = "    x = 1\n"
    docstring = '    """Long.\n' + "\n" * 40 + '    """\n'
    just_fits = snippet("def f():\n" + docstring + body * 49)
    too_long = snippet("def f():\n" + docstring + body * 50)
    assert not list(long_functions([just_fits]))
    assert [finding.place for finding in long_functions([too_long])] == [f"{too_long.path}::f"]


def test_a_line_too_long_is_found() -> None:
    assert len(list(long_lines("a.css", "x" * 120 + "\n" + "x" * 121))) == 1
