"""`matjar task`: what a machine may not decide, and waits for a person."""

from contextlib import suppress
from functools import partial
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.compose.cli.listing import Column, Json, Moment, Value, listing, to_people
from matjar.compose.cli.paging import After, Most, at_once, pages, tell
from matjar.compose.cli.usage import whole_number
from matjar.compose.cli.words import said_to_people
from matjar.compose.speech import gettext, sentence
from matjar.core.money import Money
from matjar.core.refusal import Kind, Refusal, declare
from matjar.core.tx import Reading
from matjar.domain import catalog, orders, shops, tasks
from matjar.domain.tasks import Task
from matjar.storage.desk import Desk

WHICH_TASK = declare("usage.which_task", Kind.INVALID, "{text} is not, or not only, one open task: say its whole id.")

COLUMNS = (
    Column(sentence("Id")),
    Column(sentence("Since"), spare=1),
    Column(sentence("What"), shrinks=True),
    Column(sentence("About"), shrinks=True),
)
KINDS = {
    "oversold": sentence("More was sold than there is"),
    "refund_failed": sentence("A refund did not go through"),
    "capture_failed": sentence("Held money could not be taken"),
    "void_failed": sentence("Held money could not be let go"),
    "authorization_gone": sentence("Held money is gone"),
    "letter_undeliverable": sentence("A letter to the buyer did not arrive"),
    "return_changed_mind": sentence("Wants to send something back: did not like it"),
    "return_damaged": sentence("Wants to send something back: it arrived damaged"),
    "return_wrong": sentence("Wants to send something back: it is not what was ordered"),
    "return_other": sentence("Wants to send something back"),
}

app = part()
task = part("See what waits for a person, and say that it is done.")
app.add_typer(task, name="task")

TaskId = Annotated[str, typer.Argument(metavar="TASK", help="The task's id, or how it ends.")]


@command(task, "list", example="matjar task list layla-beauty")
def list_all(shop: ShopName, *, after: After = "", most: Most = 0, json: Json = False) -> None:
    """List what is open, the longest first.

    In a pipe: id, moment, kind, what it is about.
    """

    async def ask(desk: Desk) -> None:
        zone = ZoneInfo((await desk.read(shops.load)).time_zone)
        after_id = await _choose(desk, after) if after else 0
        about: dict[int, str] = {}

        def page(view: Reading, last: Task | None) -> list[Task]:
            found = tasks.list_open(view, after_id=last.id if last else after_id)
            about.update((each.id, _about(view, each)) for each in found)
            return found

        def values(row: Task) -> tuple[Value, ...]:
            what = gettext(KINDS.get(row.kind, row.kind)) if to_people() else row.kind
            return row.id, Moment(row.opened_at, zone), what, about[row.id]

        with listing(COLUMNS, json=json) as out:
            found = pages(lambda last: desk.read(partial(page, last=last)))
            await tell(out, found, at_once(most, json=json), values, lambda row: str(row.id))

    at_desk(shop, ask)


def _about(view: Reading, row: Task) -> str:
    """The order, the money and the goods that a task names, as far as they are still there."""
    said = []
    with suppress(Refusal):
        order = orders.load(view, order_id=row.subject_id)
        said.append(order.name)
        if "amount_minor" in row.facts:
            said.append(str(Money(row.facts["amount_minor"], order.currency)))
    return ", ".join((*said, *(_goods(view, **each) for each in row.facts.get("items", ()))))


def _goods(view: Reading, *, inventory_item_id: int, quantity: int) -> str:
    product = catalog.find_product(view, inventory_item_id=inventory_item_id)
    if product is None:
        return f"{quantity} × {inventory_item_id}"
    variant = next(each for each in product.variants if each.inventory_item_id == inventory_item_id)
    return f"{quantity} × {said_to_people(view, [product.id]).full_title(product.id, product.title, variant.title)}"


@command(task, "done", example="matjar task done layla-beauty 4417")
def done(shop: ShopName, task: TaskId) -> None:
    """Say that a task is dealt with."""

    async def do(desk: Desk) -> Task:
        return await desk.submit(tasks.close_task)(task_id=await _choose(desk, task))

    closed = at_desk(shop, do)
    typer.echo(gettext("Done. Not after all? matjar task open {shop} {id}").format(shop=shop, id=closed.id))


@command(task, "open", example="matjar task open layla-beauty 31082637164544")
def reopen(
    shop: ShopName,
    task: Annotated[int, typer.Argument(metavar="TASK", parser=whole_number, help="Its whole id.")],
) -> None:
    """Say that a task is not dealt with after all."""

    async def do(desk: Desk) -> Task:
        return await desk.submit(tasks.reopen_task)(task_id=task)

    at_desk(shop, do)
    typer.echo(gettext("Open again."))


async def _open(desk: Desk, last: Task | None) -> list[Task]:
    return await desk.read(lambda view: tasks.list_open(view, after_id=last.id if last else 0))


async def _choose(desk: Desk, text: str) -> int:
    """The open task whose id ends so, or any that has it whole; refuses ``usage.which_task``."""
    if not text.isdecimal():
        raise WHICH_TASK(text=text[:32])
    waiting = [each.id async for each in pages(partial(_open, desk))]
    meant = [each for each in waiting if str(each).endswith(text)]
    if len(meant) > 1 and int(text) not in meant:
        raise WHICH_TASK(text=text[:32])
    return meant[0] if len(meant) == 1 else int(text[:16])
