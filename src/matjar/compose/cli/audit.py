"""`matjar audit`: whether the surfaces' books of who did what, and the shops' logs that they arrive in, are whole."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Annotated

import msgspec
import typer

from matjar.compose.cli import EXIT_CODES
from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import find_shop
from matjar.compose.cli.listing import Column, Json, listing
from matjar.compose.settings import Settings, read
from matjar.compose.speech import gettext, sentence
from matjar.compose.wiring import storage_of_command_line
from matjar.core.clock import now_ms
from matjar.core.limits import PAGE_ROWS
from matjar.core.refusal import Kind, Refusal
from matjar.domain import audit, shops
from matjar.domain.audit import Break, Head, State, What
from matjar.edge.audit import Audit
from matjar.storage.desk import Storage

COLUMNS = (
    Column(sentence("Surface")),
    Column(sentence("Shop"), number=True),
    Column(sentence("Entries"), number=True),
    Column(sentence("Not arrived")),
    Column(sentence("Chain"), shrinks=True),
)
LOG = "log"
"""The name under which a shop's log stands among the surfaces."""
WHOLE, BROKEN = sentence("whole"), sentence("broken at entry {number}")
OTHER, NOT_ASKED = sentence("other than the log from entry {number} on"), sentence("the log cannot be asked")
BREAKS = {
    What.ENTRY: sentence("the log breaks at entry {number}"),
    What.HEAD: sentence("entry {number} of the log is another one, or gone"),
    What.LINK: sentence("the log's own chain breaks at link {number}"),
}

app = part()
books = part("Check the books of who did what.")
app.add_typer(books, name="audit")


class Checked(msgspec.Struct, frozen=True):
    """One shop's book of one surface; or, as surface ``log``, the chain over all that arrived.

    ``entries`` is the newest number; ``arrived`` None: the log could not be asked. Numbers 0: all is well there.
    """

    surface: str
    book: str
    shop_id: int
    entries: int
    arrived: int | None
    broken_at: int = 0
    differs_at: int = 0
    breaks: tuple[Break, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing was touched."""
        return not (self.broken_at or self.differs_at or self.breaks)

    @property
    def waiting(self) -> str:
        """The entries that have not arrived."""
        if self.arrived is None or self.arrived >= self.entries:
            return ""
        return str(self.entries) if self.arrived == self.entries - 1 else f"{self.arrived + 1}–{self.entries}"

    @property
    def told(self) -> str:
        """What there is to say of its chain."""
        said = [gettext(BREAKS[each.what]).format(number=each.number) for each in self.breaks]
        if self.broken_at:
            said.insert(0, gettext(BROKEN).format(number=self.broken_at))
        if self.differs_at:
            said.append(gettext(OTHER).format(number=self.differs_at))
        if self.arrived is None:
            said.append(gettext(NOT_ASKED))
        return "; ".join(said) or gettext(WHOLE)


@command(books, "verify", example="matjar audit verify demo")
def verify(
    shop: Annotated[str, typer.Argument(metavar="[SHOP]", help="A shop's handle; every shop where none is said.")] = "",
    *,
    json: Json = False,
) -> None:
    """Follow every chain, at the surfaces and in the shops' logs, and name what has not arrived.

    Exits with 1 where anything was touched, with 75 where a log could not be asked.
    """
    settings = read()
    checked = asyncio.run(_check(settings, shop))
    with listing(COLUMNS, json=json) as out:
        for each in checked:
            out.add(each, each.surface, each.shop_id, each.entries, each.waiting, each.told)
    if not all(each.is_whole for each in checked):
        raise typer.Exit(1)
    if any(each.arrived is None for each in checked):
        raise typer.Exit(EXIT_CODES[Kind.AWAY])


async def _check(settings: Settings, handle: str) -> list[Checked]:
    if not settings.postgres_url and not settings.sqlite_path.exists():
        return list(_alone(settings))
    async with storage_of_command_line(settings) as storage:
        try:
            shop_ids = [(await find_shop(storage, handle)).id] if handle else await _all_shops(storage)
        except Refusal as refusal:
            if refusal.kind is not Kind.AWAY or handle:
                raise
            return list(_alone(settings))
        return [each for shop_id in shop_ids for each in await _check_shop(settings, storage, shop_id)]


async def _all_shops(storage: Storage) -> list[int]:
    return [shop.id for shop in await storage.read(0, shops.list_shops)]


async def _check_shop(settings: Settings, storage: Storage, shop_id: int) -> list[Checked]:
    """Every book that is here or in the log, and the log's own chain behind them."""
    state = await storage.read(shop_id, audit.check)
    found, heads = [], {(head.surface, head.book): head for head in state.heads}
    for book in _books(settings):
        if shop_id in book.heads():
            head = heads.pop((book.surface, book.name), Head(book.surface, book.name, 0, audit.BEGINNING))
            found.append(await _compare(storage, shop_id, book, head, state))
    found += [
        Checked(head.surface, head.book, shop_id, head.number, head.number, breaks=_breaks(state, head))
        for head in heads.values()
    ]
    links = tuple(each for each in state.breaks if each.what is What.LINK)
    return [*found, Checked(LOG, "", shop_id, state.links, state.links, breaks=links)] if found else []


async def _compare(storage: Storage, shop_id: int, book: Audit, head: Head, state: State) -> Checked:
    return Checked(
        book.surface, book.name, shop_id, book.head(shop_id).number, head.number,
        book.broken_at(shop_id, now=now_ms()), await _differs_at(storage, shop_id, book), _breaks(state, head),
    )  # fmt: skip


async def _differs_at(storage: Storage, shop_id: int, book: Audit) -> int:
    """The first entry that stands here in other words than in the log; 0: none does."""
    number = 0
    while entries := book.entries_after(shop_id, number, PAGE_ROWS):
        ask = partial(audit.chains, surface=book.surface, book=book.name, after=entries[0].number - 1)
        known = await storage.read(shop_id, ask)
        for each in entries:
            if known.get(each.number, each.chain) != each.chain:
                return each.number
        number = entries[-1].number
    return 0


def _breaks(state: State, head: Head) -> tuple[Break, ...]:
    return tuple(each for each in state.breaks if (each.surface, each.book) == (head.surface, head.book))


def _alone(settings: Settings) -> Iterator[Checked]:
    """Every book by itself, with no log to hold it against."""
    for book in _books(settings):
        for shop_id, number in book.heads().items():
            broken_at = book.broken_at(shop_id, now=now_ms())
            yield Checked(book.surface, book.name, shop_id, number, None, broken_at)


def _books(settings: Settings) -> Iterator[Audit]:
    """Every surface's book on this machine."""
    for path in sorted(settings.home.glob("*/audit.sqlite")):
        with closing(Audit(path)) as book:
            yield book
