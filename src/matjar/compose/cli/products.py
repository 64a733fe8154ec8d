"""`matjar product`: what the shop sells; and taking a product off sale, on whatever day it is."""

from functools import partial
from typing import Annotated

import typer
from rich.text import Text

from matjar.compose.cli.choosing import ProductName, choose_product
from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.compose.cli.listing import Column, Json, Value, as_json, clean, listing, ruled, screen
from matjar.compose.cli.paging import After, Most, at_once, pages, tell
from matjar.compose.cli.usage import one_of
from matjar.compose.cli.words import Said, said_to_people
from matjar.compose.speech import gettext, sentence
from matjar.core.money import Money
from matjar.core.tx import Reading
from matjar.domain import catalog, inventory, shops
from matjar.domain.catalog import Product, Status
from matjar.storage.desk import Desk

COLUMNS = (
    Column(sentence("Handle")),
    Column(sentence("Title"), shrinks=True),
    Column(sentence("State"), spare=2),
    Column(sentence("Variants"), number=True, spare=3),
    Column(sentence("From"), number=True, spare=1),
)

app = part()
product = part("See what is sold, and put it on sale or take it off.")
app.add_typer(product, name="product")


@command(product, "list", example="matjar product list layla-beauty --search soap")
def list_all(
    shop: ShopName,
    *,
    status: Annotated[str, one_of("--status", *Status)] = "",
    search: Annotated[str, typer.Option(metavar="TEXT", help="Part of the title, a tag or an SKU.")] = "",
    after: After = "",
    most: Most = 0,
    json: Json = False,
) -> None:
    """List products, the oldest first.

    In a pipe: handle, title, status, number of variants, lowest price.
    """

    async def ask(desk: Desk) -> None:
        currency = (await desk.read(shops.load)).currency
        after_id = (await choose_product(desk, after))[0].id if after else 0
        said: list[Said] = []

        def page(view: Reading, last: Product | None) -> list[Product]:
            since_id = last.id if last else after_id
            found = catalog.list_products(view, since_id=since_id, status=status, words=search)
            said[:] = [said_to_people(view, [each.id for each in found])]
            return found

        with listing(COLUMNS, json=json) as out:
            found = pages(lambda last: desk.read(partial(page, last=last)))
            await tell(out, found, at_once(most, json=json), partial(_values, said, currency), lambda row: row.handle)

    at_desk(shop, ask)


def _values(said: list[Said], currency: str, row: Product) -> tuple[Value, ...]:
    price_minor = min(variant.price_minor for variant in row.variants)
    return row.handle, said[0].title(row.id, row.title), row.status, len(row.variants), Money(price_minor, currency)


@command(product, "show", example="matjar product show layla-beauty laurel-soap")
def show(shop: ShopName, name: ProductName, *, json: Json = False) -> None:
    """Show a product with its variants: what each costs, and how many are left to be sold."""

    async def ask(desk: Desk) -> tuple[Product, Said, str, dict[int, int]]:
        found, said = await choose_product(desk, name)
        currency = (await desk.read(shops.load)).currency
        items = [variant.inventory_item_id for variant in found.variants]
        return found, said, currency, await desk.read(lambda view: inventory.available(view, items))

    found, said, currency, left = at_desk(shop, ask)
    if json:
        as_json(found)
    else:
        _show(found, said, currency, left)


def _show(found: Product, said: Said, currency: str, left: dict[int, int]) -> None:
    console = screen()
    title = clean(said.title(found.id, found.title))
    console.print(Text.assemble((title, "bold"), f"  {found.handle}  {found.status}"))
    console.print(Text(clean(", ".join(filter(None, (found.vendor, found.product_type, *found.tags)))), style="dim"))
    console.print()
    table = ruled("SKU", gettext("Variant"))
    for heading in (gettext("Price"), gettext("Before"), gettext("To be sold"), gettext("Id")):
        table.add_column(heading, justify="right")
    for variant in found.variants:
        before = "" if variant.compare_at_minor is None else str(Money(variant.compare_at_minor, currency))
        table.add_row(
            Text(clean(variant.sku)), Text(clean(said.variant(found.id, variant.title))),
            str(Money(variant.price_minor, currency)), before, str(left.get(variant.inventory_item_id, "–")),
            str(variant.id),
        )  # fmt: skip
    console.print(table)


@command(product, "set", example="matjar product set layla-beauty laurel-soap archived")
def set_status(
    shop: ShopName,
    name: ProductName,
    status: Annotated[Status, typer.Argument(help="active: on sale; draft, archived: not seen by buyers.")],
) -> None:
    """Put a product on sale, or take it off."""

    async def do(desk: Desk) -> tuple[Product, str]:
        found, said = await choose_product(desk, name)
        changed = await desk.submit(catalog.set_status)(product_id=found.id, status=status)
        return changed, said.title(found.id, found.title)

    changed, title = at_desk(shop, do)
    typer.echo(f"{title} ({changed.handle}): {changed.status}.")
