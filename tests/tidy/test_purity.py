"""Law 1: below the edge nothing calls the world; and money is never a float."""

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.tidy.tree import Finding, Module, hold, modules, snippet

PURE = ("src/matjar/core/", "src/matjar/domain/", "src/matjar/resilience/")
MONEY = ("src/matjar/core/money.py", "src/matjar/domain/")
WORLD = frozenset(
    "aiohttp apsw asyncio concurrent http httpx litestar logging multiprocessing os psycopg random requests secrets"
    " signal socket sqlite3 ssl stripe structlog subprocess tempfile threading time urllib.request uvicorn".split()
)


def worldly_imports(module: Module) -> Iterator[Finding]:
    """Imports of what reaches the world, in a module that must not."""
    for node in ast.walk(module.tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            if name in WORLD or name.split(".")[0] in WORLD:
                yield Finding(f"{module.path}::{name}", "the domain is pure: take what you need from tx or an argument")


def awaiting(module: Module) -> Iterator[Finding]:
    """``async def`` in the domain: only a port describes what others await."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.AsyncFunctionDef) and not module.path.endswith("/ports.py"):
            yield Finding(f"{module.path}::{node.name}", "the domain is synchronous: the edge calls the world")


def floats(module: Module) -> Iterator[Finding]:
    """Floats, and the operations that make them out of integers."""
    for node in ast.walk(module.tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Name) and node.id in {"float", "round"}:
            yield Finding(f"{module.path}::{node.id}", f"line {line}: money is integers, see core.money.divide_half_up")
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield Finding(f"{module.path}::{node.value}", f"line {line}: write parts per million, grams, minor units")
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div) and not _is_path(node):
            yield Finding(f"{module.path}::/", f"line {line}: `/` makes a float: use core.money.divide_half_up")


def _is_path(node: ast.BinOp | ast.AugAssign) -> bool:
    """Whether ``/`` joins a path, as far as one can see: it does if there is a string in it."""
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(node))


def below(prefixes: tuple[str, ...], some: Iterable[Module]) -> list[Module]:
    """The modules at or below some paths."""
    return [module for module in some if module.path.startswith(prefixes)]


def test_nothing_below_the_edge_reaches_the_world() -> None:
    pure = below(PURE, modules("src"))
    hold("purity", [finding for module in pure for finding in worldly_imports(module)])


def test_the_domain_is_synchronous() -> None:
    domain = below(("src/matjar/domain/",), modules("src"))
    hold("synchrony", [finding for module in domain for finding in awaiting(module)])


def test_money_is_never_a_float() -> None:
    hold("integers", [finding for module in below(MONEY, modules("src")) for finding in floats(module)])


@pytest.mark.parametrize("text", ["import os", "from time import time", "import urllib.request", "import os.path as p"])
def test_an_import_of_the_world_is_found(text: str) -> None:
    assert list(worldly_imports(snippet(text)))


def test_an_asynchronous_operation_is_found_and_a_port_is_not() -> None:
    text = "async def charge(): ..."
    assert list(awaiting(snippet(text)))
    assert not list(awaiting(snippet(text, "src/matjar/domain/payments/ports.py")))


@pytest.mark.parametrize(
    "text", ["tax: float = 0", "tax = total * 0.05", "tax = total / 20", "total = round(tax)", "total /= 2"]
)
def test_a_float_is_found(text: str) -> None:
    assert list(floats(snippet(text)))


@pytest.mark.parametrize("text", ["tax = total // 20", 'path = folder / "rates.toml"', "tax = rate_ppm * 5"])
def test_integers_and_paths_are_let_be(text: str) -> None:
    assert not list(floats(snippet(text)))

