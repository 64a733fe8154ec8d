"""Goods on their way: sent, or not to be sent any more."""

from typing import Annotated

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName
from matjar.compose.cli.orders.finding import Lines, Number, find, on_order, read_lines
from matjar.compose.cli.orders.slips import say, say_begun
from matjar.compose.cli.orders.world import gateways
from matjar.domain import orders
from matjar.domain.orders import Begun, CancelReason, Order, Piece, Tracking
from matjar.edge import refunding
from matjar.storage.desk import Desk

commands = part()

Company = Annotated[str, typer.Option(metavar="NAME", help="The carrier.")]
ParcelNumber = Annotated[str, typer.Option(metavar="TEXT", help="The parcel's number.")]
Url = Annotated[str, typer.Option(metavar="URL", help="Where it can be followed.")]


@command(commands, "fulfil", example="matjar order fulfil layla-beauty 1001 --company Aramex --tracking 31402250")
def fulfil(
    shop: ShopName,
    number: Number,
    line: Lines = [],  # noqa: B006
    company: Company = "",
    tracking: ParcelNumber = "",
    url: Url = "",
) -> None:
    """Send everything that is left, or the lines named."""

    async def do(desk: Desk, found: Order) -> Order:
        lines = tuple(Piece(wanted.id, pieces or wanted.unsent) for wanted, pieces in read_lines(found, line))
        await desk.submit(orders.fulfil)(order_id=found.id, lines=lines, tracking=Tracking(company, tracking, url))
        return await find(desk, number)

    say(on_order(shop, number, do))


@command(commands, "track", example="matjar order track layla-beauty 1001 --company Aramex --tracking 31402250")
def track(shop: ShopName, number: Number, company: Company = "", tracking: ParcelNumber = "", url: Url = "") -> None:
    """Say how the latest parcel of an order can be followed."""

    async def do(desk: Desk, found: Order) -> Order:
        dossier = await desk.read(lambda view: orders.load_dossier(view, order_id=found.id))
        latest = max((parcel.id for parcel in dossier.fulfilments), default=0)
        await desk.submit(orders.track)(
            order_id=found.id, fulfilment_id=latest, tracking=Tracking(company, tracking, url)
        )
        return await find(desk, number)

    say(on_order(shop, number, do))


@command(commands, "cancel", example="matjar order cancel layla-beauty 1001 --reason customer")
def cancel(
    shop: ShopName,
    number: Number,
    reason: Annotated[CancelReason, typer.Option(help="Why.")] = CancelReason.OTHER,
) -> None:
    """Send nothing more, give back stock, and the money for it."""

    async def do(desk: Desk, found: Order) -> Begun:
        async with gateways() as reachable:
            return await refunding.cancel(desk, reachable, order_id=found.id, reason=reason)

    say_begun(on_order(shop, number, do))
