"""What a surface goes by: the bundles that it keeps, its own key, and the time. All of it is on its own disk."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from matjar.core.clock import monotonic_seconds, now_ms
from matjar.core.ids import mint_token
from matjar.core.refusal import Refusal
from matjar.edge.keyring import Keyring, find_root
from matjar.resilience.bundles import Jwk, Kept, Moment, Ring, Shelf

if TYPE_CHECKING:
    from matjar.core.proof import Method
    from matjar.edge.people import People
    from matjar.edge.sessions import Grant


def moment() -> Moment:
    """Now, by both clocks."""
    return Moment(now_ms(), int(monotonic_seconds() * 1000))


class Trust:
    """One surface's. It starts with nobody there: with what it kept, and a key of its own."""

    def __init__(self, home: Path, surface: str, root: Jwk | None = None, clock: Callable[[], Moment] = moment) -> None:
        """``root`` is the root's public half, pinned by a setting; without one it is found in the home folder."""
        self._home = home
        self.clock = clock
        self.surface = surface
        self.kept = Kept(Shelf(home / surface / "bundles"), Ring(root or find_root(home)))
        self.keyring = Keyring(home, surface, self.kept.ring)

    @cached_property
    def people(self) -> People:
        """Who works in which shop; a surface of customers knows nobody of them, and loads nothing for it."""
        from matjar.edge.people import People  # noqa: PLC0415

        return People(self.kept)

    def load(self) -> list[Refusal]:
        """Take in what was kept; what is not good any more is told."""
        problems = self.kept.load(self.clock())
        self.keyring.signing(self.now())
        return problems

    def pin_root(self) -> bool:
        """Look for the root where the home has had none so far; whether one was pinned just now."""
        root = find_root(self._home) if self.kept.ring.root is None else None
        if root is not None:
            self.kept.ring.pin(root)
        return root is not None

    def now(self) -> int:
        """The time of day, never earlier than the newest bundle, milliseconds UTC."""
        return self.kept.wall(self.clock())

    def age_ms(self) -> int | None:
        """A: how old the newest revocations are; None: never heard."""
        return self.kept.age_ms(self.clock())

    def begin(self, *, person_id: int, shop_id: int, method: Method, surface: str = "", passkey_at: int = 0) -> Grant:
        """A session that begins now, at this surface or, where identity begins it, at another."""
        from matjar.edge.sessions import Grant, lasts_ms  # noqa: PLC0415 - a surface of customers has its own

        now, where = self.now(), surface or self.surface
        ends_at = now + lasts_ms(method)
        return Grant(mint_token(), person_id, shop_id, where, method, now, ends_at, self.age_ms(), passkey_at)

    def sign(self, grant: Grant) -> str:
        """The grant as a cookie's value, by this surface's key."""
        from matjar.edge.sessions import mint  # noqa: PLC0415 - a surface of customers has its own

        return mint(grant, self.keyring.signing(self.now()))
