"""An order's money: taken down, taken, let go, given back."""

from typing import Annotated

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName
from matjar.compose.cli.orders.finding import Lines, Number, on_order, read_lines
from matjar.compose.cli.orders.slips import say, say_begun
from matjar.compose.cli.orders.world import gateways
from matjar.core.money import from_text
from matjar.domain import orders
from matjar.domain.orders import Begun, Order, Restock, Return
from matjar.edge import capturing, refunding
from matjar.storage.desk import Desk

commands = part()

Amount = Annotated[str, typer.Option(metavar="AMOUNT", help="Such as 12.50; all that is due if it is left out.")]
Part = Annotated[str, typer.Option(metavar="AMOUNT", help="So much of it, tax included.")]


@command(commands, "mark-paid", example="matjar order mark-paid layla-beauty 1001 --reference 'driver 7'")
def mark_paid(
    shop: ShopName,
    number: Number,
    amount: Amount = "",
    reference: Annotated[str, typer.Option(metavar="TEXT", help="For the books.")] = "",
) -> None:
    """Take down that cash or a transfer came in."""

    async def do(desk: Desk, found: Order) -> Order:
        return await desk.submit(orders.mark_paid)(
            order_id=found.id, amount_minor=_amount(amount, found), reference=reference
        )

    say(on_order(shop, number, do))


@command(commands, "mark-refunded", example="matjar order mark-refunded layla-beauty 1001 --reference 'transfer 88'")
def mark_refunded(
    shop: ShopName,
    number: Number,
    amount: Annotated[str, typer.Option(metavar="AMOUNT", help="Such as 12.50; all that is owed if left out.")] = "",
    reference: Annotated[str, typer.Option(metavar="TEXT", help="For the books.")] = "",
) -> None:
    """Take down that what was owed to the buyer was given back by another way."""

    async def do(desk: Desk, found: Order) -> Order:
        return await desk.submit(orders.mark_refunded)(
            order_id=found.id, amount_minor=_amount(amount, found), reference=reference
        )

    say(on_order(shop, number, do))


@command(commands, "refund", example="matjar order refund layla-beauty 1001 --line 1:1 --restock return")
def refund(
    shop: ShopName,
    number: Number,
    line: Lines = [],  # noqa: B006
    restock: Annotated[Restock, typer.Option(help="What becomes of the pieces.")] = Restock.NO_RESTOCK,
    delivery: Part = "0",
    amount: Part = "0",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Stands on the credit note.")] = "",
) -> None:
    """Give back lines, delivery, or an amount of the whole; without any, try again what the buyer is still owed."""

    async def do(desk: Desk, found: Order) -> Begun:
        lines = read_lines(found, line)
        returns = tuple(Return(wanted.id, pieces or wanted.quantity, restock) for wanted, pieces in lines)
        async with gateways() as reachable:
            return await refunding.refund(
                desk, reachable, order_id=found.id, lines=returns, reason=reason,
                delivery_minor=from_text(delivery, found.currency), amount_minor=from_text(amount, found.currency),
            )  # fmt: skip

    say_begun(on_order(shop, number, do))


@command(commands, "capture", example="matjar order capture layla-beauty 1001")
def capture(shop: ShopName, number: Number, amount: Amount = "") -> None:
    """Take money that is held."""

    async def do(desk: Desk, found: Order) -> Begun:
        amount_minor = _amount(amount, found)
        async with gateways() as reachable:
            return await capturing.capture(desk, reachable, order_id=found.id, amount_minor=amount_minor)

    say_begun(on_order(shop, number, do))


@command(commands, "void", example="matjar order void layla-beauty 1001")
def void(shop: ShopName, number: Number) -> None:
    """Let go of money that is held."""

    async def do(desk: Desk, found: Order) -> Begun:
        async with gateways() as reachable:
            return await capturing.void(desk, reachable, order_id=found.id)

    say_begun(on_order(shop, number, do))


def _amount(text: str, found: Order) -> int | None:
    return from_text(text, found.currency) if text else None
