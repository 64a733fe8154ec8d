"""Pages that are checked stay true: refusals are all there, links lead somewhere, commands exist."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.tidy.tree import ROOT, Finding, Module, files, hold, modules, name_of, snippet
from tools import refusals

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TARGET = re.compile(r"`make ([a-z]+)")
PAGES = [path for path in files() if path.suffix == ".md"]


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


def lost_commands(page: Path, text: str, targets: frozenset[str]) -> Iterator[Finding]:
    """Commands that a page names and that the Makefile has not."""
    for name in TARGET.findall(text):
        if name not in targets:
            yield Finding(page.relative_to(ROOT).as_posix(), f"there is no `make {name}`")


def targets() -> frozenset[str]:
    """What can be made."""
    return frozenset(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_every_refusal_is_documented() -> None:
    assert refusals.PAGE.read_text() == refusals.render(), "run `make docs`"


def test_a_refusal_s_code_names_its_room() -> None:
    hold("codes", foreign_codes([module for module in modules("src") if module.name.startswith("matjar.domain.")]))


def test_links_of_pages_lead_somewhere() -> None:
    hold("links", [finding for page in PAGES for finding in lost_links(page, page.read_text())])


def test_commands_that_pages_name_exist() -> None:
    hold("commands", [finding for page in PAGES for finding in lost_commands(page, page.read_text(), targets())])


def test_a_foreign_code_is_found() -> None:
    assert list(foreign_codes([snippet('X = declare("orders.gone", Kind.INVALID, "Gone.")')]))
    assert not list(foreign_codes([snippet('X = declare("tax.gone", Kind.INVALID, "Gone.")')]))


def test_a_lost_link_and_a_lost_command_are_found() -> None:
    page = ROOT / "README.md"
    assert list(lost_links(page, "[a](docs/nowhere.md)"))
    assert not list(lost_links(page, "[a](Makefile) [b](https://example.org) [c](#below)"))
    assert list(lost_commands(page, "`make coffee`", targets()))
    assert not list(lost_commands(page, "`make test`", targets()))
