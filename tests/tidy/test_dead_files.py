"""Every module is reached from something that starts: what nobody loads is deleted, not kept."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.tidy.tree import Finding, Module, hold, modules, snippet, strings

ENTRANCES = frozenset({"matjar.__main__", "matjar.compose.cli"})
DOTTED = re.compile(r"matjar(\.\w+)+")


def imports(module: Module, known: frozenset[str]) -> Iterator[str]:
    """Modules that this one loads, also those that it only names in a string, to start as a process or by need."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
    for _, text in strings(module):
        for found in DOTTED.finditer(text):
            yield from (name for name in (found[0], f"{found[0]}.__main__") if name in known)
            if text.endswith(f"{found[0]}."):
                yield from (name for name in known if name.rpartition(".")[0] == found[0])


def unreached(some: Iterable[Module]) -> Iterator[Finding]:
    """Modules that no entrance leads to."""
    by_name = {module.name: module for module in some}
    known = frozenset(by_name)
    waiting = [name for name in known if name in ENTRANCES]
    if not waiting:
        yield Finding("src/matjar/compose/cli.py", "the entrance itself is missing")
        return
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in reached:
            reached.add(name)
            waiting += [*imports(by_name[name], known), name.rpartition(".")[0]]
    for name in sorted(known - reached):
        yield Finding(by_name[name].path, "nothing that starts ever loads this")


def test_every_module_is_reached_from_an_entrance() -> None:
    hold("dead files", unreached(modules("src")))


def test_a_dead_file_is_found_and_a_process_named_in_a_string_is_alive() -> None:
    tree = [
        snippet('from matjar.core import money\nSTART = ["-m", "matjar.workers.twin"]', "src/matjar/compose/cli.py"),
        snippet("", "src/matjar/compose/__init__.py"),
        snippet('part = import_module(f"matjar.compose.parts.{called}")', "src/matjar/core/money.py"),
        snippet("", "src/matjar/compose/parts/__init__.py"),
        snippet("", "src/matjar/compose/parts/database.py"),
        snippet("from matjar.workers.twin import book", "src/matjar/workers/twin/__main__.py"),
        snippet("", "src/matjar/workers/twin/__init__.py"),
        snippet("", "src/matjar/workers/twin/book.py"),
        snippet("", "src/matjar/core/forgotten.py"),
    ]
    assert [finding.place for finding in unreached(tree)] == ["src/matjar/core/forgotten.py"]
