"""Who did what, as people read it: narrowed, page by page, after an outage by class, or taken home as a table."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from litestar import Response, get

from matjar.core.clock import SECOND
from matjar.core.refusal import Refusal
from matjar.domain.access import actions
from matjar.domain.audit import NEWEST, Place, Wanted
from matjar.edge.framework import Ask, visit_of
from matjar.edge.guarding import Session
from matjar.surfaces.admin import log
from matjar.surfaces.admin.books import GONE
from matjar.surfaces.admin.log import Row
from matjar.surfaces.admin.pages import deeds
from matjar.surfaces.admin.pages.deeds import Words
from matjar.surfaces.admin.pages.frame import Frame, number_of_order
from matjar.surfaces.admin.pages.naming import name_subjects
from matjar.surfaces.admin.parts import Parts

NAMES = ("kind", "person", "surface", "subject", "since", "until", "late")
"""What an address may narrow by."""
COLUMNS = (
    "time", "who", "person", "surface", "class", "action", "what", "to", "subject", "before", "after", "refused",
    "proved by", "proved at", "from", "access bundle", "heartbeat age s", "session", "number", "in the log",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula (OWASP, CSV injection)."""


@get("/audit", action=actions.AUDIT_READ)
async def show(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """One page of it, the newest first."""
    wanted, before = _wanted(request, frame), _place(request.query_params.get("before", ""))
    page = await log.page(parts, parts.desk(visit_of(request), session), wanted, before)
    words = await _words(request, frame, parts, session, page.rows)
    return frame.page(
        "audit.html",
        page=page,
        wanted=wanted,
        asked={name: request.query_params.get(name, "") for name in NAMES},
        query=_query(request),
        turned=before != NEWEST,
        members=parts.trust.people.load(frame.shop.id).access.members,
        words=words,
        deeds=deeds,
        classes=deeds.by_class(page.counts),
        broken=parts.audit.broken_at(frame.shop.id, now=frame.now) if before == NEWEST else 0,
    )


@get("/audit.csv", action=actions.AUDIT_READ)
async def table(request: Ask, frame: Frame, parts: Parts, session: Session) -> Response[bytes]:
    """What is wanted, as a table for a spreadsheet: codes beside words, so that programs can read it too."""
    rows = await log.everything(parts, parts.desk(visit_of(request), session), _wanted(request, frame))
    words = await _words(request, frame, parts, session, rows)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in _cells(row, words)] for row in rows)
    headers = {
        "content-disposition": f'attachment; filename="audit-{frame.shop.handle}.csv"', "cache-control": "no-store",
    }  # fmt: skip
    # With its mark, so that spreadsheets take it for Unicode.
    return Response(out.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


async def _words(request: Ask, frame: Frame, parts: Parts, session: Session, rows: Iterable[Row]) -> Words:
    """The words of these entries; while the database is away goods and places go by their ids."""
    shelf, subjects = parts.catalogue.shelf(frame.shop.id), [row.found.entry.subject for row in rows]
    names: dict[str, str] = {}
    try:
        names = await parts.desk(visit_of(request), session).read(
            lambda view: name_subjects(view, shelf, subjects, frame.language)
        )
    except Refusal as refusal:
        if refusal.kind not in GONE:
            raise
    return Words(frame, parts.trust.people.load(frame.shop.id).access, names)


def _cells(row: Row, words: Words) -> Iterator[str]:
    entry = row.found.entry
    yield from (_iso(entry.at), words.person(entry.person_id), str(entry.person_id), row.found.surface)
    yield from (deeds.class_of(entry.action).name, entry.action, words.deed(entry.action))
    yield from (", ".join(thing.name for thing in words.things(entry.subject)), entry.subject)
    yield from (" ".join(f"{name}={value}" for name, value in facts.items()) for facts in (entry.before, entry.after))
    yield from (entry.refused, entry.method, _iso(entry.proven_at), entry.address, str(entry.access_number or ""))
    yield "never heard" if entry.age_ms is None else str(entry.age_ms // SECOND)
    yield from (entry.sid[:6], str(row.found.number), "yes" if row.arrived else "not yet")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at / SECOND, UTC).isoformat(timespec="seconds") if at else ""


def _query(request: Ask) -> str:
    """What it is narrowed by, for the addresses of other pages of the same."""
    return urlencode({name: value for name in NAMES if (value := request.query_params.get(name, "")[:100])})


def _wanted(request: Ask, frame: Frame) -> Wanted:
    """What is asked for; what nobody could have meant is passed over."""
    asked = request.query_params
    kind, surface, subject = asked.get("kind", ""), asked.get("surface", ""), asked.get("subject", "").strip()[:100]
    since, until = (_day(asked.get(name, ""), frame.shop.time_zone) for name in ("since", "until"))
    return Wanted(
        person_id=_number(asked.get("person", "")),
        action=kind if kind in deeds.KINDS else "",
        subject=_subject(subject),
        surface=surface if surface in deeds.SURFACES else "",
        since=_moment(since) if since else 0,
        until=_moment(until + timedelta(days=1)) if until else NEWEST.at,
        late=bool(asked.get("late")),
    )


def _subject(typed: str) -> str:
    """An order as people say it, ``#1001``, is kept by the number that it has among the shop's orders."""
    number = number_of_order(typed)
    return f"order:{number}" if number else typed


def _day(text: str, time_zone: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(), ZoneInfo(time_zone))
    except ValueError:
        return None


def _moment(day: datetime) -> int:
    return int(day.timestamp() * SECOND)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def _place(text: str) -> Place:
    at, _, id_ = text.partition("-")
    return Place(_number(at), _number(id_)) if _number(at) else NEWEST
