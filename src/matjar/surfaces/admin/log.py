"""Who did what in a shop, at all its surfaces: its log, and before that what was done here and has not arrived there.

While the database is away it is what was done here alone, and the page says so.
"""

from collections import Counter
from functools import partial

import msgspec

from matjar.core.limits import AUDIT_TABLE_ROWS, PAGE_ROWS
from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import audit
from matjar.domain.audit import NEWEST, Arrived, Place, Wanted
from matjar.edge.audit import Audit
from matjar.storage.desk import Desk
from matjar.surfaces.admin.books import GONE
from matjar.surfaces.admin.parts import Parts

ROWS = 50


class Row(msgspec.Struct, frozen=True):
    """An entry, and whether it is in the shop's log."""

    found: Arrived
    arrived: bool


class Page(msgspec.Struct, frozen=True):
    """Entries, the newest first; ``further`` is where the next page begins, if there is one."""

    rows: tuple[Row, ...]
    further: Place | None
    surfaces: tuple[str, ...]
    """Those that anything has arrived from."""
    waiting: int = 0
    """How many entries have been written here and not arrived; 0 also where that cannot be known."""
    counts: dict[str, int] = {}
    """How often each thing was done, where that is asked for."""


class _Asked(msgspec.Struct, frozen=True):
    """What the log says."""

    entries: list[Arrived]
    arrived: int
    surfaces: list[str]
    counts: dict[str, int]


async def page(parts: Parts, desk: Desk, wanted: Wanted, before: Place = NEWEST) -> Page:
    """One page of them, counted by deed where only what was done late is wanted."""
    book, shop_id = parts.audit, desk.shop_id
    try:
        asked = await desk.read(partial(_ask, book, wanted, before))
    except Refusal as refusal:
        if refusal.kind not in GONE:
            raise
        parts.tallying.lose()
        return _alone(book, shop_id, wanted, before)
    waiting = book.latest(shop_id, after=asked.arrived)
    ours = [each for each in waiting if audit.matches(each.entry, wanted)] if before == NEWEST else []
    ours = [each for each in ours if wanted.surface in ("", book.surface)]
    rows = [*(Row(each, arrived=False) for each in ours), *(Row(each, arrived=True) for each in asked.entries[:ROWS])]
    rows.sort(key=lambda row: row.found.entry.at, reverse=True)
    counts = Counter(asked.counts) + Counter(each.entry.action for each in ours if wanted.late)
    return Page(
        tuple(rows), _further(asked.entries), tuple(sorted({*asked.surfaces, book.surface})), len(waiting), dict(counts)
    )


async def everything(parts: Parts, desk: Desk, wanted: Wanted) -> list[Row]:
    """All that is wanted, to be taken home: up to ``AUDIT_TABLE_ROWS`` entries. Refuses ``storage.away``."""
    first = await page(parts, desk, wanted)
    ours = [row for row in first.rows if not row.arrived]
    return ours + [Row(each, arrived=True) for each in await desk.read(partial(_list_all, wanted))]


def _ask(book: Audit, wanted: Wanted, before: Place, view: Reading) -> _Asked:
    return _Asked(
        audit.list_entries(view, wanted=wanted, before=before, most=ROWS + 1),
        audit.arrived(view, surface=book.surface, book=book.name),
        audit.list_surfaces(view),
        audit.count_by_action(view, wanted=wanted) if wanted.late else {},
    )


def _list_all(wanted: Wanted, view: Reading) -> list[Arrived]:
    found: list[Arrived] = []
    place = NEWEST
    while len(found) < AUDIT_TABLE_ROWS and (more := audit.list_entries(view, wanted=wanted, before=place)):
        found += more
        place = more[-1].place
    return found


def _alone(book: Audit, shop_id: int, wanted: Wanted, before: Place) -> Page:
    found = book.latest(shop_id, wanted=wanted, before=before.id, most=ROWS + 1)
    late = book.latest(shop_id, wanted=wanted, most=PAGE_ROWS) if wanted.late else []
    counts = Counter(each.entry.action for each in late)
    rows = tuple(Row(each, arrived=True) for each in found[:ROWS])
    return Page(rows, _further(found), (book.surface,), counts=dict(counts))


def _further(found: list[Arrived]) -> Place | None:
    return found[ROWS - 1].place if len(found) > ROWS else None
