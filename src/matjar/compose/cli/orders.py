"""`matjar order`: see orders, and do with them what a merchant does, also on the day when nobody can sign in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from matjar.compose.cli.desk import at_desk
from matjar.compose.cli.slips import show_order, table_of_orders
from matjar.compose.settings import read
from matjar.compose.wiring import gateway_names, open_gateway
from matjar.core.money import Money, from_text
from matjar.domain import orders
from matjar.domain.orders import Begun, CancelReason, Filter, LineItem, Order, Piece, Restock, Return, Tracking
from matjar.edge import capturing, refunding
from matjar.edge.refunding import Gateways
from matjar.storage.desk import Desk

T = TypeVar("T")

app = typer.Typer()
order = typer.Typer(no_args_is_help=True, help="See orders, send them, take their money and give it back.")
app.add_typer(order, name="order")

Shop = Annotated[str, typer.Argument(help="The shop's handle.")]
Number = Annotated[str, typer.Argument(help="The order, as 1001 or #1001.")]
Lines = Annotated[list[str], typer.Option("--line", help="POSITION or POSITION:PIECES; give it again for more.")]
Amount = Annotated[str, typer.Option(help="An amount such as 12.50; all that is due if it is left out.")]


@order.command("list")
def list_all(
    shop: Shop,
    status: Annotated[str, typer.Option(help="open, closed, cancelled.")] = "",
    paid: Annotated[str, typer.Option(help="pending, authorized, paid, partially_refunded, …")] = "",
    sent: Annotated[str, typer.Option(help="unfulfilled, partial, fulfilled.")] = "",
    search: Annotated[str, typer.Option(help="A number, or part of a name, an e-mail or an address.")] = "",
    most: Annotated[int, typer.Option(min=1, max=250)] = 50,
) -> None:
    """List orders, the newest first."""

    async def ask(desk: Desk) -> list[Order]:
        if search:
            return await desk.read(lambda view: orders.search(view, text=search, most=most))
        matching = Filter(status=status, financial_status=paid, fulfilment_status=sent)
        return await desk.read(lambda view: orders.list_latest(view, matching=matching, most=most))

    Console().print(table_of_orders(at_desk(shop, ask)))


@order.command()
def show(shop: Shop, number: Number) -> None:
    """Show everything about an order."""

    async def ask(desk: Desk) -> orders.Dossier:
        found = await _find(desk, number)
        return await desk.read(lambda view: orders.load_dossier(view, order_id=found.id))

    show_order(Console(), at_desk(shop, ask))


@order.command()
def mark_paid(
    shop: Shop, number: Number, amount: Amount = "", reference: Annotated[str, typer.Option(help="For the books.")] = ""
) -> None:
    """Take down that cash or a transfer came in."""

    async def do(desk: Desk, found: Order) -> Order:
        return await desk.submit(orders.mark_paid)(
            order_id=found.id, amount_minor=_amount(amount, found), reference=reference
        )

    _say(_on_order(shop, number, do))


@order.command()
def fulfil(
    shop: Shop,
    number: Number,
    line: Lines = [],  # noqa: B006
    company: Annotated[str, typer.Option(help="The carrier.")] = "",
    tracking: Annotated[str, typer.Option(help="The parcel's number.")] = "",
    url: Annotated[str, typer.Option(help="Where it can be followed.")] = "",
) -> None:
    """Send everything that is left, or the lines named."""

    async def do(desk: Desk, found: Order) -> Order:
        lines = tuple(Piece(wanted.id, pieces or wanted.unsent) for wanted, pieces in _lines(found, line))
        await desk.submit(orders.fulfil)(order_id=found.id, lines=lines, tracking=Tracking(company, tracking, url))
        return await _find(desk, number)

    _say(_on_order(shop, number, do))


@order.command()
def cancel(shop: Shop, number: Number, reason: Annotated[CancelReason, typer.Option()] = CancelReason.OTHER) -> None:
    """Send nothing more, give back stock, and the money for it."""

    async def do(desk: Desk, found: Order) -> Begun:
        async with _gateways() as gateways:
            return await refunding.cancel(desk, gateways, order_id=found.id, reason=reason)

    _say_begun(_on_order(shop, number, do))


@order.command()
def refund(
    shop: Shop,
    number: Number,
    line: Lines = [],  # noqa: B006
    restock: Annotated[Restock, typer.Option(help="What becomes of the pieces.")] = Restock.NO_RESTOCK,
    delivery: Annotated[str, typer.Option(help="So much of delivery, tax included.")] = "0",
    amount: Annotated[str, typer.Option(help="So much of the whole, tax included.")] = "0",
    reason: Annotated[str, typer.Option(help="Stands on the credit note.")] = "",
) -> None:
    """Give back lines, delivery, or an amount; without any, try again what the buyer is still owed."""

    async def do(desk: Desk, found: Order) -> Begun:
        returns = tuple(Return(wanted.id, pieces or wanted.quantity, restock) for wanted, pieces in _lines(found, line))
        async with _gateways() as gateways:
            return await refunding.refund(
                desk, gateways, order_id=found.id, lines=returns, reason=reason,
                delivery_minor=from_text(delivery, found.currency), amount_minor=from_text(amount, found.currency),
            )  # fmt: skip

    _say_begun(_on_order(shop, number, do))


@order.command()
def capture(shop: Shop, number: Number, amount: Amount = "") -> None:
    """Take money that is held."""

    async def do(desk: Desk, found: Order) -> Begun:
        async with _gateways() as gateways:
            return await capturing.capture(
                desk, gateways, order_id=found.id, amount_minor=_amount(amount, found)
            )

    _say_begun(_on_order(shop, number, do))


@order.command()
def void(shop: Shop, number: Number) -> None:
    """Let go of money that is held."""

    async def do(desk: Desk, found: Order) -> Begun:
        async with _gateways() as gateways:
            return await capturing.void(desk, gateways, order_id=found.id)

    _say_begun(_on_order(shop, number, do))


def _on_order(shop: str, number: str, do: Callable[[Desk, Order], Awaitable[T]]) -> T:
    """Do it to the order with this number."""

    async def work(desk: Desk) -> T:
        return await do(desk, await _find(desk, number))

    return at_desk(shop, work)


async def _find(desk: Desk, number: str) -> Order:
    """The order that people call by this number; refuses ``orders.no_such_order``."""
    digits = number.removeprefix("#")
    if not (digits.isascii() and digits.isdigit()):
        raise typer.BadParameter(f"{number} is not an order's number.")
    counted = int(digits[:15]) - orders.FIRST_NUMBER + 1
    found = await desk.read(lambda view: orders.find_by_number(view, number=counted))
    if found is None:
        raise orders.NO_SUCH_ORDER()
    return found


@asynccontextmanager
async def _gateways() -> AsyncIterator[Gateways]:
    """Every gateway that this platform can reach, for as long as one command takes."""
    settings = read()
    gateways = {name: open_gateway(settings, name) for name in gateway_names(settings)}
    try:
        yield gateways
    finally:
        for gateway in gateways.values():
            await gateway.close()


def _lines(found: Order, texts: list[str]) -> list[tuple[LineItem, int]]:
    """Read ``2`` or ``2:1`` as the second line, and how many of it; 0: it was not said."""
    read_lines = []
    for text in texts:
        position, _, pieces = text.partition(":")
        line = next((line for line in found.lines if str(line.position) == position), None)
        if line is None or not (pieces or "0").isdigit():
            raise typer.BadParameter(f"{text} is not a line of {found.name}; say 2, or 2:1 for one piece of it.")
        read_lines.append((line, int(pieces or "0")))
    return read_lines


def _amount(text: str, found: Order) -> int | None:
    return from_text(text, found.currency) if text else None


def _say(found: Order) -> None:
    typer.echo(f"{found.name}: {found.status}, {found.financial_status}, {found.fulfilment_status}.")


def _say_begun(begun: Begun) -> None:
    """How the order stands, and whether the gateway has still to answer."""
    _say(begun.order)
    refund, transaction = begun.refund, begun.transaction
    if refund is not None and refund.amount_minor:
        typer.echo(f"{Money(refund.amount_minor, refund.currency)} by {refund.gateway}: {refund.state}.")
    if transaction is not None:
        amount = Money(transaction.amount_minor, transaction.currency)
        typer.echo(f"{transaction.kind} of {amount} by {transaction.gateway}: {transaction.status}.")
