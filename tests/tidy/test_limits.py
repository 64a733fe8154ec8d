"""Law 9: every bound has a name, a unit and a reason."""

import ast
from collections.abc import Iterator

import pytest

from tests.tidy.tree import Finding, Module, hold, modules, snippet


def unreasoned(module: Module) -> Iterator[Finding]:
    """Constants without a sentence below them."""
    body = module.tree.body
    for node, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            name = node.targets[0] if isinstance(node, ast.Assign) else node.target
            reasoned = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            if isinstance(name, ast.Name) and name.id.isupper() and not reasoned:
                yield Finding(f"{module.path}::{name.id}", f"line {node.lineno}: why this much, and not ten times it?")


def test_every_bound_says_why() -> None:
    limits = next(module for module in modules("src") if module.path == "src/matjar/core/limits.py")
    hold("reasons of limits", unreasoned(limits))


@pytest.mark.parametrize("text", ["CART_LINES = 100", "CART_LINES = 100\nPAGE_ROWS = 50\n'''Why.'''"])
def test_a_bound_without_a_reason_is_found(text: str) -> None:
    assert [finding.place.partition("::")[2] for finding in unreasoned(snippet(text))] == ["CART_LINES"]
    assert not list(unreasoned(snippet(text.replace("100", "100\n'''More is a wholesale order.'''"))))
