"""`matjar stock` and `matjar price`: change what lies on the shelf and what it costs, whoever cannot sign in."""

from typing import Annotated

import typer

from matjar.compose.cli.desk import at_desk
from matjar.core.money import Money, from_text
from matjar.core.refusal import Kind, declare
from matjar.core.tx import Reading
from matjar.domain import catalog, inventory, shops
from matjar.domain.catalog import Product, Variant
from matjar.domain.inventory import Level, Location
from matjar.storage.desk import Desk

NO_SUCH_SKU = declare("goods.no_such_sku", Kind.NOT_FOUND, "Nothing is sold under the SKU {sku}.")
WHICH_LOCATION = declare("goods.which_location", Kind.INVALID, "Name one of the locations: {names}.")

app = typer.Typer()
stock = typer.Typer(no_args_is_help=True, help="Count stock.")
price = typer.Typer(no_args_is_help=True, help="Change prices.")
app.add_typer(stock, name="stock")
app.add_typer(price, name="price")

Shop = Annotated[str, typer.Argument(help="The shop's handle.")]
Sku = Annotated[str, typer.Argument(help="The variant's SKU.")]


@stock.command("set")
def set_stock(
    shop: Shop,
    sku: Sku,
    on_hand: Annotated[int, typer.Argument(help="How many lie on the shelf.")],
    location: Annotated[str, typer.Option(help="The location's name; needed where there are several.")] = "",
    reason: Annotated[str, typer.Option(help="Kept with the movement.")] = "",
) -> None:
    """Say how many of a variant lie on the shelf."""

    async def do(desk: Desk) -> tuple[Location, Level]:
        _, variant = await _find(desk, sku)
        place = _choose(await desk.read(inventory.list_locations), location)
        level = await desk.submit(inventory.set_stock)(
            inventory_item_id=variant.inventory_item_id, location_id=place.id, on_hand=on_hand, reason=reason
        )
        return place, level

    place, level = at_desk(shop, do)
    typer.echo(f"{sku}: {level.on_hand} at {place.name}, {level.available} of them to be sold.")


@price.command("set")
def set_price(
    shop: Shop,
    sku: Sku,
    amount: Annotated[str, typer.Argument(help="Such as 12.50, in the shop's currency.")],
) -> None:
    """Say what a variant costs from now on."""

    async def do(desk: Desk) -> tuple[Product, Money]:
        currency = (await desk.read(shops.load)).currency
        _, variant = await _find(desk, sku)
        price_minor = from_text(amount, currency)
        product = await desk.submit(catalog.set_price)(
            variant_id=variant.id, price_minor=price_minor, compare_at_minor=variant.compare_at_minor
        )
        return product, Money(price_minor, currency)

    product, money = at_desk(shop, do)
    typer.echo(f"{product.title} ({sku}): {money}.")


async def _find(desk: Desk, sku: str) -> tuple[Product, Variant]:
    """The variant with this SKU; refuses ``goods.no_such_sku``."""
    found = await desk.read(lambda view: _look_up(view, sku))
    if found is None:
        raise NO_SUCH_SKU(sku=sku)
    return found


def _look_up(view: Reading, sku: str) -> tuple[Product, Variant] | None:
    """Page through the catalogue: as long as it takes, in one consistent view."""
    since_id = 0
    while page := catalog.list_products(view, since_id=since_id):
        for product in page:
            for variant in product.variants:
                if variant.sku == sku:
                    return product, variant
        since_id = page[-1].id
    return None


def _choose(locations: list[Location], name: str) -> Location:
    """The location of this name, or the only one; refuses ``goods.which_location``."""
    named = [location for location in locations if location.name == name or not name]
    if len(named) != 1:
        raise WHICH_LOCATION(names=", ".join(location.name for location in locations))
    return named[0]
