"""Identity's own guard. What other surfaces read in bundles, it asks of its database: the truth is at home here.

A session counts while its row is there, so signing out everywhere works at once. Otherwise the same table of rights
holds as everywhere, with one addition: who has no passkey yet may add their first one right after signing in.
"""

from typing import Any

import msgspec
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from matjar.core.clock import SECOND
from matjar.core.refusal import Kind, Refusal
from matjar.core.tx import Actor, Reading
from matjar.domain import access
from matjar.domain.access import Account, Action, Allowed, Employed, NeedsProof, Role, Verdict, Way, Workplace, actions
from matjar.domain.access.model import rights
from matjar.edge.declaring import action_of
from matjar.edge.framework import NOT_HERE, Ask
from matjar.edge.guarding import refuse
from matjar.edge.sessions import REVOKED, Grant, Sessions, cookie_name
from matjar.surfaces.identity.parts import HOUSE, Parts

Connection = ASGIConnection[Any, Any, Any, Any]

_JUST_NOW_MS = 5 * 60 * SECOND


class Here(msgspec.Struct, frozen=True):
    """Somebody who is signed in here, as of this request."""

    grant: Grant
    account: Account
    shops: tuple[Employed, ...]
    address: str

    @property
    def actor(self) -> Actor:
        """Who acts in this visit's commands."""
        return Actor("staff", self.account.id, self.address, str(self.grant.method))


class There(msgspec.Struct, frozen=True):
    """The shop that a page is about, and what somebody is in it."""

    shop: Workplace
    role: Role

    def may(self, action: Action) -> bool:
        """Whether their role includes it: what is not, is not offered."""
        return access.holds(self.role, action)


class Guard:
    """Stands before every route; Litestar asks it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._sessions = Sessions(parts.trust.surface, parts.trust.kept, parts.local.is_signed_out)

    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        """Let somebody through, or refuse. On pages that are open to all, know who is signed in, if anybody is."""
        scope: dict[str, Any] = connection.scope  # type: ignore[assignment]
        action = action_of(handler)
        if action.class_ is access.Class.C0:
            scope["here"] = await self._find(connection) if "cookie" in connection.headers else None
            return
        here = await self._recognize(connection)
        scope["here"] = here
        if "handle" in connection.path_params:
            scope["there"] = await self._enter(here, connection.path_params["handle"], action)
        self._decide(here, action)

    async def _find(self, connection: Connection) -> Here | None:
        try:
            return await self._recognize(connection)
        except Refusal as refusal:
            if refusal.kind in (Kind.UNPROVEN, Kind.NOT_FOUND, Kind.AWAY):
                return None
            raise

    async def _recognize(self, connection: Connection) -> Here:
        value = connection.cookies.get(cookie_name(self._parts.trust.surface, HOUSE), "")
        grant = self._sessions.verify(value, HOUSE, self._parts.trust.now())
        visit: Any = connection.scope["visit"]  # type: ignore[typeddict-item]

        def question(view: Reading) -> Here:
            if not any(session.sid == grant.sid for session in access.list_sessions(view, person_id=grant.person_id)):
                raise REVOKED()
            account = access.load_account(view, person_id=grant.person_id)
            shops = tuple(access.list_shops_of(view, person_id=grant.person_id))
            return Here(grant, account, shops, visit.address)

        return await self._parts.storage.read(HOUSE, question)

    async def _enter(self, here: Here, handle: str, action: Action) -> There:
        employed = next((each for each in here.shops if each.shop.handle == handle), None)
        if employed is None:
            raise NOT_HERE()
        role = await self._parts.storage.read(
            employed.shop.id, lambda view: access.load_role(view, role_id=employed.role_id)
        )
        if employed.suspended or not access.holds(role, action):
            raise rights.NOT_YOURS()
        return There(employed.shop, role)

    def _decide(self, here: Here, action: Action) -> None:
        verdict = self.verdict(here, action)
        if not isinstance(verdict, Allowed):
            refuse(verdict, self._parts.trust.age_ms())
        self._parts.local.see(here.grant.sid, self._parts.trust.now(), here.grant.ends_at)

    def verdict(self, here: Here, action: Action) -> Verdict:
        """What the table says."""
        now, grant, local = self._parts.trust.now(), here.grant, self._parts.local
        seen = access.is_present(local.last_seen(grant.sid), grant.proof, now)
        if not seen and here.account.passkeys and not action.reads:
            return NeedsProof((Way.PASSKEY,))
        age_ms = self._parts.trust.age_ms()
        verdict = access.may(action, age_ms=age_ms, lease_age_ms=None, proof=grant.proof, now=now)
        first = action == actions.SELF_FACTORS and not here.account.passkeys
        if isinstance(verdict, NeedsProof) and first and access.is_fresh(grant.began_at, _JUST_NOW_MS, now):
            return Allowed()
        return verdict


def here_of(request: Ask) -> Here | None:
    """Who is signed in, if anybody is."""
    found: Here | None = request.scope.get("here")  # type: ignore[assignment]
    return found


def session_of(request: Ask) -> Here:
    """Who is signed in, on a page that is only for those."""
    found: Here = request.scope["here"]  # type: ignore[typeddict-item]
    return found


def place_of(request: Ask) -> There:
    """The shop that the page is about."""
    found: There = request.scope["there"]  # type: ignore[typeddict-item]
    return found
