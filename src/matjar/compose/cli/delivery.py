"""`matjar delivery`: what it costs to get goods to the buyer, and in how many days."""

import re
from typing import Annotated

import typer
from msgspec.structs import replace

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.compose.cli.listing import Column, Json, Value, listing, to_people
from matjar.compose.cli.words import spoken
from matjar.compose.speech import sentence
from matjar.core.money import Money, from_text
from matjar.core.refusal import Kind, declare
from matjar.domain import shipping, shops
from matjar.domain.shipping import Method, Zone
from matjar.storage.desk import Desk

NO_SUCH_METHOD = declare("delivery.no_such_method", Kind.NOT_FOUND, "There is no method {method}, but {methods}.")
IN_STEPS = declare(
    "delivery.in_steps", Kind.CONFLICT, "The price of {method} goes by steps, and no command changes those."
)
BAD_DAYS = declare("usage.bad_days", Kind.INVALID, "{text} are not days: say 2, or 1-3.")

COLUMNS = (
    Column(sentence("Method")),
    Column(sentence("Name"), shrinks=True, spare=1),
    Column(sentence("Zone"), shrinks=True, spare=2),
    Column(sentence("Places"), shrinks=True, spare=3),
    Column(sentence("Price"), number=True),
    Column(sentence("Free from"), number=True),
    Column(sentence("Days"), number=True),
)
_DAYS = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3}))?")

app = part()
delivery = part("See the ways to deliver, and change what they cost. No command draws zones.")
app.add_typer(delivery, name="delivery")


@command(delivery, "list", example="matjar delivery list layla-beauty")
def list_all(shop: ShopName, *, json: Json = False) -> None:
    """List every method of every zone.

    In a pipe: method, name, zone, places, price (the lowest, if it goes by steps), free from, days.
    """

    async def ask(desk: Desk) -> tuple[tuple[Zone, ...], str, str]:
        owner = await desk.read(shops.load)
        return await desk.read(shipping.list_zones), owner.currency, owner.languages[0]

    zones, currency, own = at_desk(shop, ask)
    language = spoken() if to_people() else own
    with listing(COLUMNS, json=json) as out:
        for zone in zones:
            for method in zone.methods:
                name = method.names.get(language) or method.names.get(own)
                out.add(method, method.id, name, zone.name, " ".join(zone.places), *_values(method, currency))


@command(delivery, "set", example="matjar delivery set layla-beauty standard --price 15 --free-from 200 --days 1-3")
def change(
    shop: ShopName,
    method: Annotated[str, typer.Argument(help="The method's id, as `matjar delivery list` names it.")],
    *,
    price: Annotated[str, typer.Option(metavar="AMOUNT", help="What it costs.")] = "",
    free_from: Annotated[
        str, typer.Option(metavar="AMOUNT", help="From goods of so much on it costs nothing; `none`: never.")
    ] = "",
    days: Annotated[str, typer.Option(metavar="DAYS", help="As 2, or 1-3.")] = "",
) -> None:
    """Change what a method costs and promises; what you do not say stays. Orders keep what they were charged."""

    async def do(desk: Desk) -> tuple[Method, str]:
        currency = (await desk.read(shops.load)).currency
        zones = await desk.read(shipping.list_zones)
        zone, before = _find(zones, method)
        after = _with_days(_with_price(before, price, free_from, currency), days)
        methods = tuple(after if each.id == method else each for each in zone.methods)
        await desk.submit(shipping.set_zone)(name=zone.name, places=zone.places, methods=methods, zone_id=zone.id)
        return after, currency

    changed, currency = at_desk(shop, do)
    typer.echo("  ".join(str(each) for each in (changed.id, *_values(changed, currency)) if each is not None))


def _find(zones: tuple[Zone, ...], method: str) -> tuple[Zone, Method]:
    """The method of this id, and its zone; refuses ``delivery.no_such_method``."""
    known = {each.id: (zone, each) for zone in zones for each in zone.methods}
    if method not in known:
        raise NO_SUCH_METHOD(method=method[:40], methods=", ".join(known) or "–")
    return known[method]


def _with_price(before: Method, price: str, free_from: str, currency: str) -> Method:
    """The method at another price; refuses ``delivery.in_steps``."""
    if price and before.steps:
        raise IN_STEPS(method=before.id)
    free_over_minor = before.free_over_minor
    if free_from:
        free_over_minor = None if free_from == "none" else from_text(free_from, currency)
    price_minor = from_text(price, currency) if price else before.price_minor
    return replace(before, price_minor=price_minor, free_over_minor=free_over_minor)


def _with_days(before: Method, days: str) -> Method:
    """The method with another promise; refuses ``usage.bad_days``."""
    if not days:
        return before
    found = _DAYS.fullmatch(days)
    if found is None:
        raise BAD_DAYS(text=days[:32])
    return replace(before, days_min=int(found[1]), days_max=int(found[2] or found[1]))


def _values(method: Method, currency: str) -> tuple[Value, ...]:
    lowest_minor = min((step.price_minor for step in method.steps), default=method.price_minor)
    free = None if method.free_over_minor is None else Money(method.free_over_minor, currency)
    days = str(method.days_min) if method.days_min == method.days_max else f"{method.days_min}-{method.days_max}"
    return Money(lowest_minor, currency), free, days
