"""The guard: between a route and whoever asks for it. It works the same every day, whichever parts are away.

It asks for the action that a route declares (see ``declaring``), and gives the handler its ``session``.
"""

from collections.abc import Callable
from typing import Any, NoReturn, Protocol

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.handlers import BaseRouteHandler

from matjar.core.clock import SECOND
from matjar.core.refusal import Refusal
from matjar.core.tx import Actor
from matjar.domain.access import (
    Action,
    Allowed,
    Class,
    Member,
    NeedsProof,
    Reason,
    Refused,
    Role,
    Verdict,
    Way,
    holds,
    is_present,
    may,
)
from matjar.domain.access.model import rights
from matjar.edge.declaring import action_of
from matjar.edge.sessions import REVOKED, Grant, Sessions, cookie_name
from matjar.edge.trust import Trust

Connection = ASGIConnection[Any, Any, Any, Any]

_REFUSALS = {
    Reason.READ_ONLY: rights.READ_ONLY,
    Reason.NOT_NOW: rights.NOT_NOW,
    Reason.EXPORT_ONLY: rights.EXPORT_ONLY,
    Reason.ON_REQUEST: rights.ON_REQUEST,
}


class Local(Protocol):
    """What the guard remembers at its surface: see ``edge/local.py``."""

    def is_signed_out(self, sid: str) -> bool:
        """Whether a session was ended here."""

    def last_seen(self, sid: str) -> int:
        """When somebody last did something, milliseconds UTC; 0: never."""

    def see(self, sid: str, now: int, until: int) -> None:
        """They did something just now; worth remembering until then."""


class Session(msgspec.Struct, frozen=True):
    """Somebody who is signed in, as of this request."""

    grant: Grant
    member: Member
    role: Role
    age_ms: int | None
    """A; None: never heard."""
    access_number: int
    """Of the access bundle that this was decided by."""
    verdict: Allowed = Allowed()

    def actor(self, address: str) -> Actor:
        """Who acts in this session's commands."""
        return Actor("staff", self.grant.person_id, address)


class Guard:
    """A surface's guard; hand its ``litestar`` options to ``framework.application``."""

    def __init__(self, trust: Trust, local: Local, shop_id_of: Callable[[Connection], int] | None = None) -> None:
        """``shop_id_of`` finds the shop that a request is for; the visit's own where nothing else is said."""
        self._trust = trust
        self._local = local
        self._shop_id_of = shop_id_of or _shop_of_visit
        self.sessions = Sessions(trust.surface, trust.kept, local.is_signed_out)

    def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        """Let somebody through, or refuse; Litestar asks before each route."""
        action = action_of(handler)
        if action.class_ is not Class.C0:
            connection.scope["signed_in"] = self.check(connection, action)  # type: ignore[typeddict-unknown-key]

    @property
    def options(self) -> dict[str, Any]:
        """What ``framework.application`` is given: the guard itself, and ``session`` for those who ask."""
        return {"guards": [self], "more": {"session": Provide(session_of, sync_to_thread=False)}}

    def find(self, connection: Connection) -> Session | None:
        """Who is signed in, on a page that is open to all; None: nobody."""
        try:
            return self._recognize(connection)
        except Refusal:
            return None

    def check(self, connection: Connection, action: Action) -> Session:
        """Whoever asks, if they may; refuses ``session.…``, ``people.unknown`` and ``access.…``."""
        session = self._recognize(connection)
        if not holds(session.role, action):
            raise rights.NOT_YOURS()
        verdict = self._decide(session, action)
        if not isinstance(verdict, Allowed):
            refuse(verdict, session.age_ms)
        return msgspec.structs.replace(session, verdict=verdict)

    def verdict(self, session: Session, action: Action) -> Verdict:
        """What they may beside, so that a page offers nothing that would be refused. The role is not asked."""
        return may(action, age_ms=session.age_ms, lease_age_ms=None, proof=session.grant.proof, now=self._trust.now())

    def _recognize(self, connection: Connection) -> Session:
        shop_id = self._shop_id_of(connection)
        value = connection.cookies.get(cookie_name(self._trust.surface, shop_id), "")
        grant = self.sessions.verify(value, shop_id, self._trust.now())
        staff = self._trust.people.load(shop_id)
        found = staff.find(grant.person_id)
        if found is None or grant.began_at < found[0].not_before:
            raise REVOKED()
        return Session(grant, *found, self._trust.age_ms(), staff.number)

    def _decide(self, session: Session, action: Action) -> Verdict:
        """The table's word; and whoever was away for half an hour shows their passkey before they change anything."""
        now, grant = self._trust.now(), session.grant
        if is_present(self._local.last_seen(grant.sid), grant.proof, now):
            self._local.see(grant.sid, now, grant.ends_at)
        elif session.member.passkeys and not action.reads:
            return NeedsProof((Way.PASSKEY,))
        return self.verdict(session, action)


def refuse(verdict: NeedsProof | Refused, age_ms: int | None) -> NoReturn:
    """Say the table's no: what would help, or since when the news is missing."""
    age_seconds = None if age_ms is None else age_ms // SECOND
    if isinstance(verdict, NeedsProof):
        raise rights.UNPROVEN(ways=[str(way) for way in verdict.ways], age_seconds=age_seconds)
    raise _REFUSALS[verdict.reason](age_seconds=age_seconds)


def session_of(request: Request[Any, Any, Any]) -> Session:
    """The session that the guard found."""
    session: Session = request.scope["signed_in"]  # type: ignore[typeddict-item]
    return session


def _shop_of_visit(connection: Connection) -> int:
    shop_id: int = connection.scope["visit"].shop.id  # type: ignore[typeddict-item]
    return shop_id
