"""What was typed that no command can use: refused in our own words, as everything else is."""

from collections.abc import Callable
from typing import Any

import typer
from typer._click import exceptions
from typer._click.exceptions import NoArgsIsHelpError as HelpWanted
from typer._click.exceptions import UsageError

from matjar.compose.cli.command import name_of
from matjar.core.refusal import Kind, Refusal, declare

__all__ = ["HelpWanted", "UsageError", "refusal_of"]

NO_SUCH_COMMAND = declare(
    "usage.no_such_command", Kind.INVALID, "There is no command {command}: `{called} --help` lists them."
)
NO_SUCH_OPTION = declare(
    "usage.no_such_option", Kind.INVALID, "{called} has no option {option}: `{called} --help` lists them."
)
MISSING = declare("usage.missing", Kind.INVALID, "{called} needs {what}: `{called} --help` explains it.")
TOO_MUCH = declare("usage.too_much", Kind.INVALID, "{called} has no use for {words}: `{called} --help` explains it.")
NO_VALUE = declare("usage.no_value", Kind.INVALID, "{option} needs a value.")
BAD_CHOICE = declare("usage.bad_choice", Kind.INVALID, "{what} is one of {choices}.")
BAD_VALUE = declare("usage.bad_value", Kind.INVALID, "What is given for {what} does not fit.")
BAD_NUMBER = declare("usage.bad_number", Kind.INVALID, "{text} is not a whole number.")
BAD_COUNT = declare("usage.bad_count", Kind.INVALID, "{text} is not a whole number from {least} to {most}.")


def whole_number(text: str | int) -> int:
    """Read a whole number, in whatever digits; refuses ``usage.bad_number``. Its bounds are for the room to judge."""
    try:
        return int(text)
    except ValueError:
        raise BAD_NUMBER(text=str(text)[:32]) from None


def one_of(option: str, *choices: str) -> Any:
    """An option that takes one of these words; another refuses ``usage.bad_choice``."""

    def read(text: str) -> str:
        if text and text not in choices:
            raise BAD_CHOICE(what=option, choices=", ".join(choices))
        return text

    return typer.Option(
        option, metavar="WORD", parser=read, show_default=False, help=f"One of {', '.join(choices)}."
    )


def count_up_to(most: int) -> Callable[[str | int], int]:
    """A reader of numbers from 1 to ``most``, or none at all; it refuses ``usage.bad_count``."""

    def read(text: str | int) -> int:
        # What was not given comes as the number that stands for it.
        if isinstance(text, int) or (text.isdecimal() and 1 <= int(text) <= most):
            return int(text)
        raise BAD_COUNT(text=text[:32], least=1, most=most)

    return read


def refusal_of(error: UsageError) -> Refusal:
    """The same "no" in our words."""
    called = error.ctx.command_path if error.ctx else "matjar"
    words = error.message
    match error:
        case exceptions.NoSuchOption():
            return NO_SUCH_OPTION(called=called, option=error.option_name)
        case exceptions.BadOptionUsage():
            return NO_VALUE(option=error.option_name)
        case exceptions.MissingParameter() if error.param is not None:
            return MISSING(called=called, what=name_of(error.param))
        case exceptions.BadParameter() if error.param is not None:
            return _bad_value(error.param)
    if "argument(s) (" in words:
        return TOO_MUCH(called=called, words=words.partition("argument(s) (")[2].removesuffix(")"))
    return NO_SUCH_COMMAND(called=called, command=words.partition("'")[2].partition("'")[0])


def _bad_value(param: Any) -> Refusal:
    choices = [str(choice) for choice in param.type_descriptor.choices or ()]
    return BAD_CHOICE(what=name_of(param), choices=", ".join(choices)) if choices else BAD_VALUE(what=name_of(param))
