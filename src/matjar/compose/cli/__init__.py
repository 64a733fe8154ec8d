"""The command line: `matjar`. Only what a command needs is loaded when it is called, so that `run` starts at once."""

import sys
import traceback
from importlib import import_module
from io import TextIOWrapper
from itertools import chain
from typing import ClassVar

import typer

from matjar.compose.cli.command import Group, part
from matjar.compose.cli.usage import HelpWanted, UsageError, refusal_of
from matjar.compose.speech import gettext
from matjar.core.refusal import Kind, Refusal, translate

SECTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "Every day": {
        "orders": ("order",),
        "tasks": ("task",),
        "products": ("product",),
        "stock": ("stock",),
        "prices": ("price",),
        "discounts": ("discount",),
        "customers": ("customer",),
    },
    "The shop": {
        "shop": ("shop",),
        "owners": ("owner",),
        "domains": ("domain",),
        "policies": ("policy",),
        "locations": ("location",),
        "delivery": ("delivery",),
        "taxes": ("tax",),
    },
    "The platform": {
        "platform": ("run", "stop"),
        "status": ("status",),
        "database": ("migrate", "backup", "restore"),
        "identity": ("identity",),
        "keys": ("key",),
        "audit": ("audit",),
        "demo": ("demo",),
    },
}
"""As the help shows them: the modules beside this one, each with an ``app``, and the commands that it brings."""
PARTS = {name: commands for parts in SECTIONS.values() for name, commands in parts.items()}

_REFUSED, _BAD_USAGE, _BROKEN, _TRY_LATER, _INTERRUPTED = 1, 2, 70, 75, 130
EXIT_CODES = {
    Kind.INVALID: _BAD_USAGE,
    Kind.FAULT: _BROKEN,
    Kind.BUSY: _TRY_LATER,
    Kind.AWAY: _TRY_LATER,
    Kind.THROTTLED: _TRY_LATER,
}
"""By kind of refusal, as sysexits.h has them; any other refusal is 1."""

_HELP = """Matjar: a commerce platform whose every surface keeps selling when any single part is down.

A "no" is one line with a code, in your language (LANG). In a pipe, lists are whole lines with tabs, or JSON (--json).

\b
Exit codes:
  0    done
  1    refused, or not everything is well
  2    what was typed cannot be
  70   a fault of ours, with a traceback
  75   busy or away: try again later
  130  interrupted
"""


class _Whole(Group):
    sections: ClassVar[dict[str, tuple[str, ...]]] = {
        heading: tuple(chain.from_iterable(parts.values())) for heading, parts in SECTIONS.items()
    }


def assemble(called: str) -> typer.Typer:
    """The command line with the part that the call is for; with every part when it is for none."""
    app = part(_HELP, of=_Whole)
    app.callback()(_whole)
    for name, commands in PARTS.items():
        if called in commands or not any(called in others for others in PARTS.values()):
            app.add_typer(import_module(f"matjar.compose.cli.{name}").app)
    return app


def _whole() -> None:
    """Keep one command's name needed even where it is the only one loaded."""


def run(words: list[str]) -> int:
    """Run a command and tell its exit code. A refusal is one line, with its code."""
    try:
        code = assemble(words[0] if words else "")(words, prog_name="matjar", standalone_mode=False)
    except HelpWanted as help_wanted:
        typer.echo(help_wanted.message, err=True)
        return _BAD_USAGE
    except UsageError as error:
        return _refuse(refusal_of(error))
    except Refusal as no:
        return _refuse(no)
    except Exception:  # noqa: BLE001 - a bug of ours: loud, and with an exit code that no refusal has
        traceback.print_exc()
        return _BROKEN
    return code or 0


def _refuse(no: Refusal) -> int:
    typer.echo(f"matjar: {no.code}: {translate(no, gettext)}", err=True)
    return EXIT_CODES.get(no.kind, _REFUSED)


def main() -> None:
    """Run what was called. What the terminal's encoding has no letters for is shown as a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))
