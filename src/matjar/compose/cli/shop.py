"""`matjar shop`: open shops, list them, and say how their buyers pay."""

from typing import Annotated

import typer
from msgspec.structs import replace

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk, with_storage
from matjar.compose.cli.listing import Column, Json, listing, to_people
from matjar.compose.cli.words import spoken
from matjar.compose.settings import read
from matjar.compose.speech import gettext, sentence
from matjar.compose.welcome import address_of
from matjar.compose.wiring import gateway_names
from matjar.core.refusal import Kind, declare
from matjar.domain import shops
from matjar.domain.shops import Shop
from matjar.storage.desk import Desk, Storage

NO_SUCH_GATEWAY = declare(
    "shop.no_such_gateway", Kind.NOT_FOUND, "This platform takes no payment by {gateway}, but by {gateways}."
)

COLUMNS = (
    Column(sentence("Handle")),
    Column(sentence("Name"), shrinks=True),
    Column(sentence("Currency"), spare=2),
    Column(sentence("Country"), spare=3),
    Column(sentence("Languages"), spare=4),
    Column(sentence("Address"), spare=1),
)

app = part()
shop = part("Open shops, list them, and say how their buyers pay.")
app.add_typer(shop, name="shop")


@command(shop, "create", example="matjar shop create tea --name 'Tea House' --currency GBP --country GB")
def create(
    handle: Annotated[str, typer.Argument(help="Small letters, digits and dashes: the shop's name in addresses.")],
    name: Annotated[str, typer.Option(metavar="TEXT", help="What buyers read; the handle if it is left out.")] = "",
    currency: Annotated[str, typer.Option(metavar="CODE", help="ISO 4217.")] = "AED",
    country: Annotated[str, typer.Option(metavar="CODE", help="ISO 3166-1, two letters.")] = "AE",
    time_zone: Annotated[str, typer.Option(metavar="ZONE", help="As the IANA names it.")] = "Asia/Dubai",
    language: Annotated[
        list[str], typer.Option(metavar="CODE", help="The shop's own first; give it again for more.")
    ] = ["en"],  # noqa: B006
) -> None:
    """Open a shop. Its handle, currency and country stay as they are."""

    async def open_it(storage: Storage) -> Shop:
        others = await storage.read(0, shops.list_shops)
        desk = storage.desk(max((other.id for other in others), default=0) + 1, request_id="command line")
        return await desk.submit(shops.create)(
            handle=handle, name=name, currency=currency.upper(), country=country.upper(), time_zone=time_zone,
            languages=tuple(language),
        )  # fmt: skip

    opened = with_storage(open_it)
    typer.echo(gettext("Shop {handle} is open, as number {number}.").format(handle=opened.handle, number=opened.id))


@command(shop, "list", example="matjar shop list")
def list_all(*, json: Json = False) -> None:
    """List every shop, the oldest first.

    In a pipe: handle, name, currency, country, languages, address.
    """

    async def ask(storage: Storage) -> list[Shop]:
        return await storage.read(0, shops.list_shops)

    settings = read()
    with listing(COLUMNS, json=json) as out:
        for each in with_storage(ask):
            languages = " ".join(each.languages)
            address = address_of(settings, each)
            name = each.name_in(spoken()) if to_people() else each.name
            out.add(each, each.handle, name, each.currency, each.country, languages, address)


@command(shop, "gateways", example="matjar shop gateways layla-beauty stripe cash_on_delivery")
def take(
    handle: ShopName,
    gateways: Annotated[list[str], typer.Argument(metavar="GATEWAY...", help="Such as stripe or bank_transfer.")],
) -> None:
    """Say which ways to pay a shop takes, all of them, in the order in which they are offered."""
    known = gateway_names(read())
    for name in gateways:
        if name not in known:
            raise NO_SUCH_GATEWAY(gateway=name[:40], gateways=", ".join(known))

    async def do(desk: Desk) -> None:
        settings = (await desk.read(shops.load)).settings
        await desk.submit(shops.configure)(settings=replace(settings, gateways=tuple(gateways)))

    at_desk(handle, do)
    typer.echo(gettext("{shop} takes payment by {gateways} now.").format(shop=handle, gateways=", ".join(gateways)))
