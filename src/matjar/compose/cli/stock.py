"""`matjar stock`: what lies on the shelves, counted and corrected, whoever cannot sign in."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from matjar.compose.cli.choosing import Sku, choose_variant
from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.compose.cli.listing import Column, Json, Value, listing
from matjar.compose.cli.paging import After, Most, at_once, pages, tell
from matjar.compose.cli.places import Place, choose_location, location_names
from matjar.compose.cli.usage import whole_number
from matjar.compose.cli.words import Said, said_to_people
from matjar.compose.speech import gettext, sentence
from matjar.core.tx import Reading
from matjar.domain import inventory
from matjar.domain.inventory import Goods, Level
from matjar.storage.desk import Desk

_COUNTS = (
    Column(sentence("On hand"), number=True),
    Column(sentence("Promised"), number=True, spare=2),
    Column(sentence("To be sold"), number=True),
)
GOODS = (Column("SKU"), Column(sentence("Title"), shrinks=True, spare=1), *_COUNTS)
LEVELS = (Column(sentence("Location"), shrinks=True), *_COUNTS)

app = part()
stock = part("See and count stock.")
app.add_typer(stock, name="stock")

Count = Annotated[int, typer.Argument(metavar="COUNT", parser=whole_number, help="Pieces.")]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Kept with the movement.")]


@command(stock, "list", example="matjar stock list layla-beauty --location boutique --at-most 5")
def list_all(
    shop: ShopName,
    *,
    location: Place = "",
    search: Annotated[str, typer.Option(metavar="TEXT", help="Part of a title or SKU, or a whole barcode.")] = "",
    at_most: Annotated[
        int, typer.Option(metavar="COUNT", parser=whole_number, show_default=False, help="No more left to be sold.")
    ] = -1,
    after: After = "",
    most: Most = 0,
    json: Json = False,
) -> None:
    """List what a location has.

    In a pipe: SKU, title, on hand, promised, to be sold.
    """

    async def ask(desk: Desk) -> None:
        place, _ = await choose_location(desk, location)
        after_id = (await choose_variant(desk, after)).variant.id if after else 0
        said: list[Said] = []

        def page(view: Reading, last: Goods | None) -> list[Goods]:
            below = last.variant_id if last else after_id
            found = inventory.goods_at(view, location_id=place.id, words=search, at_most=at_most, after_id=below)
            said[:] = [said_to_people(view, [each.product_id for each in found])]
            return found

        def values(row: Goods) -> tuple[Value, ...]:
            title = said[0].full_title(row.product_id, row.product_title, row.variant_title)
            return (row.sku or str(row.variant_id), title, *_counts(row.level, tracked=row.tracked))

        with listing(GOODS, json=json) as out:
            found = pages(lambda last: desk.read(lambda view: page(view, last)))
            await tell(out, found, at_once(most, json=json), values, lambda row: row.sku or str(row.variant_id))

    at_desk(shop, ask)


@command(stock, "show", example="matjar stock show layla-beauty LAY-SOA-LAU")
def show(shop: ShopName, sku: Sku, *, json: Json = False) -> None:
    """Show how many of a variant there are, at every location.

    In a pipe: location, on hand, promised, to be sold.
    """

    async def ask(desk: Desk) -> None:
        item_id = (await choose_variant(desk, sku)).variant.inventory_item_id
        levels = await desk.read(lambda view: inventory.levels_of(view, inventory_item_id=item_id))
        called = await desk.read(location_names)
        with listing(LEVELS, json=json) as out:
            for level in levels:
                out.add(level, called.get(level.location_id), *_counts(level, tracked=True))

    at_desk(shop, ask)


@command(stock, "set", example="matjar stock set layla-beauty LAY-SOA-LAU 90 --location 'Al Quoz'")
def set_stock(shop: ShopName, sku: Sku, count: Count, *, location: Place = "", reason: Reason = "") -> None:
    """Say how many of a variant lie on the shelf."""

    async def do(desk: Desk, item_id: int, location_id: int) -> Level:
        return await desk.submit(inventory.set_stock)(
            inventory_item_id=item_id, location_id=location_id, on_hand=count, reason=reason
        )

    _count(shop, sku, location, do)


@command(stock, "adjust", example="matjar stock adjust layla-beauty LAY-SOA-LAU -2 --location boutique --reason broken")
def adjust(shop: ShopName, sku: Sku, count: Count, *, location: Place = "", reason: Reason = "") -> None:
    """Say that there are so many more of a variant; with a minus, fewer."""

    async def do(desk: Desk, item_id: int, location_id: int) -> Level:
        return await desk.submit(inventory.adjust)(
            inventory_item_id=item_id, location_id=location_id, delta=count, reason=reason
        )

    _count(shop, sku, location, do)


@command(stock, "move", example="matjar stock move layla-beauty LAY-SOA-LAU 6 'Al Quoz' boutique")
def move(
    shop: ShopName,
    sku: Sku,
    count: Count,
    origin: Annotated[str, typer.Argument(metavar="FROM", help="The location that gives.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="The location that gets.")],
    *,
    reason: Reason = "",
) -> None:
    """Move so many of a variant, that nobody was promised, to another location."""

    async def do(desk: Desk, item_id: int, location_id: int) -> Level:
        giving, _ = await choose_location(desk, origin)
        return await desk.submit(inventory.transfer)(
            inventory_item_id=item_id, from_location_id=giving.id, to_location_id=location_id, quantity=count,
            reason=reason,
        )  # fmt: skip

    _count(shop, sku, to, do)


def _count(shop: str, sku: str, location: str, change: Callable[[Desk, int, int], Awaitable[Level]]) -> None:
    """Change what one location has of a variant, and say how much that is now."""

    async def do(desk: Desk) -> tuple[Level, str]:
        item_id = (await choose_variant(desk, sku)).variant.inventory_item_id
        place, name = await choose_location(desk, location)
        return await change(desk, item_id, place.id), name

    level, name = at_desk(shop, do)
    text = gettext("{sku}: {count} at {location}, {available} of them to be sold.")
    typer.echo(text.format(sku=sku, count=level.on_hand, location=name, available=level.available))


def _counts(level: Level, *, tracked: bool) -> tuple[Value, ...]:
    """What is counted; nothing, where nobody counts."""
    return (level.on_hand, level.on_hand - level.available, level.available) if tracked else (None, None, None)
