"""What other surfaces of staff have done by themselves, and tell later: printed codes spent, people in and out.

A surface speaks for itself alone: what it tells of another's sessions or codes is refused.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
import structlog
from litestar import Response, Router, post

from matjar.core.action import PUBLIC
from matjar.core.refusal import Kind, Refusal, declare
from matjar.core.tx import SYSTEM, Actor
from matjar.domain import access
from matjar.domain.access import Method
from matjar.edge.framework import Ask
from matjar.edge.reporting import PATH, CodeSpent, Heard, Numbered, Report, SessionBegun, SessionEnded, read_reports
from matjar.edge.sharing import ASKED_MS, TIME, find_asker
from matjar.surfaces.identity.parts import HOUSE, Parts

NOT_YOURS = declare("reports.not_yours", Kind.FORBIDDEN, "A surface tells of its own sessions and codes alone.")

_log = structlog.get_logger("matjar.identity")


@post("/", action=PUBLIC, status_code=200)
async def hear(request: Ask, parts: Parts) -> Response[bytes]:
    """Take a surface's reports, each as often as it comes, and say which of them need not come again."""
    body = await request.body()
    surface = _teller_of(request, parts, body)
    if not surface:
        return _answer(parts, Heard(), 401)
    try:
        told = read_reports(body)
    except msgspec.MsgspecError:
        return _answer(parts, Heard(), 422)
    done: list[int] = []
    refused: dict[int, str] = {}
    for each in told:
        try:
            await _take(parts, surface, each.report)
            done.append(each.number)
        except Refusal as refusal:
            if refusal.kind in (Kind.AWAY, Kind.BUSY):
                break
            refused[each.number] = refusal.code
            _note_refused(surface, each, refusal)
    return _answer(parts, Heard(tuple(done), refused))


REPORTS = Router(PATH, route_handlers=[hear], include_in_schema=False)


def _teller_of(request: Ask, parts: Parts, body: bytes) -> str:
    """The surface of staff that signed this request, which is good once; empty: none."""
    asker = find_asker(parts.trust, request, body)
    if asker is None or not asker.asked.nonce:
        return ""
    until = asker.asked.at + 2 * ASKED_MS
    return asker.surface if parts.local.spend("request", asker.asked.nonce.encode(), until) else ""


async def _take(parts: Parts, surface: str, report: Report) -> None:
    """Do what a report asks of identity's books; refuses ``reports.not_yours`` and what the operations refuse."""
    house = parts.storage.desk(HOUSE, request_id=surface)
    match report:
        case CodeSpent(shop_id, code_hash, person_id, at, address):
            who = Actor("staff", person_id, address, str(Method.BREAK_GLASS)) if person_id else SYSTEM
            desk = parts.storage.desk(shop_id, who, surface)
            await desk.submit(access.note_spent)(code_hash=code_hash, surface=surface, spent_at=at)
        case SessionBegun(person_id, session, browser_hash):
            if session.surface != surface:
                raise NOT_YOURS()
            await house.submit(access.note_session)(person_id=person_id, session=session, browser_hash=browser_hash)
        case SessionEnded(person_id, sid, ended_at, ends_at):
            await house.submit(access.note_ended)(
                person_id=person_id, sid=sid, surface=surface, ended_at=ended_at, ends_at=ends_at
            )


def _answer(parts: Parts, heard: Heard, status: int = 200) -> Response[bytes]:
    """With our time, so that a surface whose clock is wrong is believed at its next try."""
    headers: Mapping[str, Any] = {TIME: str(parts.trust.now()), "cache-control": "no-store"}
    content = msgspec.json.encode(heard)
    return Response(content, status_code=status, media_type="application/json", headers=headers)


def _note_refused(surface: str, told: Numbered, refusal: Refusal) -> None:
    _log.warning("report_refused", surface=surface, kind=type(told.report).__name__, code=refusal.code)
