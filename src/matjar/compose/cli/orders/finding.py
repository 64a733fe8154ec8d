"""Which order, and which of its lines, somebody means who types a number."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from matjar.compose.cli.desk import at_desk
from matjar.core.refusal import Kind, declare
from matjar.domain import orders
from matjar.domain.orders import LineItem, Order
from matjar.storage.desk import Desk

BAD_NUMBER = declare("usage.bad_order", Kind.INVALID, "{text} is not an order's number: say 1001, or #1001.")
BAD_LINE = declare(
    "usage.bad_line", Kind.INVALID, "{text} is not a line of {order}: say 2, or 2:1 for one piece of it."
)

T = TypeVar("T")

Number = Annotated[str, typer.Argument(metavar="ORDER", help="The order's number, as 1001 or #1001.")]
Lines = Annotated[
    list[str], typer.Option("--line", metavar="LINE[:PIECES]", help="A line by its position; again for more.")
]


def on_order(shop: str, number: str, do: Callable[[Desk, Order], Awaitable[T]]) -> T:
    """Do it to the order with this number."""

    async def work(desk: Desk) -> T:
        return await do(desk, await find(desk, number))

    return at_desk(shop, work)


async def find(desk: Desk, number: str) -> Order:
    """The order that people call by this number; refuses ``usage.bad_order`` and ``orders.no_such_order``."""
    digits = number.removeprefix("#")
    if not digits.isdecimal():
        raise BAD_NUMBER(text=number[:32])
    counted = int(digits[:15]) - orders.FIRST_NUMBER + 1
    found = await desk.read(lambda view: orders.find_by_number(view, number=counted))
    if found is None:
        raise orders.NO_SUCH_ORDER()
    return found


def read_lines(found: Order, texts: list[str]) -> list[tuple[LineItem, int]]:
    """Read ``2`` or ``2:1`` as the second line, and how many of it; 0: it was not said. Refuses ``usage.bad_line``."""
    read = []
    for text in texts:
        position, colon, pieces = text.partition(":")
        line = next((line for line in found.lines if str(line.position) == position), None)
        if line is None or not (pieces or "0").isdecimal() or (colon and not pieces.strip("0")):
            raise BAD_LINE(text=text[:32], order=found.name)
        read.append((line, int(pieces or "0")))
    return read
