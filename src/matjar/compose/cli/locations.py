"""`matjar location`: where the goods lie."""

from typing import Annotated

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.compose.cli.listing import Column, Json, listing
from matjar.compose.cli.places import choose_location, location_names
from matjar.compose.speech import gettext, sentence
from matjar.core.tx import Reading
from matjar.domain import catalog, inventory, shops
from matjar.domain.inventory import Location
from matjar.storage.desk import Desk

COLUMNS = (
    Column(sentence("Id"), spare=2),
    Column(sentence("Name"), shrinks=True),
    Column(sentence("City"), shrinks=True, spare=3),
    Column(sentence("Turn"), number=True, spare=1),
    Column(sentence("Used for")),
)

app = part()
location = part("See and open the places that goods are sent from.")
app.add_typer(location, name="location")

PlaceName = Annotated[str, typer.Argument(metavar="PLACE", help="The location, in any language, or by its id.")]


@command(location, "list", example="matjar location list layla-beauty")
def list_all(shop: ShopName, *, json: Json = False) -> None:
    """List the locations, in the order in which goods are looked for there.

    In a pipe: id, name, city, turn, use.
    """

    async def ask(desk: Desk) -> tuple[list[Location], dict[int, str]]:
        return await desk.read(lambda view: (inventory.list_locations(view), location_names(view)))

    locations, names = at_desk(shop, ask)
    with listing(COLUMNS, json=json) as out:
        for each in locations:
            use = "nothing" if not each.active else "pickup" if each.pickup else "sending"
            out.add(each, each.id, names[each.id], each.address.city or None, each.priority, use)


@command(location, "create", example="matjar location create layla-beauty 'بوتيك المارينا' --pickup")
def create(
    shop: ShopName,
    name: Annotated[str, typer.Argument(help="In the shop's own language.")],
    *,
    pickup: Annotated[bool, typer.Option("--pickup", help="Buyers may fetch goods there.")] = False,
) -> None:
    """Open a location, after the others. No command sets its address."""

    def last(view: Reading) -> int:
        return max((each.priority for each in inventory.list_locations(view)), default=-1)

    async def do(desk: Desk) -> Location:
        turn = await desk.read(last) + 1
        return await desk.submit(inventory.create_location)(name=name, priority=turn, pickup=pickup)

    typer.echo(gettext("Open: {name}, with the id {id}.").format(name=name, id=at_desk(shop, do).id))


@command(location, "name", example="matjar location name layla-beauty القوز en 'Al Quoz warehouse'")
def call(
    shop: ShopName,
    place: PlaceName,
    language: Annotated[str, typer.Argument(help="A language of the shop.")],
    name: Annotated[str, typer.Argument(help="What it is called there.")],
) -> None:
    """Say what a location is called, in the shop's own language or another of its languages."""

    async def do(desk: Desk) -> None:
        found, _ = await choose_location(desk, place)
        own = (await desk.read(shops.load)).languages[0]
        if language == own:
            await desk.submit(inventory.update_location)(location_id=found.id, name=name)
            return
        await desk.submit(catalog.translate)(
            owner_type="location", owner_id=found.id, language=language, texts={"title": name}
        )

    at_desk(shop, do)
    typer.echo(f"{language}: {name}")
