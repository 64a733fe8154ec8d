"""Customers' sessions: a cookie that the storefront signs, with its own key, for one shop. No other part is asked.

What it signs is of a use of its own, so that at no surface where people of a shop work it is anything at all. A key of
ours that a bundle revokes counts no more.
"""

import asyncio

import msgspec
from litestar.datastructures import Cookie

from matjar.core.clock import HOUR, MINUTE, SECOND
from matjar.core.ids import mint_token
from matjar.core.limits import CUSTOMER_SESSION_MS
from matjar.core.refusal import Kind, declare
from matjar.edge.local import Local
from matjar.edge.trust import Trust
from matjar.resilience.bundles import Forged, Use, read_signed
from matjar.resilience.bundles.signing import sign

SIGN_IN = declare("account.sign_in", Kind.UNPROVEN, "Please sign in.")
AGAIN = declare("account.sign_in_again", Kind.UNPROVEN, "Please sign in once more, so that we know that it is you.")

COOKIE = "__Host-storefront-customer"
FRESH_MS = 15 * MINUTE
"""How long after signing in a customer may do what nobody could undo: long enough to read what it means."""
_TIDY_EVERY_SECONDS = HOUR // SECOND


class Grant(msgspec.Struct, frozen=True):
    """What the cookie says. Moments are milliseconds UTC."""

    sid: str
    customer_id: int
    shop_id: int
    began_at: int
    ends_at: int


_grant = msgspec.json.Decoder(Grant).decode


class Sessions:
    """The sessions of this process."""

    def __init__(self, trust: Trust, local: Local) -> None:
        self._trust = trust
        self._local = local
        self.clock = trust.now

    def begin(self, customer_id: int, shop_id: int) -> Cookie:
        """Somebody has proved who they are: the cookie to set."""
        now = self.clock()
        grant = Grant(mint_token(), customer_id, shop_id, now, now + CUSTOMER_SESSION_MS)
        key = self._trust.keyring.signing(now)
        return _cookie(sign(key, Use.CUSTOMER, msgspec.json.encode(grant)), CUSTOMER_SESSION_MS)

    def find(self, value: str, shop_id: int) -> Grant | None:
        """The grant in a cookie of this shop; None: it is none, or it is over."""
        now = self.clock()
        try:
            payload, key = read_signed(value, Use.CUSTOMER, lambda kid: self._trust.kept.ring.find(kid, now))
            grant = _grant(payload)
        except (Forged, msgspec.MsgspecError):
            return None
        ours = key.owner == self._trust.surface and grant.shop_id == shop_id
        return grant if ours and now < grant.ends_at and not self._local.is_signed_out(grant.sid) else None

    def is_fresh(self, grant: Grant) -> bool:
        """Whether they signed in just now."""
        return self.clock() - grant.began_at < FRESH_MS

    def end(self, grant: Grant) -> Cookie:
        """Out, here and at once: the cookie to set."""
        self._local.sign_out(grant.sid, grant.ends_at)
        return _cookie("", 0)

    async def keep_tidy(self) -> None:
        """For ever: forget which sessions were ended, once they would be over anyway."""
        while True:
            while await asyncio.to_thread(self._local.sweep, self.clock()):
                pass
            await asyncio.sleep(_TIDY_EVERY_SECONDS)


def _cookie(value: str, lasts_ms: int) -> Cookie:
    return Cookie(COOKIE, value=value, max_age=lasts_ms // SECOND, secure=True, httponly=True, samesite="lax")
