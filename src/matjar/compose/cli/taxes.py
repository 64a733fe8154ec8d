"""`matjar tax`: the rates that a shop charges by, where it is registered."""

from typing import Annotated

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.compose.cli.listing import Column, Json, listing
from matjar.compose.cli.reading import per_cent, share
from matjar.compose.speech import sentence
from matjar.core.tx import Reading
from matjar.domain import tax
from matjar.domain.tax import Rate
from matjar.storage.desk import Desk

COLUMNS = (
    Column(sentence("Place")),
    Column(sentence("Category")),
    Column(sentence("Name"), shrinks=True),
    Column(sentence("Rate"), number=True),
)

app = part()
taxes = part("See and change tax rates. A shop charges them where it is registered, and nowhere else.")
app.add_typer(taxes, name="tax")

Place = Annotated[str, typer.Argument(metavar="PLACE", help="A country, or a country and region: AE, US-CA.")]
Category = Annotated[str, typer.Argument(help="standard, reduced, zero, delivery …")]
Name = Annotated[str, typer.Argument(help="As it stands on the invoice.")]


@command(taxes, "list", example="matjar tax list layla-beauty")
def list_all(shop: ShopName, *, json: Json = False) -> None:
    """List the shop's rates.

    In a pipe: place, category, name, rate.
    """

    def rates(view: Reading) -> list[Rate]:
        return [rate for country in tax.list_countries(view) for rate in tax.list_rates(view, country=country)]

    async def ask(desk: Desk) -> list[Rate]:
        return await desk.read(rates)

    found = at_desk(shop, ask)
    with listing(COLUMNS, json=json) as out:
        for each in found:
            out.add(each, _place(each.country, each.region), each.category, each.name, per_cent(each.rate_ppm))


@command(taxes, "install", example="matjar tax install layla-beauty SA")
def install(
    shop: ShopName,
    countries: Annotated[list[str], typer.Argument(metavar="COUNTRY…", help="ISO 3166-1, two letters.")],
) -> None:
    """Take over the rates that Matjar brings for countries, in place of the shop's own there."""

    async def do(desk: Desk) -> None:
        await desk.submit(tax.install_rates)(countries=tuple(country.upper() for country in countries))

    at_desk(shop, do)
    list_all(shop)


@command(taxes, "set", example="matjar tax set layla-beauty AE standard VAT 5")
def change(
    shop: ShopName,
    place: Place,
    category: Category,
    name: Name,
    rate: Annotated[str, typer.Argument(metavar="PERCENT", help="Such as 5, or 8.875.")],
) -> None:
    """Add a rate, or change the one of this place, category and name. Orders keep what they were charged."""

    async def do(desk: Desk) -> Rate:
        country, _, region = place.partition("-")
        return await desk.submit(tax.set_rate)(
            country=country, region=region, category=category, name=name, rate_ppm=share(rate)
        )

    kept = at_desk(shop, do)
    typer.echo(f"{_place(kept.country, kept.region)} {kept.category} {kept.name}: {per_cent(kept.rate_ppm)}")


@command(taxes, "remove", example="matjar tax remove layla-beauty AE standard VAT")
def remove(shop: ShopName, place: Place, category: Category, name: Name) -> None:
    """Take a rate away."""

    async def do(desk: Desk) -> None:
        country, _, region = place.partition("-")
        await desk.submit(tax.remove_rate)(country=country, region=region, category=category, name=name)

    at_desk(shop, do)
    list_all(shop)


def _place(country: str, region: str) -> str:
    return f"{country}-{region}" if region else country
