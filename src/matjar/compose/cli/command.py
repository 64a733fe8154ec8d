"""How commands are declared: each with an example in its help, under the name that it is called by."""

import re
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

F = TypeVar("F", bound=Callable[..., Any])

_NUMBER = re.compile(r"-[0-9]")


class Command(TyperCommand):
    """A command that takes ``-5`` for a number, which is for it to refuse, and not for an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words behind the command."""
        ctx.ignore_unknown_options = any(_NUMBER.match(word) for word in args)
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the library's signature
        """What stands behind the command, in order."""
        return [*(name_of(each) for each in self._arguments()), "[OPTIONS]"]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """What each word behind the command means, then what may be said besides."""
        if rows := [(name_of(each), each.help or "") for each in self._arguments()]:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_dl(rows)
        with formatter.section("Options"):
            others = [each for each in self.get_params(ctx) if each.param_type_name == "option"]
            formatter.write_dl([each.get_help_record(ctx) for each in others])

    def _arguments(self) -> list[Any]:
        return [each for each in self.params if each.param_type_name == "argument"]


class Group(TyperGroup):
    """Commands that stand together, each with the whole first sentence of what it does."""

    sections: ClassVar[dict[str, tuple[str, ...]]] = {}
    """Headings, and the names of the commands below them; empty: all under one."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """What commands there are, in their own order."""
        known = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        for heading, names in (self.sections or {"Commands": tuple(known)}).items():
            rows = [(name, found.get_short_help_str(limit=999)) for name in names if (found := known.get(name))]
            with formatter.section(heading):
                formatter.write_dl(rows)


def name_of(parameter: Any) -> str:
    """As the help has it: an option by its dashes, an argument in capitals."""
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return str(parameter.metavar or parameter.name).upper()


def part(purpose: str = "", of: type[Group] = Group) -> typer.Typer:
    """Commands that stand together, with what they are for."""
    return typer.Typer(cls=of, no_args_is_help=True, rich_markup_mode=None, add_completion=False, help=purpose)


def command(group: typer.Typer, name: str, *, example: str) -> Callable[[F], F]:
    """Take a function into a group of commands. ``example`` is a call that does something in the demo's shops."""
    return group.command(name, cls=Command, epilog=f"\b\nExample:\n  {example}")
