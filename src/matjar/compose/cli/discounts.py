"""`matjar discount`: codes that take something off."""

from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from msgspec.structs import replace

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.compose.cli.listing import Column, Json, Moment, Value, for_people, listing
from matjar.compose.cli.paging import pages
from matjar.compose.cli.reading import beginning, end, per_cent, share
from matjar.compose.cli.usage import count_up_to
from matjar.compose.speech import gettext, sentence
from matjar.core.money import Money, from_text
from matjar.core.refusal import Kind, declare
from matjar.domain import catalog, discounts, shops
from matjar.domain.discounts import Discount, DiscountKind, Terms
from matjar.domain.shops import Shop
from matjar.storage.desk import Desk

NO_SUCH_COLLECTION = declare("goods.no_such_collection", Kind.NOT_FOUND, "There is no collection {handle}.")

USES = 1_000_000_000
COLUMNS = (
    Column(sentence("Code")),
    Column(sentence("Takes off")),
    Column(sentence("From an order of"), number=True, spare=2),
    Column(sentence("Used"), number=True),
    Column(sentence("Of"), number=True, spare=1),
    Column(sentence("Begins"), spare=3),
    Column(sentence("Ends")),
)

app = part()
discount = part("See discount codes, make them, end them.")
app.add_typer(discount, name="discount")

Code = Annotated[str, typer.Argument(help="The code that buyers type in.")]
Percent = Annotated[str, typer.Option(metavar="PERCENT", help="So much of the goods, such as 12.5.")]
Amount = Annotated[str, typer.Option(metavar="AMOUNT", help="So much off the goods, such as 20.")]
Minimum = Annotated[str, typer.Option(metavar="AMOUNT", help="What the goods must come to.")]
Limit = Annotated[
    int, typer.Option(metavar="COUNT", parser=count_up_to(USES), show_default=False, help="So often in all.")
]
PerBuyer = Annotated[
    int, typer.Option(metavar="COUNT", parser=count_up_to(USES), show_default=False, help="So often by one buyer.")
]
From = Annotated[str, typer.Option("--from", metavar="DATE", help="A day or a moment, by the shop's clocks.")]
Until = Annotated[str, typer.Option(metavar="DATE", help="The last day, or a moment.")]


@command(discount, "list", example="matjar discount list layla-beauty")
def list_all(shop: ShopName, *, json: Json = False) -> None:
    """List discounts, the oldest first, those that have ended too.

    In a pipe: code, what it takes off, minimum, used, of, begin, end.
    """

    async def ask(desk: Desk) -> None:
        owner = await desk.read(shops.load)

        async def turn(last: Discount | None) -> tuple[Discount, ...]:
            return await desk.read(lambda view: discounts.list_discounts(view, after_id=last.id if last else 0))

        with listing(COLUMNS, json=json) as out:
            async for each in pages(turn):
                out.add(each, *_values(owner, each))

    at_desk(shop, ask)


@command(discount, "create", example="matjar discount create layla-beauty EID15 --percent 15 --until 2026-12-31")
def create(
    shop: ShopName,
    code: Code,
    *,
    percent: Percent = "",
    amount: Amount = "",
    free_delivery: Annotated[bool, typer.Option("--free-delivery", help="Delivery costs nothing.")] = False,
    minimum: Minimum = "",
    limit: Limit = 0,
    per_buyer: PerBuyer = 0,
    collection: Annotated[
        list[str], typer.Option(metavar="HANDLE", help="Only for goods of this collection; again for more.")
    ] = [],  # noqa: B006
    from_: From = "",
    until: Until = "",
) -> None:
    """Offer a new code, from now on unless you say otherwise."""

    async def do(desk: Desk) -> None:
        owner = await desk.read(shops.load)
        zone, kind = ZoneInfo(owner.time_zone), DiscountKind.PERCENTAGE
        if free_delivery:
            kind = DiscountKind.FREE_DELIVERY
        elif amount:
            kind = DiscountKind.AMOUNT
        collections = [await _collection_id(desk, handle) for handle in collection]
        terms = _terms(owner, Terms(kind, collection_ids=tuple(collections)), percent, amount, minimum)
        made = await desk.submit(discounts.create)(
            code=code, terms=replace(terms, usage_limit=limit or None, per_buyer_limit=per_buyer or None),
            starts_at=beginning(from_, zone) if from_ else None, ends_at=end(until, zone) if until else None,
        )  # fmt: skip
        _say(owner, made)

    at_desk(shop, do)


@command(discount, "set", example="matjar discount set layla-beauty WELCOME10 --limit 500 --until 2026-12-31")
def change(
    shop: ShopName,
    code: Code,
    *,
    percent: Percent = "",
    amount: Amount = "",
    minimum: Minimum = "",
    limit: Limit = 0,
    per_buyer: PerBuyer = 0,
    until: Until = "",
) -> None:
    """Change a code; what you do not say stays. Orders keep what they got."""

    async def do(desk: Desk) -> None:
        owner = await desk.read(shops.load)
        before = await desk.read(lambda view: discounts.load(view, code))
        terms = _terms(owner, before.terms, percent, amount, minimum)
        limits = (limit or terms.usage_limit, per_buyer or terms.per_buyer_limit)
        changed = await desk.submit(discounts.change)(
            discount_id=before.id, terms=replace(terms, usage_limit=limits[0], per_buyer_limit=limits[1]),
            starts_at=before.starts_at, ends_at=end(until, ZoneInfo(owner.time_zone)) if until else before.ends_at,
        )  # fmt: skip
        _say(owner, changed)

    at_desk(shop, do)


@command(discount, "end", example="matjar discount end layla-beauty WELCOME10")
def stop(shop: ShopName, code: Code) -> None:
    """Let a code be used no more, from this moment on."""

    async def do(desk: Desk) -> None:
        owner = await desk.read(shops.load)
        found = await desk.read(lambda view: discounts.load(view, code))
        _say(owner, await desk.submit(discounts.end)(discount_id=found.id))

    at_desk(shop, do)


def _terms(owner: Shop, before: Terms, percent: str, amount: str, minimum: str) -> Terms:
    """The terms with what was said of them; whether they hold together is for the room to judge."""
    return replace(
        before,
        value_ppm=share(percent) if percent else before.value_ppm,
        amount_minor=from_text(amount, owner.currency) if amount else before.amount_minor,
        minimum_minor=from_text(minimum, owner.currency) if minimum else before.minimum_minor,
    )


async def _collection_id(desk: Desk, handle: str) -> int:
    """The collection of this handle; refuses ``goods.no_such_collection``."""
    found = await desk.read(lambda view: catalog.find_collection(view, handle=handle))
    if found is None:
        raise NO_SUCH_COLLECTION(handle=handle[:60])
    return found.id


def _values(owner: Shop, each: Discount) -> tuple[Value, ...]:
    terms, zone = each.terms, ZoneInfo(owner.time_zone)
    minimum = Money(terms.minimum_minor, owner.currency) if terms.minimum_minor else None
    ends = Moment(each.ends_at, zone) if each.ends_at else None
    return (
        each.code, _takes_off(owner, terms), minimum, each.used, terms.usage_limit, Moment(each.starts_at, zone), ends
    )  # fmt: skip


def _takes_off(owner: Shop, terms: Terms) -> str:
    match terms.kind:
        case DiscountKind.PERCENTAGE:
            return per_cent(terms.value_ppm)
        case DiscountKind.AMOUNT:
            return str(Money(terms.amount_minor, owner.currency))
        case DiscountKind.FREE_DELIVERY:
            return "delivery"


def _say(owner: Shop, each: Discount) -> None:
    said = f"{each.code}: {_takes_off(owner, each.terms)}"
    if each.ends_at:
        moment = for_people(Moment(each.ends_at, ZoneInfo(owner.time_zone)))
        said += gettext(", until {moment} in {zone}").format(moment=moment, zone=owner.time_zone)
    typer.echo(said)
