"""The command line: `matjar`. Only what a command needs is loaded when it is called, so that `run` starts at once."""

import sys
from importlib import import_module

import typer

from matjar.core.refusal import Kind, Refusal

PARTS = {
    "platform": ("run", "stop"),
    "status": ("status",),
    "database": ("migrate", "backup", "restore"),
    "demo": ("demo",),
    "shop": ("shop",),
    "orders": ("order",),
    "goods": ("stock", "price"),
}
"""The modules beside this one, each with an ``app``, and the commands that it brings."""

_BAD_USAGE, _BROKEN, _TRY_LATER = 2, 70, 75
EXIT_CODES = {
    Kind.INVALID: _BAD_USAGE,
    Kind.FAULT: _BROKEN,
    Kind.BUSY: _TRY_LATER,
    Kind.AWAY: _TRY_LATER,
    Kind.THROTTLED: _TRY_LATER,
}
"""By kind of refusal, as sysexits.h has them; any other refusal is 1."""


def assemble(called: str) -> typer.Typer:
    """The command line with the part that the call is for; with every part when it is for none."""
    app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help=_HELP)
    app.callback()(_whole)
    for part, commands in PARTS.items():
        if called in commands or not any(called in others for others in PARTS.values()):
            app.add_typer(import_module(f"matjar.compose.cli.{part}").app)
    return app


_HELP = "Matjar: a commerce platform whose every surface keeps selling when any single part is down."


def _whole() -> None:
    """Keep one command's name needed even where it is the only one loaded."""


def main() -> None:
    """Run the command; a refusal is one line, with its code, and an exit code by its kind."""
    try:
        assemble(sys.argv[1] if len(sys.argv) > 1 else "")()
    except Refusal as no:
        typer.echo(f"matjar: {no}", err=True)
        sys.exit(EXIT_CODES.get(no.kind, 1))
    except KeyboardInterrupt:
        sys.exit(130)
