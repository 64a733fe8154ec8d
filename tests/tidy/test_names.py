"""One word for one thing, and folders that say what is in them."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import pytest

from tests.tidy.tree import ROOT, Finding, Module, files, hold, modules, snippet

EMPTY_WORDS = frozenset("util utils helper helpers common manager managers service services handler misc lib".split())
SYNONYMS = {
    "tenant": "shop",
    "merchant": "shop",
    "purchase": "order",
    "fulfillment": "fulfilment",
    "terminal": "till",
    "frontend": "surface",
    "microservice": "surface",
    "chaos": "drill",
    "experiment": "drill",
    "basket": "cart",
    "warehouse": "location",
    "coupon": "discount",
    "voucher": "discount",
}
WIRE = ("src/matjar/surfaces/api/", "src/matjar/adapters/")
"""Where others' words are spoken: Shopify's on the api, vendors' in their adapters."""
FURNITURE = frozenset("__init__ model rules operations queries store events ports".split())
MIRRORED = frozenset("core domain storage resilience adapters edge surfaces workers compose drill".split())


def words(identifier: str) -> set[str]:
    """The words that an identifier is made of: ``OrderPlaced`` and ``order_placed`` have the same two."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)}


def identifiers(module: Module) -> Iterator[str]:
    """What the module itself names: functions, classes, arguments, variables, fields."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def synonyms(some: Iterable[Module]) -> Iterator[Finding]:
    """Identifiers that say a thing by another word than the house does."""
    for module in some:
        for name in set(identifiers(module)) if not module.path.startswith(WIRE) else ():
            for word in words(name) & SYNONYMS.keys():
                yield Finding(f"{module.path}::{name}", f"say {SYNONYMS[word]}, not {word}")


def empty_names(some: Iterable[Module]) -> Iterator[Finding]:
    """Files, folders and classes whose name says nothing."""
    for module in some:
        for part in PurePosixPath(module.path).with_suffix("").parts:
            if words(part) & EMPTY_WORDS:
                yield Finding(module.path, f"`{part}` says nothing: name what is in it")
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and words(node.name) & EMPTY_WORDS:
                yield Finding(f"{module.path}::{node.name}", "name it after what it is or does")


def strange_furniture(paths: Iterable[str]) -> Iterator[Finding]:
    """Files in a room that are not its furniture; data beside the code is free.

    A piece that outgrows its file becomes a folder of the same name: ``store/products.py``.
    """
    for path in paths:
        parts = PurePosixPath(path).with_suffix("").parts
        in_a_room = parts[:3] == ("src", "matjar", "domain") and len(parts) > 4 and path.endswith(".py")
        if in_a_room and (len(parts) > 6 or parts[4] not in FURNITURE):
            yield Finding(path, f"a room has {', '.join(sorted(FURNITURE))}, and nothing else")


def open_packages(paths: Iterable[str]) -> Iterator[Finding]:
    """Folders of code without ``__init__.py``: the checks of layers do not see into them."""
    known = set(paths)
    folders = {path.rpartition("/")[0] for path in known if path.startswith("src/matjar/") and path.endswith(".py")}
    for folder in sorted(folders):
        if f"{folder}/__init__.py" not in known:
            yield Finding(folder, "needs an __init__.py that says what the folder is for")


def terse_tests(some: Iterable[Module]) -> Iterator[Finding]:
    """Tests that are not named by a sentence."""
    for module in some:
        for name in identifiers(module):
            if name.startswith("test_") and name.count("_") < 3:
                yield Finding(f"{module.path}::{name}", "a test is a sentence: what holds, in which case?")


def lone_mirrors(paths: Iterable[str]) -> Iterator[Finding]:
    """Folders of tests that mirror nothing in src."""
    for path in paths:
        top, *mirrored = (*PurePosixPath(path).parent.parts, "")[:-1] or ("",)
        mirrors = top == "tests" and bool(set(mirrored[:1]) & MIRRORED)
        if mirrors and not (ROOT / "src/matjar").joinpath(*mirrored).exists():
            yield Finding(path, "tests mirror src: there is no such folder")


def paths() -> list[str]:
    """Every file of ours, from the root."""
    return [path.relative_to(ROOT).as_posix() for path in files()]


def test_things_are_called_by_their_one_word() -> None:
    hold("words", synonyms(modules("src")))


def test_names_say_something() -> None:
    hold("empty names", empty_names([*modules("src"), *modules("tests")]))


def test_every_room_has_the_same_furniture() -> None:
    hold("furniture", strange_furniture(paths()))


def test_the_layers_see_every_folder() -> None:
    hold("packages", open_packages(paths()))


def test_tests_are_sentences() -> None:
    hold("sentences", terse_tests(modules("tests")))


def test_tests_mirror_what_they_test() -> None:
    hold("mirrors", lone_mirrors(paths()))


@pytest.mark.parametrize("text", ["tenant_id = 1", "class MerchantView: ...", "def f(basket): ...", "def chaos(): ..."])
def test_a_synonym_is_found(text: str) -> None:
    assert list(synonyms([snippet(text)]))
    assert not list(synonyms([snippet(text, "src/matjar/surfaces/api/orders.py")]))


def test_an_empty_name_is_found() -> None:
    assert list(empty_names([snippet("", "src/matjar/edge/utils.py")]))
    assert list(empty_names([snippet("class OrderService: ...")]))
    assert not list(empty_names([snippet("class Order: ...", "src/matjar/edge/sessions.py")]))


def test_strange_furniture_is_found() -> None:
    room = "src/matjar/domain/tax"
    assert not list(strange_furniture([f"{room}/rules.py", f"{room}/rates.toml", f"{room}/store/products.py"]))
    assert len(list(strange_furniture([f"{room}/repository.py", f"{room}/vat/rules.py"]))) == 2


def test_a_folder_that_layers_do_not_see_is_found() -> None:
    assert list(open_packages(["src/matjar/edge/pages.py"]))
    assert not list(open_packages(["src/matjar/edge/pages.py", "src/matjar/edge/__init__.py"]))


def test_a_terse_test_is_found() -> None:
    assert list(terse_tests([snippet("def test_refund(): ...")]))
    assert not list(terse_tests([snippet("def test_a_refund_gives_the_stock_back(): ...")]))


def test_a_mirror_of_nothing_is_found() -> None:
    assert list(lone_mirrors(["tests/domain/nowhere/test_rules.py"]))
    assert not list(lone_mirrors(["tests/domain/test_rules.py", "tests/stories/test_a_day.py"]))
