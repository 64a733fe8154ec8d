"""Banned calls, each with what to write instead, and the one place where it is at home."""

import ast
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pytest

from tests.tidy.tree import Finding, Module, hold, modules, name_of, snippet

ENTRANCES = ("src/matjar/compose/", "src/matjar/drill/")


class Ban(NamedTuple):
    """Dotted names that must not be used, why, and below which paths they may be."""

    names: frozenset[str]
    instead: str
    at_home: tuple[str, ...] = ()


def ban(names: str, instead: str, *at_home: str) -> Ban:
    """Several names with one replacement."""
    return Ban(frozenset(names.split()), instead, at_home)


BANS = (
    ban(
        "datetime.now datetime.utcnow datetime.today date.today datetime.datetime.now datetime.datetime.utcnow"
        " datetime.date.today time.time time.time_ns time.monotonic time.monotonic_ns time.perf_counter",
        "take `tx.now`, or `clock.now_ms()` at the edge, so that a test can say what time it is",
        "src/matjar/core/clock.py",
    ),
    ban(
        "random.random random.randint random.choice random.choices random.shuffle random.sample random.uniform"
        " random.randrange random.randbytes os.urandom secrets.token_bytes secrets.token_hex secrets.token_urlsafe"
        " secrets.randbelow secrets.choice uuid.uuid1 uuid.uuid4",
        "mint it at the edge with `core.ids` and pass it in, or use a `random.Random(seed)` that you were given",
        "src/matjar/core/ids.py",
    ),
    ban(
        "os.environ os.getenv os.putenv os.environb",
        "ask `compose.settings`, the only reader of the environment",
        "src/matjar/compose/settings.py",
    ),
    ban("print input", "log with structlog, or say it in `compose.cli`, which talks with people", *ENTRANCES),
    ban("time.sleep", "`await asyncio.sleep(…)`, or wait for what you wait for", *ENTRANCES),
    ban("asyncio.get_event_loop", "`asyncio.get_running_loop()`"),
    ban("pickle.loads pickle.load marshal.loads", "`msgspec`, which cannot run what it reads"),
    ban("json.loads json.dumps json.load json.dump", "`msgspec.json`, which checks types", *ENTRANCES),
    ban("hash", "`core.ids.hash_token` or hashlib: `hash` differs from process to process"),
    ban("breakpoint pdb.set_trace", "nothing"),
)


def banned(module: Module) -> Iterator[Finding]:
    """Every use of a banned name outside its place. ``from time import time`` is seen through."""
    origins = _origins(module.tree)
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Name | ast.Attribute) or not isinstance(node.ctx, ast.Load):
            continue
        spelled = name_of(node)
        first, dot, rest = spelled.partition(".")
        name = origins.get(first, first) + dot + rest
        for each in BANS:
            if name in each.names and not module.path.startswith(each.at_home or ("-",)):
                yield Finding(f"{module.path}::{name}", f"line {node.lineno}: {each.instead}")


def _origins(tree: ast.Module) -> dict[str, str]:
    """What a local name stands for: ``{"urandom": "os.urandom", "t": "time"}``."""
    origins = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            origins.update({alias.asname: alias.name for alias in node.names if alias.asname})
        elif isinstance(node, ast.ImportFrom) and node.module:
            origins.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return origins


def all_banned(some: Iterable[Module]) -> Iterator[Finding]:
    """The same for many modules."""
    for module in some:
        yield from banned(module)


def test_the_clock_chance_and_the_environment_each_have_one_place() -> None:
    hold("banned calls", all_banned(modules("src")))


@pytest.mark.parametrize(
    "text",
    [
        "import time\nnow = time.time()",
        "from time import time\nnow = time()",
        "import time as t\nnow = t.time()",
        "from datetime import datetime, UTC\nnow = datetime.now(UTC)",
        "import os\nport = os.environ['PORT']",
        "from os import environ\nport = environ.get('PORT')",
        "import random\ndelay = random.random()",
        "print('sold')",
        "import uuid\nkey = uuid.uuid4()",
        "key = map(hash, words)",
    ],
)
def test_a_banned_call_is_found(text: str) -> None:
    assert list(banned(snippet(text)))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/matjar/core/clock.py", "import time\nnow = time.time_ns()"),
        ("src/matjar/drill/report.py", "print('sold')"),
        ("src/matjar/core/ids.py", "import random\nchance = random.Random(7)\nx = chance.random()"),
        ("src/matjar/core/ids.py", "id = 7"),
        ("src/matjar/core/ids.py", "def find(self):\n    return self.id + self.environ"),
    ],
)
def test_what_is_at_home_or_only_looks_alike_is_let_be(path: str, text: str) -> None:
    assert not list(banned(snippet(text, path)))
