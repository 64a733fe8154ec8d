"""`matjar price`: what things cost."""

from typing import Annotated

import typer

from matjar.compose.cli.choosing import Chosen, Sku, choose_variant
from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.core.money import Money, from_text
from matjar.domain import catalog, shops
from matjar.storage.desk import Desk

app = part()
price = part("Change prices.")
app.add_typer(price, name="price")


@command(price, "set", example="matjar price set layla-beauty LAY-SOA-LAU 45.50 --before 60")
def set_price(
    shop: ShopName,
    sku: Sku,
    amount: Annotated[str, typer.Argument(help="Such as 45.50, in the shop's currency.")],
    before: Annotated[
        str, typer.Option(metavar="AMOUNT", help="What it is said to have cost before; `none`: nothing.")
    ] = "",
) -> None:
    """Say what a variant costs from now on."""

    async def do(desk: Desk) -> tuple[Chosen, Money]:
        currency = (await desk.read(shops.load)).currency
        chosen = await choose_variant(desk, sku)
        price_minor = from_text(amount, currency)
        compare_at_minor = chosen.variant.compare_at_minor
        if before:
            compare_at_minor = None if before == "none" else from_text(before, currency)
        await desk.submit(catalog.set_price)(
            variant_id=chosen.variant.id, price_minor=price_minor, compare_at_minor=compare_at_minor
        )
        return chosen, Money(price_minor, currency)

    chosen, money = at_desk(shop, do)
    typer.echo(f"{chosen.full_title} ({sku}): {money}.")
