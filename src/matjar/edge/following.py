"""Following: bundles brought from wherever they can be had: makers' folders, identity, and any other surface.

Each source is asked by itself, so that one that hangs holds up no other. What a bundle is worth is decided by its
signature alone, never by who brought it.
"""

import asyncio
from collections.abc import Collection, Sequence
from typing import Protocol

import structlog

from matjar.core.clock import MINUTE, SECOND
from matjar.core.refusal import Refusal
from matjar.edge import metrics
from matjar.edge.trust import Trust
from matjar.resilience.bundles import DAMAGED, KEYS, REVOCATIONS, Shelf
from matjar.resilience.bundles.heartbeat import AHEAD_MS
from matjar.resilience.bundles.shelf import Found

POLL_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 30.0
"""Between tries of a source that is away."""
LATE_MS = 3 * MINUTE
"""From this age on the heartbeat is missing: it comes every minute, and one may be lost."""
_KEYS_EVERY_MS = 60 * MINUTE

Place = tuple[str, int]
"""A kind and a shop."""

_ORDER = {KEYS: 0, REVOCATIONS: 1}
_log = structlog.get_logger("matjar.bundles")


class Away(Exception):
    """A source does not answer, or not sensibly."""


class Source(Protocol):
    """Somewhere that bundles can be had from."""

    name: str

    async def list(self, kinds: Collection[str]) -> dict[Place, int]:
        """What there is, and for each a number that is another one when there is something new; raises Away."""

    async def fetch(self, place: Place) -> Found | None:
        """The newest there; None: there is none. Raises Away, and refuses ``bundles.damaged``."""


class Folder:
    """A folder that a maker publishes in, on this machine or mounted."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.name = str(shelf.folder)

    async def list(self, kinds: Collection[str]) -> dict[Place, int]:
        """When each place was last changed."""
        return await asyncio.to_thread(self._list, kinds)

    def _list(self, kinds: Collection[str]) -> dict[Place, int]:
        return {place: self._shelf.changed_at(*place) for place in self._shelf.list_places(kinds)}

    async def fetch(self, place: Place) -> Found | None:
        """The newest that lies there."""
        return await asyncio.to_thread(self._fetch, place)

    def _fetch(self, place: Place) -> Found | None:
        numbers = self._shelf.numbers(*place)
        found = self._shelf.find(*place, numbers[-1]) if numbers else None
        if numbers and found is None:
            raise DAMAGED(kind=place[0])
        return found


class Follower:
    """Brings one surface its bundles; ``run`` it beside whoever serves."""

    def __init__(self, trust: Trust, sources: Sequence[Source], kinds: Collection[str], pace: float = 1.0) -> None:
        """``kinds`` is what this surface may have: access bundles only where people of a shop work.

        ``pace`` is how many times more often it looks, for tests.
        """
        self._trust = trust
        self._pace = pace
        self._sources = sources
        self._kinds = kinds
        self._seen: dict[str, dict[Place, int]] = {source.name: {} for source in sources}
        self._on_disk = asyncio.Lock()
        self._keys_prepared_at = 0
        metrics.HEARTBEAT_AGE.set_function(lambda: age_seconds(trust))

    async def run(self) -> None:
        """Follow until cancelled."""
        await asyncio.gather(*(self._follow(source) for source in self._sources), self._keep_keys())

    async def _follow(self, source: Source) -> None:
        pause = POLL_SECONDS
        while True:
            try:
                await self.catch_up(source)
                pause = POLL_SECONDS
            except Away as away:
                if pause == POLL_SECONDS:
                    _log.warning("bundles_away", source=source.name, reason=str(away))
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            except Exception:  # noqa: BLE001 - a full disk or a bug: the log says why the news is old
                _log.exception("bundles_failed", source=source.name)
            await asyncio.sleep(pause / self._pace)

    async def catch_up(self, source: Source) -> None:
        """Take in what is new at one source, keys first; raises Away."""
        if self._trust.pin_root():
            self._look_anew()
        seen = self._seen[source.name]
        found = await source.list(self._kinds)
        for place, stamp in sorted(found.items(), key=lambda each: (_ORDER.get(each[0][0], 2), each[0])):
            if seen.get(place) != stamp:
                await self._bring(source, place)
                seen[place] = stamp

    def _look_anew(self) -> None:
        """With other keys at hand, what was refused before may be good."""
        for seen in self._seen.values():
            seen.clear()

    async def _bring(self, source: Source, place: Place) -> None:
        try:
            found = await source.fetch(place)
            if found is None:
                return
            async with self._on_disk:
                now = self._trust.clock()
                taken = await asyncio.to_thread(self._trust.kept.offer, *place, found.token, found.files, now)
        except Refusal as refusal:
            metrics.BUNDLES_REFUSED.labels(refusal.code).inc()
            _log.warning("bundle_refused", source=source.name, kind=place[0], shop=place[1], code=refusal.code)
            return
        ahead_ms = self._trust.kept.heartbeat.ahead_ms
        metrics.BUNDLE_AHEAD.set(ahead_ms / SECOND)
        if taken and ahead_ms > AHEAD_MS:
            _log.error("clock_wrong", source=source.name, ahead_seconds=ahead_ms // SECOND)
        if taken and place[0] == KEYS:
            self._look_anew()

    async def _keep_keys(self) -> None:
        """See to it that this surface's own key has a successor in time."""
        while True:
            await asyncio.to_thread(self._trust.keyring.prepare, self._trust.now())
            await asyncio.sleep(_KEYS_EVERY_MS / SECOND)


def age_seconds(trust: Trust) -> float:
    """A, for those who watch; endless where nothing was ever heard."""
    age_ms = trust.age_ms()
    return float("inf") if age_ms is None else age_ms / SECOND


async def check_heartbeat(trust: Trust) -> str:
    """What ails the news from identity, for ``/healthz``; nothing while the heartbeat comes."""
    age_ms = trust.age_ms()
    if age_ms is None:
        return "never heard"
    return f"last heard {age_ms // SECOND} s ago" if age_ms > LATE_MS else ""
