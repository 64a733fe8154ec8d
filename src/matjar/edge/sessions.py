"""Sessions: a signed cookie that says who somebody is and how they proved it, never what they may.

A surface accepts what identity signed for it and what its own key signed for itself, nothing else. What they may is
asked of the access bundle at every request, so a change of role, or a person's leaving, works within a minute or two.
"""

from collections.abc import Callable

import msgspec
from litestar.datastructures import Cookie

from matjar.core.clock import HOUR, SECOND
from matjar.core.proof import Method, Proof
from matjar.core.refusal import Kind, declare
from matjar.resilience.bundles import IDENTITY, Forged, Kept, SigningKey, Use, read_signed
from matjar.resilience.bundles.signing import sign

MISSING = declare("session.missing", Kind.UNPROVEN, "Please sign in.")
INVALID = declare("session.invalid", Kind.UNPROVEN, "This session does not count here. Please sign in.")
ENDED = declare("session.ended", Kind.UNPROVEN, "Your session has ended. Please sign in again.")
REVOKED = declare("session.revoked", Kind.UNPROVEN, "You have been signed out. Please sign in again.")

STAFF_MS = 12 * HOUR
"""A long working day."""
BREAK_GLASS_MS = 4 * HOUR


class Grant(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the cookie says. Moments are milliseconds UTC; ``began_age_ms`` is A when it began, None: never heard."""

    sid: str
    person_id: int
    shop_id: int
    surface: str
    method: Method
    began_at: int
    ends_at: int
    began_age_ms: int | None
    passkey_at: int = 0
    approved_at: int = 0

    @property
    def proof(self) -> Proof:
        """How they proved who they are."""
        return Proof(self.method, self.began_at, self.began_age_ms, self.passkey_at, self.approved_at)

    def proven(self, now: int) -> "Grant":
        """The same session, right after its person used their passkey once more. It ends when it would have."""
        return msgspec.structs.replace(self, passkey_at=now)


def lasts_ms(method: Method) -> int:
    """How long a session lasts that began so."""
    return BREAK_GLASS_MS if method is Method.BREAK_GLASS else STAFF_MS


def mint(grant: Grant, key: SigningKey) -> str:
    """The cookie's value."""
    return sign(key, Use.SESSION, msgspec.json.encode(grant))


def cookie_name(surface: str, shop_id: int) -> str:
    """What the cookie is called: a browser keeps those of several shops side by side, and sends none elsewhere."""
    return f"__Host-{surface}-{shop_id}" if shop_id else f"__Host-{surface}"


def as_cookie(grant: Grant, value: str, now: int) -> Cookie:
    """The cookie, to be set on an answer; it goes when the session ends."""
    return Cookie(
        key=cookie_name(grant.surface, grant.shop_id),
        value=value,
        max_age=max(0, grant.ends_at - now) // SECOND,
        secure=True,
        httponly=True,
        samesite="lax",
    )


_grant = msgspec.json.Decoder(Grant).decode


class Sessions:
    """Tells a surface who its visitors are."""

    def __init__(self, surface: str, kept: Kept, is_signed_out: Callable[[str], bool]) -> None:
        """``is_signed_out`` says whether a session was ended here, by its id."""
        self._surface = surface
        self._kept = kept
        self._is_signed_out = is_signed_out

    def verify(self, value: str, shop_id: int, now: int) -> Grant:
        """The grant in a cookie of this shop; ``now`` in milliseconds UTC.

        Refuses ``session.missing``, ``session.invalid``, ``session.ended`` and ``session.revoked``.
        """
        if not value:
            raise MISSING()
        grant = self._read(value, now)
        if grant.surface != self._surface or grant.shop_id != shop_id:
            raise INVALID()
        if grant.ends_at - grant.began_at > lasts_ms(grant.method):
            raise INVALID()
        if now >= grant.ends_at:
            raise ENDED()
        revoked = self._kept.revoked
        if revoked.session(grant.sid) or revoked.person(grant.person_id, grant.began_at):
            raise REVOKED()
        if self._is_signed_out(grant.sid):
            raise REVOKED()
        return grant

    def _read(self, value: str, now: int) -> Grant:
        try:
            payload, key = read_signed(value, Use.SESSION, lambda kid: self._kept.ring.find(kid, now))
            grant = _grant(payload)
        except (Forged, msgspec.MsgspecError):
            raise INVALID() from None
        if key.owner not in (IDENTITY, self._surface):
            raise INVALID()
        return grant
