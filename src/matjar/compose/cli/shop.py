"""`matjar shop`: open shops, and list them."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from matjar.compose.cli.desk import with_storage
from matjar.domain import shops
from matjar.domain.shops import Shop
from matjar.storage.desk import Storage

app = typer.Typer()
shop = typer.Typer(no_args_is_help=True, help="Open shops, and list them.")
app.add_typer(shop, name="shop")


@shop.command()
def create(
    handle: Annotated[str, typer.Argument(help="Small letters, digits and dashes: the shop's name in addresses.")],
    name: Annotated[str, typer.Option(help="What buyers read; the handle if it is left out.")] = "",
    currency: Annotated[str, typer.Option(help="ISO 4217.")] = "AED",
    country: Annotated[str, typer.Option(help="ISO 3166-1, two letters.")] = "AE",
    time_zone: Annotated[str, typer.Option(help="As the IANA names it.")] = "Asia/Dubai",
    language: Annotated[list[str], typer.Option(help="The shop's own first; give it again for more.")] = ["en"],  # noqa: B006
) -> None:
    """Open a shop."""

    async def open_it(storage: Storage) -> Shop:
        others = await storage.read(0, shops.list_shops)
        desk = storage.desk(max((other.id for other in others), default=0) + 1, request_id="command line")
        return await desk.submit(shops.create)(
            handle=handle, name=name, currency=currency, country=country, time_zone=time_zone,
            languages=tuple(language),
        )  # fmt: skip

    opened = with_storage(open_it)
    typer.echo(f"Shop {opened.handle} is open, as number {opened.id}.")


@shop.command("list")
def list_all() -> None:
    """List every shop, the oldest first."""
    table = Table("id", "handle", "name", "currency", "country", "languages", box=None, header_style="bold")

    async def ask(storage: Storage) -> list[Shop]:
        return await storage.read(0, shops.list_shops)

    for each in with_storage(ask):
        table.add_row(str(each.id), each.handle, each.name, each.currency, each.country, " ".join(each.languages))
    Console().print(table)
