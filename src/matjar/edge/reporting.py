"""Reporting: what a surface of staff did by itself is told to identity, and later where identity is away.

A report is written in the same breath as what it tells of, into the surface's own file, and goes out behind it: nobody
who signs in or out waits for identity. It is told until identity has answered for it, so identity takes it as often as
it comes. What identity refuses for good is logged and dropped, and holds up nothing else.
"""

import asyncio
from collections.abc import Mapping
from typing import Protocol

import msgspec
import structlog

from matjar.domain.access import Session
from matjar.edge import browsers
from matjar.edge.following import Away
from matjar.edge.local import Local
from matjar.edge.sessions import Grant

PATH = "/reports"
"""Where identity takes them."""
REPORTS = 100
"""Reports in one request: some 40 kB."""
LOOK_SECONDS = 0.5
"""Between looks into the file, some microseconds each: who signs out leaves the computer, and another sits down."""
LONGEST_PAUSE_SECONDS = 30.0
"""Between tries while identity is away."""
_FOR_EVER = 1 << 62


class CodeSpent(msgspec.Struct, frozen=True, tag="code_spent"):
    """Somebody came in by a printed code, by its SHA-256: who, when and from where; earlier reports did not say."""

    shop_id: int
    code_hash: bytes
    person_id: int = 0
    at: int = 0
    address: str = ""


class SessionBegun(msgspec.Struct, frozen=True, tag="session_begun"):
    """Somebody signed in at the surface itself. ``browser_hash`` is of the mark that their browser keeps there."""

    person_id: int
    session: Session
    browser_hash: bytes


class SessionEnded(msgspec.Struct, frozen=True, tag="session_ended"):
    """Somebody signed out. ``ends_at``: when the session would have ended by itself."""

    person_id: int
    sid: str
    ended_at: int
    ends_at: int


Report = CodeSpent | SessionBegun | SessionEnded


class Numbered(msgspec.Struct, frozen=True):
    """A report with its number at the surface that tells it."""

    number: int
    report: Report


class Heard(msgspec.Struct, frozen=True):
    """What identity says to reports, by their numbers; those that it leaves out come again."""

    done: tuple[int, ...] = ()
    refused: Mapping[int, str] = {}
    """Those that it will never take, and why: a refusal's code."""


_encode = msgspec.json.Encoder().encode
_report = msgspec.json.Decoder(Report).decode
_heard = msgspec.json.Decoder(Heard).decode
read_reports = msgspec.json.Decoder(tuple[Numbered, ...]).decode
"""The reports of one request."""
_log = structlog.get_logger("matjar.reports")


def tell_spent(local: Local, shop_id: int, person_id: int, code_hash: bytes, now: int, address: str) -> None:
    """A printed code was spent: worth telling for ever, since it is on sheets until identity knows."""
    local.tell(_encode(CodeSpent(shop_id, code_hash, person_id, now, address)), _FOR_EVER)


def tell_begun(local: Local, grant: Grant, user_agent: str, address: str, browser_hash: bytes) -> None:
    """A session began at this surface."""
    session = Session(
        grant.sid, grant.shop_id, grant.surface, grant.method, browsers.name_of(user_agent), address, grant.began_at,
        grant.ends_at,
    )  # fmt: skip
    local.tell(_encode(SessionBegun(grant.person_id, session, browser_hash)), grant.ends_at)


def tell_ended(local: Local, grant: Grant, now: int) -> None:
    """A session was ended at this surface, whoever had begun it."""
    local.tell(_encode(SessionEnded(grant.person_id, grant.sid, now, grant.ends_at)), grant.ends_at)


class Identity(Protocol):
    """Where reports go: see ``fetching.Surface``."""

    async def post(self, path: str, body: bytes) -> bytes:
        """Tell it; raises Away."""


class Reporter:
    """Tells identity what waits in a surface's file; ``run`` it beside whoever serves."""

    def __init__(self, local: Local, identity: Identity) -> None:
        self._local = local
        self._identity = identity

    async def run(self) -> None:
        """Tell for ever. While identity is away it is asked ever more seldom."""
        pause = LOOK_SECONDS
        while True:
            try:
                pause = LOOK_SECONDS if await self.tell() else min(pause * 2, LONGEST_PAUSE_SECONDS)
            except Exception:  # noqa: BLE001 - a full disk or a bug: what waits is told once it is mended
                _log.exception("reports_failed")
                pause = LONGEST_PAUSE_SECONDS
            await asyncio.sleep(pause)

    async def tell(self) -> bool:
        """Tell what waits, as much as goes into one request; False: identity did not answer for any of it."""
        waiting = self._local.untold(REPORTS)
        if not waiting:
            return True
        body = _encode([Numbered(number, _report(content)) for number, content in waiting])
        try:
            heard = _heard(await self._identity.post(PATH, body))
        except (Away, msgspec.MsgspecError) as error:
            _log.warning("reports_wait", reports=len(waiting), reason=str(error))
            return False
        for number, code in heard.refused.items():
            _log.error("report_refused", number=number, code=code)
        self._local.told([*heard.done, *heard.refused])
        return bool(heard.done or heard.refused)
