"""Tasks: what a machine may not decide, and a person has to look at."""

import msgspec
from litestar import Response, get, post

from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import catalog, orders, tasks
from matjar.domain.access import actions
from matjar.domain.tasks import Task
from matjar.edge.catalogue import Shelf
from matjar.edge.forms import number_of
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.edge.languages import catalogue, sentence
from matjar.edge.pages import go
from matjar.surfaces.admin.pages import cookies
from matjar.surfaces.admin.pages.auditing import note
from matjar.surfaces.admin.pages.cookies import Done
from matjar.surfaces.admin.pages.frame import Frame, form_of
from matjar.surfaces.admin.pages.telling import SENTENCES
from matjar.surfaces.admin.parts import Parts

KINDS = {
    "oversold": (sentence("More was sold than there is"), sentence("Order more, or write to the buyer and cancel.")),
    "refund_failed": (
        sentence("A refund did not go through"),
        sentence("Give {amount} back by another way, then mark it as given back in the order: that ends this task."),
    ),
    "capture_failed": (
        sentence("Held money could not be taken"),
        sentence("Ask the buyer to pay {amount} in another way."),
    ),
    "void_failed": (
        sentence("Held money could not be let go"),
        sentence("Let go of {amount} at the gateway, or wait until it lapses."),
    ),
    "authorization_gone": (
        sentence("Held money is gone"),
        sentence("{amount} are no longer held: ask the buyer before you send."),
    ),
    "letter_undeliverable": (
        sentence("A letter to the buyer did not arrive"),
        sentence("Correct the address in the order, and send the letter again."),
    ),
}
KINDS |= {
    kind: (SENTENCES[kind], sentence("Write to the buyer where to send it, and refund it once it is here."))
    for kind in ("return_changed_mind", "return_damaged", "return_wrong", "return_other")
}
OTHER = (sentence("Something wants looking at"), "")
ROWS = 50


class Row(msgspec.Struct, frozen=True):
    """A task in words; ``order`` is the name of the order that it is about, and ``goods`` what it is about in it."""

    task: Task
    what: str
    advice: str
    order: str = ""
    goods: tuple[str, ...] = ()


@get("/tasks", action=actions.TASKS_READ)
async def show(request: Ask, frame: Frame, parts: Parts, session: Session, after: int = 0) -> Response[bytes]:
    """What waits, the longest first."""
    shelf = parts.catalogue.shelf(frame.shop.id)
    rows = await parts.desk(visit_of(request), session).read(lambda view: _rows(view, frame, shelf, after))
    return frame.page("tasks.html", rows=rows[:ROWS], more=len(rows) > ROWS, after=after)


@post("/tasks/done", action=actions.TASKS_WRITE)
async def close(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """Somebody has dealt with it."""
    form = await form_of(request, parts)
    task_id = number_of(form.text("task"))
    desk = parts.desk(visit_of(request), session)
    task = await desk.submit(tasks.close_task)(task_id=task_id)
    order = await desk.read(lambda view: _order(view, task.subject_id)) if task.kind == "refund_failed" else None
    owing = order is not None and order.due_minor < 0
    facts = {"name": order.name} if order and owing else {}
    what = "task_done_owing" if owing else "task_done"
    return _back(request, frame, parts, task_id, Done(what, facts, "/tasks/open", {"task": str(task_id)}))


@post("/tasks/open", action=actions.TASKS_WRITE)
async def reopen(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """Nobody has, after all."""
    form = await form_of(request, parts)
    task_id = number_of(form.text("task"))
    await parts.desk(visit_of(request), session).submit(tasks.reopen_task)(task_id=task_id)
    return _back(request, frame, parts, task_id, Done("task_open"))


def _back(request: Ask, frame: Frame, parts: Parts, task_id: int, done: Done) -> Response[bytes]:
    note(request, parts, subject=f"task:{task_id}", after={"done": str(int(done.what != "task_open"))})
    parts.tallying.forget(frame.shop.id)
    return cookies.keep(go(frame.url("/tasks")), cookies.DONE, done)


def _rows(view: Reading, frame: Frame, shelf: Shelf, after: int) -> list[Row]:
    return [_row(view, frame, shelf, task) for task in tasks.list_open(view, after_id=after, most=ROWS + 1)]


def _row(view: Reading, frame: Frame, shelf: Shelf, task: Task) -> Row:
    say, reader = catalogue(frame.language).gettext, frame.reader
    what, advice = KINDS.get(task.kind, OTHER)
    order = _order(view, task.subject_id)
    amount = reader.money(int(task.facts.get("amount_minor", 0)), order.currency if order else "")
    goods = tuple(
        f"{_title(view, shelf, frame.language, each['inventory_item_id'])} × {reader.number(each['quantity'])}"
        for each in task.facts.get("items", ())
    )
    advice = say(advice).format(amount=amount) if advice else ""
    return Row(task, say(what), advice, order.name if order else "", goods)


def _order(view: Reading, order_id: int) -> orders.Order | None:
    """The order that a task is about, if it is about one."""
    try:
        return orders.load(view, order_id=order_id) if order_id else None
    except Refusal:
        return None


def _title(view: Reading, shelf: Shelf, language: str, item_id: int) -> str:
    """What an inventory item is called, in the reader's language where it is on sale."""
    product = catalog.find_product(view, inventory_item_id=item_id)
    if product is None:
        return ""
    variant = next(each for each in product.variants if each.inventory_item_id == item_id)
    title, choice, _ = shelf.said(variant.id, language) or (product.title, variant.title, None)
    return f"{title} – {choice}" if choice else title
