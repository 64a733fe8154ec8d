"""Customers' sessions: a cookie that the storefront signs, with its own key, for one shop. No other part is asked.

What it signs is of a use of its own, so that at no surface where people of a shop work it is anything at all.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
from litestar.datastructures import Cookie

from matjar.core.clock import HOUR, MINUTE, SECOND, now_ms
from matjar.core.ids import mint_token
from matjar.core.limits import CUSTOMER_SESSION_MS
from matjar.core.refusal import Kind, declare
from matjar.edge.keyring import Keyring
from matjar.edge.local import Local
from matjar.resilience.bundles import Forged, Ring, Use, read_signed
from matjar.resilience.bundles.signing import sign

SIGN_IN = declare("account.sign_in", Kind.UNPROVEN, "Please sign in.")
AGAIN = declare("account.sign_in_again", Kind.UNPROVEN, "Please sign in once more, so that we know that it is you.")

COOKIE = "__Host-storefront-customer"
FRESH_MS = 15 * MINUTE
"""How long after signing in a customer may do what nobody could undo: long enough to read what it means."""
_KEYS_EVERY_SECONDS = HOUR // SECOND


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

    def __init__(self, home: Path, local: Local, clock: Callable[[], int] = now_ms) -> None:
        self._ring = Ring()
        self._keyring = Keyring(home, "storefront", self._ring)
        self._local = local
        self.clock = clock

    def begin(self, customer_id: int, shop_id: int) -> Cookie:
        """Somebody has proved who they are: the cookie to set."""
        now = self.clock()
        grant = Grant(mint_token(), customer_id, shop_id, now, now + CUSTOMER_SESSION_MS)
        return _cookie(sign(self._keyring.signing(now), Use.CUSTOMER, msgspec.json.encode(grant)), CUSTOMER_SESSION_MS)

    def find(self, value: str, shop_id: int) -> Grant | None:
        """The grant in a cookie of this shop; None: it is none, or it is over."""
        now = self.clock()
        try:
            payload, _ = read_signed(value, Use.CUSTOMER, lambda kid: self._ring.find(kid, now))
            grant = _grant(payload)
        except (Forged, msgspec.MsgspecError):
            return None
        there = grant.shop_id == shop_id and now < grant.ends_at and not self._local.is_signed_out(grant.sid)
        return grant if there else None

    def is_fresh(self, grant: Grant) -> bool:
        """Whether they signed in just now."""
        return self.clock() - grant.began_at < FRESH_MS

    def end(self, grant: Grant) -> Cookie:
        """Out, here and at once: the cookie to set."""
        self._local.sign_out(grant.sid, grant.ends_at)
        return _cookie("", 0)

    async def keep(self) -> None:
        """For ever: see to it that the key has a successor in time, and forget what is over."""
        while True:
            now = self.clock()
            await asyncio.to_thread(self._keyring.prepare, now)
            while await asyncio.to_thread(self._local.sweep, now):
                pass
            await asyncio.sleep(_KEYS_EVERY_SECONDS)


def _cookie(value: str, lasts_ms: int) -> Cookie:
    return Cookie(COOKIE, value=value, max_age=lasts_ms // SECOND, secure=True, httponly=True, samesite="lax")
