"""The publisher's rounds: every change within seconds, the heartbeat every minute, and everything afresh every hour."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from matjar.core.clock import HOUR, MINUTE
from matjar.core.limits import REVOCATIONS as MOST_REVOCATIONS
from matjar.core.refusal import Refusal
from matjar.domain import access, attempts
from matjar.edge.trust import Trust
from matjar.storage import feed, keeping
from matjar.storage.desk import Storage
from matjar.workers.publisher.news import HOUSE, News
from matjar.workers.publisher.press import Press

LOOK_SECONDS = 1.0
"""Between looks for news; whoever brings some says so, and is not waited for."""
HEARTBEAT_MS = MINUTE
"""Between revocations: their age tells a surface how long it has been alone."""
KEYS_EVERY_MS = MINUTE
"""Between looks for keys that a surface has minted."""
AFRESH_EVERY_MS = HOUR
"""Between looks at every shop's bundle, and at keys that end soon."""
_AT_ONCE = 20
"""Shops between two looks, so that the heartbeat of a large platform never waits for all of them."""
_SWEEPERS = (access.sweep, attempts.sweep, keeping.sweep_keys, keeping.sweep_feed)

_log = structlog.get_logger("matjar.publisher")


class Publisher:
    """One platform's. ``pace`` is how many times faster everything that comes by the clock comes, for tests."""

    def __init__(self, storage: Storage, trust: Trust, press: Press, pace: float = 1.0) -> None:
        self._storage = storage
        self._trust = trust
        self._press = press
        self._pace = pace
        self._news = News(storage)
        self._done_at: dict[Callable[[], Awaitable[None]], int] = {}
        self._called = asyncio.Event()
        self._kid = ""

    def hint(self) -> None:
        """There is news: look now."""
        self._called.set()

    async def run(self) -> None:
        """Publish for ever. What fails is tried again at the next look."""
        while True:
            if not await self._look_safely():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._called.wait(), LOOK_SECONDS / self._pace)
                self._called.clear()

    async def sweep_for_ever(self) -> None:
        """Delete what is over, every hour, beside the rounds: they wait for nothing."""
        while True:
            try:
                await self.sweep()
            except Refusal as refusal:
                _log.warning("not_swept", code=refusal.code)
            await asyncio.sleep(AFRESH_EVERY_MS / 1000 / self._pace)

    async def _look_safely(self) -> bool:
        try:
            return await self.look()
        except Refusal as refusal:
            _log.warning("not_published", code=refusal.code)
        except Exception:  # noqa: BLE001 - the next look may fare better, and a heartbeat must not end for ever
            _log.exception("not_published")
        return False

    async def look(self) -> bool:
        """Publish what has changed or is due, keys first; whether there is more to do at once.

        Where the database is away there is no heartbeat either: nobody knows what was revoked.
        """
        await self._news.look()
        turned = self._has_turned()
        await self._if_due(self._begin_afresh, AFRESH_EVERY_MS, at_once=turned)
        await self._if_due(self._publish_keys, KEYS_EVERY_MS, at_once=turned)
        await self._if_due(self._publish_revocations, HEARTBEAT_MS, at_once=self._news.revoked)
        waiting = list(self._news.shops)[:_AT_ONCE]
        went_well = [await self._publish_access(shop_id) for shop_id in waiting]
        return all(went_well) and bool(self._news.shops)

    def _has_turned(self) -> bool:
        """Whether identity signs with another key than before: then everybody must know it, before it signs."""
        before, self._kid = self._kid, self._trust.keyring.signing(self._trust.now()).public.kid
        return before != self._kid

    async def _if_due(self, work: Callable[[], Awaitable[None]], every_ms: int, *, at_once: bool = False) -> None:
        """Do the work at once or when its time has come; what fails stays due."""
        now = self._trust.clock().monotonic
        before = self._done_at.get(work)
        if at_once or before is None or now >= before + every_ms / self._pace:
            await work()
            self._done_at[work] = now

    async def _begin_afresh(self) -> None:
        self._trust.keyring.prepare(self._trust.now())
        self._news.everything()
        for shop_id in self._press.list_shops() - self._news.known:
            _log.error("shop_unknown", shop=shop_id)

    async def _publish_keys(self) -> None:
        await asyncio.to_thread(self._press.publish_keys)

    async def _publish_revocations(self) -> None:
        self._news.revoked = False
        try:
            listed = await self._storage.read(HOUSE, access.revocations)
            if len(listed) >= MOST_REVOCATIONS:
                _log.error("too_many_revocations", most=MOST_REVOCATIONS)
            await asyncio.to_thread(self._press.publish_revocations, listed)
        except BaseException:
            self._news.revoked = True
            raise
        if any(each.kind is access.Revoked.KEY for each in listed):
            await self._publish_keys()

    async def _publish_access(self, shop_id: int) -> bool:
        """Publish one shop's; False: it did not go, and waits behind the others."""
        content = await self._storage.read(shop_id, access.access_of)
        self._news.shops.pop(shop_id)
        try:
            await asyncio.to_thread(self._press.publish_access, content)
        except Exception:  # noqa: BLE001 - what ails one shop's bundle holds up no other's
            _log.exception("not_published", shop=shop_id)
            self._news.shops[shop_id] = None
            return False
        return True

    async def sweep(self) -> None:
        """Delete what is over, in every shop and in the house."""
        for position in await self._storage.read(HOUSE, feed.positions):
            desk = self._storage.desk(position.shop_id, request_id="publisher")
            for sweeper in _SWEEPERS:
                while await desk.submit(sweeper)():
                    pass
