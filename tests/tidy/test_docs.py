"""Pages that are checked stay true: what they name is there, and what is made from the code is up to date."""

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer

from matjar.compose.cli import assemble
from matjar.compose.settings import PREFIX, Settings
from matjar.edge import metrics
from tests.tidy.tree import ROOT, Finding, Module, files, hold, modules, name_of, snippet
from tools import refusals, surfaces

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TARGET = re.compile(r"`make ([a-z]+)")
CALL = re.compile(r"(?:^|`|bin/)matjar ([a-z][^`\n#]*)", re.MULTILINE)
SETTING = re.compile(rf"\b({PREFIX}[A-Z_]+)\b")
FILE = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|sql|toml))`")
METRIC = re.compile(r"\b(matjar_[a-z_]+)\b")
PAGES = [path for path in files() if path.suffix == ".md"]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.py"))


def foreign_codes(some: Iterable[Module]) -> Iterator[Finding]:
    """Refusals whose code does not begin with the room that declares it."""
    for module in some:
        room = module.name.split(".")[2]
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and name_of(node.func) == "declare":
                code = ast.literal_eval(node.args[0])
                if not code.startswith(f"{room}."):
                    yield Finding(code, f"declared by {module.path}: its code begins with {room}.")


def lost_links(page: Path, text: str) -> Iterator[Finding]:
    """Links within the project that lead nowhere."""
    for link in LINK.findall(text):
        if not (page.parent / link).exists():
            yield Finding(page.relative_to(ROOT).as_posix(), f"{link} does not exist")


def lost_files(page: Path, text: str) -> Iterator[Finding]:
    """Files that are spoken of, from the root or from the package on, and are not there."""
    for name in FILE.findall(text):
        if not (ROOT / name).exists() and not (ROOT / "src" / "matjar" / name).exists():
            yield Finding(page.relative_to(ROOT).as_posix(), f"{name} does not exist")


def lost_commands(page: Path, text: str, targets: frozenset[str]) -> Iterator[Finding]:
    """Commands that a page names and that the Makefile has not."""
    for name in TARGET.findall(text):
        if name not in targets:
            yield Finding(page.relative_to(ROOT).as_posix(), f"there is no `make {name}`")


def lost_calls(page: Path, text: str) -> Iterator[Finding]:
    """Calls of the command line with a command or an option that it has not."""
    for call in CALL.findall(text):
        command: Any = typer.main.get_command(assemble(""))
        words = shlex.split(call)
        while words and hasattr(command, "commands"):
            command = command.commands.get(words.pop(0))
        options = {option for parameter in getattr(command, "params", ()) for option in parameter.opts}
        given = {word.partition("=")[0] for word in words if word.startswith("--")} - {"--help"}
        if command is None or hasattr(command, "commands") or given - options:
            yield Finding(page.relative_to(ROOT).as_posix(), f"there is no `matjar {call}`")


def lost_names(page: Path, text: str, kind: re.Pattern[str], known: Iterable[str]) -> Iterator[Finding]:
    """Names of a kind (settings, metrics) that the code does not know."""
    for name in sorted(set(kind.findall(text)) - set(known)):
        yield Finding(page.relative_to(ROOT).as_posix(), f"there is no {name}")


def settings() -> frozenset[str]:
    """Every variable of the environment that is read, and the files that may hold the secret ones."""
    names = {PREFIX + field.name.upper() for field in msgspec.structs.fields(Settings)}
    return frozenset(names | {f"{name}_FILE" for name in names})


def counted() -> frozenset[str]:
    """Every metric, as Prometheus reads it."""
    return frozenset(re.findall(r"^# TYPE (\w+)", metrics.exposition().decode(), re.MULTILINE))


def targets() -> frozenset[str]:
    """What can be made."""
    return frozenset(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_every_refusal_is_documented() -> None:
    assert refusals.PAGE.read_text() == refusals.render(), "run `make docs`"


def test_what_every_surface_leans_on_is_documented() -> None:
    assert surfaces.PAGE.read_text() == surfaces.render(), "run `make docs`"


def test_a_refusal_s_code_names_its_room() -> None:
    hold("codes", foreign_codes([module for module in modules("src") if module.name.startswith("matjar.domain.")]))


def test_links_of_pages_lead_somewhere() -> None:
    hold("links", [finding for page in PAGES for finding in lost_links(page, page.read_text())])


def test_files_that_pages_name_exist() -> None:
    hold("files", [finding for page in PAGES for finding in lost_files(page, page.read_text())])


def test_commands_that_pages_name_exist() -> None:
    hold("commands", [finding for page in PAGES for finding in lost_commands(page, page.read_text(), targets())])


def test_calls_of_the_command_line_that_pages_name_exist() -> None:
    hold("calls", [finding for page in PAGES for finding in lost_calls(page, page.read_text())])


def test_settings_and_metrics_that_pages_name_exist() -> None:
    named = [(SETTING, settings()), (METRIC, counted())]
    hold(
        "names",
        [each for page in PAGES for kind, known in named for each in lost_names(page, page.read_text(), kind, known)],
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.stem for example in EXAMPLES])
def test_an_example_runs(example: Path, tmp_path: Path) -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    subprocess.run(
        [sys.executable, example], env=ours | {"MATJAR_HOME": str(tmp_path)}, cwd=ROOT, check=True, timeout=50
    )


def test_a_foreign_code_is_found() -> None:
    assert list(foreign_codes([snippet('X = declare("orders.gone", Kind.INVALID, "Gone.")')]))
    assert not list(foreign_codes([snippet('X = declare("tax.gone", Kind.INVALID, "Gone.")')]))


def test_a_lost_link_and_a_lost_command_are_found() -> None:
    page = ROOT / "README.md"
    assert list(lost_links(page, "[a](docs/nowhere.md)"))
    assert not list(lost_links(page, "[a](Makefile) [b](https://example.org) [c](#below)"))
    assert list(lost_files(page, "`edge/coffee.py`"))
    assert not list(lost_files(page, "`edge/door.py` and `tests/tidy/tree.py`"))
    assert list(lost_commands(page, "`make coffee`", targets()))
    assert not list(lost_commands(page, "`make test`", targets()))


def test_a_lost_call_and_a_lost_name_are_found() -> None:
    page = ROOT / "README.md"
    assert list(lost_calls(page, "`matjar brew coffee`"))
    assert list(lost_calls(page, "`matjar shop`"))
    assert list(lost_calls(page, "matjar order list demo --hot"))
    assert not list(lost_calls(page, ".venv/bin/matjar order list demo --most 5  # the newest"))
    assert list(lost_names(page, "MATJAR_COFFEE and matjar_cups_total", SETTING, settings()))
    assert list(lost_names(page, "MATJAR_HOME and matjar_cups_total", METRIC, counted()))
    assert not list(lost_names(page, "MATJAR_SECRET_FILE", SETTING, settings()))
