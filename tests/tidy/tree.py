"""What the laws are checked against: the project's own files, read and parsed once; and the named exceptions."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
OURS = ("src", "tests", "tools", "benchmarks", "docs", "requirements", ".ci")
SHOWN = 25
NOT_OURS = frozenset({"__pycache__", "vendor", "node_modules"})


class Finding(NamedTuple):
    """Something that breaks a law: where (a path, or a path and a name), and what to do instead."""

    place: str
    message: str


class Module(NamedTuple):
    """A Python file: its path from the root, its text, its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """As an import names it: ``matjar.core.money``."""
        dotted = self.path.removeprefix("src/").removesuffix(".py").replace("/", ".")
        return dotted.removesuffix(".__init__")


def snippet(text: str, path: str = "src/matjar/domain/tax/rules.py") -> Module:
    """A module that only a test of a check knows."""
    return Module(path, text, ast.parse(text))


@cache
def files() -> tuple[Path, ...]:
    """Every file that is ours, from the root's own to the deepest; what is vendored or made is not."""
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".coverage"]
    below = [path for folder in OURS for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    return tuple(path for path in (*top, *below) if not NOT_OURS & set(path.relative_to(ROOT).parts))


@cache
def modules(top: str = "src") -> tuple[Module, ...]:
    """The Python files below a folder of the root."""
    found = [path for path in files() if path.suffix == ".py" and path.is_relative_to(ROOT / top)]
    return tuple(snippet(path.read_text(), path.relative_to(ROOT).as_posix()) for path in found)


def name_of(node: ast.AST) -> str:
    """The dotted name that an expression spells: ``datetime.now``; empty if it spells none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = name_of(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def strings(module: Module) -> Iterator[tuple[int, str]]:
    """Every string of a module that is not a docstring, with its line; an f-string counts by its fixed parts."""
    prose = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


@cache
def exceptions() -> dict[str, dict[str, str]]:
    """By law, by place: why the law does not hold there."""
    return tomllib.loads((ROOT / "tests/tidy/exceptions.toml").read_text())


def hold(law: str, findings: Iterable[Finding]) -> None:
    """Assert that nothing breaks the law but its named exceptions, and that each of those is still needed."""
    excused = exceptions().get(law, {})
    found = list(findings)
    broken = [f"{finding.place}: {finding.message}" for finding in found if finding.place not in excused]
    assert not broken, f"{law}: {len(broken)} times\n" + "\n".join(broken[:SHOWN])
    idle = set(excused) - {finding.place for finding in found}
    assert not idle, f"exceptions.toml excuses {', '.join(sorted(idle))} from {law!r}, which holds there by now"
