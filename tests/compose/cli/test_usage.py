"""What is typed that no command can use; the help, its examples, and the reader's language."""

import shlex
from typing import Any

import pytest
import typer

from matjar.compose.cli import assemble
from matjar.compose.settings import language
from tests.compose.cli.conftest import Call


def commands() -> list[tuple[str, Any]]:
    """Every command that does something, by how it is called."""
    waiting: list[tuple[str, Any]] = [("matjar", typer.main.get_command(assemble("")))]
    found = []
    while waiting:
        called, command = waiting.pop()
        if hasattr(command, "commands"):
            waiting += [(f"{called} {name}", each) for name, each in command.commands.items()]
        else:
            found.append((called, command))
    return found


@pytest.mark.parametrize(("called", "command"), commands(), ids=[called for called, _ in commands()])
def test_a_command_s_help_has_an_example_that_it_understands(called: str, command: Any) -> None:
    example = command.epilog.rpartition("Example:\n  ")[2]
    words = shlex.split(example)
    words = words[words.index("matjar") :]
    assert " ".join(words).startswith(called)
    with command.make_context(called, words[len(called.split()) :]):
        pass


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), None),
        (("ordre", "list"), "usage.no_such_command: There is no command ordre: `matjar --help` lists them."),
        (("order", "lst"), "usage.no_such_command: There is no command lst: `matjar order --help` lists them."),
        (("order", "list", "demo", "--hot"), "usage.no_such_option: matjar order list has no option --hot"),
        (("order", "show", "demo"), "usage.missing: matjar order show needs ORDER"),
        (("order", "show", "demo", "1", "2"), "usage.too_much: matjar order show has no use for 2"),
        (("order", "list", "demo", "--search"), "usage.no_value: --search needs a value."),
        (("task", "open", "demo", "some"), "usage.bad_number: some is not a whole number."),
    ],
)
def test_what_no_command_can_use_is_refused_in_our_own_words(
    call: Call, words: tuple[str, ...], sentence: str | None
) -> None:
    done = call(*words)
    assert (done.code, done.out) == (2, "")
    if sentence:
        assert done.err.startswith(f"matjar: {sentence}")
        assert done.err.count("\n") == 1


def test_a_refusal_is_said_in_the_reader_s_language(call: Call) -> None:
    said = call("order", "list", "demo", "--search", language="ar_AE.UTF-8").err
    assert said.startswith("matjar: usage.no_value: ")
    assert "قيمة" in said


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "ar_AE.UTF-8"}, "ar-AE"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "de_DE@euro"}, "de-DE"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "ar:en"}, "ar"),
    ],
)
def test_the_environment_says_which_language_the_reader_speaks(environ: dict[str, str], spoken: str) -> None:
    assert language(environ) == spoken
