"""Orders seen: a list to look through, and everything about one."""

from functools import partial
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.compose.cli.listing import Column, Json, Moment, Value, as_json, listing
from matjar.compose.cli.orders.finding import Number, find
from matjar.compose.cli.orders.slips import Slip, buyer, show_order
from matjar.compose.cli.paging import After, Most, at_once, pages, tell
from matjar.compose.cli.places import location_names
from matjar.compose.cli.usage import one_of
from matjar.compose.speech import sentence
from matjar.core.money import Money
from matjar.domain import notices, orders, shops
from matjar.domain.orders import Filter, FinancialStatus, FulfilmentStatus, Order, Status
from matjar.storage.desk import Desk

COLUMNS = (
    Column(sentence("Order")),
    Column(sentence("Placed"), spare=2),
    Column(sentence("Buyer"), shrinks=True, spare=1),
    Column(sentence("Total"), number=True),
    Column(sentence("State"), spare=4),
    Column(sentence("Money")),
    Column(sentence("Goods"), spare=3),
)

PAID = ("unpaid", *FinancialStatus)
SENT = ("unsent", *FulfilmentStatus)
"""What can be asked for: a state, or all states that leave something to be done."""

FOREVER = 1 << 62

commands = part()


@command(commands, "list", example="matjar order list layla-beauty --paid unpaid --sent unsent")
def list_all(
    shop: ShopName,
    *,
    status: Annotated[str, one_of("--status", *Status)] = "",
    paid: Annotated[str, one_of("--paid", *PAID)] = "",
    sent: Annotated[str, one_of("--sent", *SENT)] = "",
    search: Annotated[str, typer.Option(metavar="TEXT", help="A number; or part of a name, e-mail or address.")] = "",
    after: After = "",
    most: Most = 0,
    json: Json = False,
) -> None:
    """List orders, the newest first.

    In a pipe: number, moment, buyer, total, status, paid, sent.
    """
    wanted = Filter(status=status, financial_status=paid, fulfilment_status=sent)

    async def ask(desk: Desk) -> None:
        zone = ZoneInfo((await desk.read(shops.load)).time_zone)
        before_id = (await find(desk, after)).id if after else FOREVER

        async def turn(last: Order | None) -> list[Order]:
            below = last.id if last else before_id
            return await desk.read(lambda view: orders.search(view, text=search, matching=wanted, before_id=below))

        with listing(COLUMNS, json=json) as out:
            values = partial(_values, zone)
            await tell(out, pages(turn), at_once(most, json=json), values, lambda order: order.name.removeprefix("#"))

    at_desk(shop, ask)


def _values(zone: ZoneInfo, order: Order) -> tuple[Value, ...]:
    total = Money(order.total_minor, order.currency)
    return (
        order.name, Moment(order.created_at, zone), buyer(order), total,
        order.status, order.financial_status, order.fulfilment_status,
    )  # fmt: skip


@command(commands, "show", example="matjar order show layla-beauty 1001")
def show(shop: ShopName, number: Number, *, json: Json = False) -> None:
    """Show everything about an order."""

    async def ask(desk: Desk) -> Slip:
        found = await find(desk, number)
        zone = ZoneInfo((await desk.read(shops.load)).time_zone)
        dossier = await desk.read(lambda view: orders.load_dossier(view, order_id=found.id))
        letters = await desk.read(lambda view: notices.list_about(view, order_id=found.id))
        return Slip(dossier, zone, await _shelves(desk, found), letters)

    slip = at_desk(shop, ask)
    if json:
        as_json(slip.dossier)
    else:
        show_order(slip)


async def _shelves(desk: Desk, order: Order) -> dict[int, str]:
    """By line, where its pieces lie that are still to be sent."""
    names = await desk.read(location_names)
    waiting: dict[int, list[str]] = {}
    for each in await desk.read(lambda view: orders.allocations_of(view, order_id=order.id)):
        if each.open:
            waiting.setdefault(each.line_item_id, []).append(f"{names.get(each.location_id, '')} ({each.open})")
    return {line_item_id: ", ".join(places) for line_item_id, places in waiting.items()}
