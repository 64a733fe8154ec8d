"""How much of a list is told at once: a page of it to people, the whole of it to programs."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Annotated, TypeVar

import typer

from matjar.compose.cli.listing import Listing, Value, to_people
from matjar.compose.cli.usage import count_up_to
from matjar.compose.speech import gettext
from matjar.core.limits import PAGE_ROWS

A_SCREEN = 50
"""Rows that a person looks through before asking for more."""
EVERYTHING = 1_000_000_000

T = TypeVar("T")

Most = Annotated[
    int,
    typer.Option(
        "--most", metavar="ROWS", parser=count_up_to(EVERYTHING), show_default=False, help="50 on a terminal, else all."
    ),
]
After = Annotated[str, typer.Option("--after", metavar="ROW", help="Go on below this row.")]


def at_once(most: int, *, json: bool) -> int:
    """How many rows, where ``most`` were asked for; 0: nothing was said."""
    return most or (A_SCREEN if to_people() and not json else EVERYTHING)


async def pages(turn: Callable[[T | None], Awaitable[Sequence[T]]]) -> AsyncIterator[T]:
    """Row after row, as long as ``turn``, which is given the last row seen, finds a full page."""
    last = None
    while page := await turn(last):
        for row in page:
            yield row
        if len(page) < PAGE_ROWS:
            return
        last = page[-1]


async def tell(
    out: Listing, found: AsyncIterator[T], most: int, values: Callable[[T], Sequence[Value]], name: Callable[[T], str]
) -> None:
    """Tell so many rows; if there are more, say after which one to go on."""
    shown, last = 0, ""
    async for row in found:
        if shown == most:
            out.more = gettext("Go on with: --after {row}").format(row=last)
            return
        out.add(row, *values(row))
        shown, last = shown + 1, name(row)
