"""Kills: a process dies while payments are in every step of their way, and comes back.

One round: shoppers fill their checkouts and pay in three waves. The gateway holds the first two; then whoever writes is
held up, and the gateway lets go of the first wave, so that it waits to be recorded and the third to be prepared. Once
enough are in every step, the victim dies, and whoever was held up goes on, before or after.
"""

import asyncio
import random
import time
from collections.abc import Callable

import aiohttp
import msgspec
import psycopg

from tests.platform import PATIENCE_SECONDS, Platform
from tests.stories.shoppers import Shopper

IN_EACH_STEP = 5
IN_FLIGHT = 10
DEADLINE_SECONDS = 2.0
"""The gateway's deadline on these platforms, so that the finisher comes after four seconds, not after thirty."""
STOCK = 1_000_000

_WAVE = ("approved",) * 8 + ("answer_lost", "answer_lost", "declined", "cash_on_delivery", "bank_transfer")
_CARDS_IN_WAVE = 11
_WAVE_SECONDS = 3.0
_TRIES = 5
_LATE_MS = 400
"""How long the gateway takes over the second wave from the kill on: its answers find the victim away, or just back."""
_LOCK_HEAD = "SELECT 1 FROM heads WHERE shop_id = 1 FOR UPDATE"


class Kill(msgspec.Struct, frozen=True):
    """What was killed, and what was under way at that moment."""

    victim: str
    steps: dict[str, int]
    in_flight: int
    back_seconds: float
    """From the kill until all was well again."""


class Killer:
    """Kills on one platform, everything by chance from one seed."""

    def __init__(self, platform: Platform, seed: int) -> None:
        self.platform = platform
        self.chance = random.Random(seed)
        self.shoppers: list[Shopper] = []
        self.kills: list[Kill] = []

    async def kill(self, victim: str) -> None:
        """One round; afterwards all is well again, and every shopper knows or has left."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            for _ in range(_TRIES):
                await self._sell_one(session)
                waves = [[self._shopper(pays) for pays in _WAVE] for _ in range(3)]
                everybody = [shopper for wave in waves for shopper in wave]
                self.shoppers += everybody
                await asyncio.gather(*(shopper.fill(session) for shopper in everybody))
                paying: list[asyncio.Task[None]] = []
                killed = await self._kill_amid(victim, waves, paying, session)
                await self._come_back(victim)
                await asyncio.gather(*paying)
                if killed:
                    return
        raise AssertionError("payments never were in every step at once: the machine is too slow for the waves")

    async def _sell_one(self, session: aiohttp.ClientSession) -> None:
        """A single card first: a storefront that lost its gateway lets one payment look whether it is back."""
        shopper = Shopper(self.platform.url, {self.platform.variant_ids[0]: 1})
        self.shoppers.append(shopper)
        await shopper.fill(session)
        await shopper.pay(session)

    async def _kill_amid(
        self,
        victim: str,
        waves: list[list[Shopper]],
        paying: list[asyncio.Task[None]],
        session: aiohttp.ClientSession,
    ) -> bool:
        """Bring payments into every step, and kill, while they go on; False: they were not there at once."""
        platform = self.platform
        first = platform.twin_asked() + 1
        platform.set_faults(hold_charges_from=first)
        paying += _send(waves[0], session)
        await until(lambda: platform.twin_asked() >= first + _CARDS_IN_WAVE - 1, _WAVE_SECONDS)
        second = platform.twin_asked() + 1
        paying += _send(waves[1], session)
        await until(lambda: platform.twin_asked() >= second + _CARDS_IN_WAVE - 1, _WAVE_SECONDS)
        writing = HeldUp(platform)
        paying += _send(waves[2], session)
        platform.set_faults(hold_charges_from=second)
        await until(lambda: min(platform.paying().values()) >= IN_EACH_STEP, _WAVE_SECONDS)
        steps, in_flight = platform.paying(), sum(not task.done() for task in paying)
        if min(steps.values()) < IN_EACH_STEP:
            writing.let_go()
            return False
        platform.set_faults(latency_ms=_LATE_MS)
        if self.chance.random() < 0.7:
            writing.let_go()
            await asyncio.sleep(self.chance.uniform(0, 0.02))
        platform.kill(victim)
        writing.let_go()
        self.kills.append(Kill(victim, steps, in_flight, 0.0))
        return True

    async def _come_back(self, victim: str) -> None:
        died_at = time.monotonic()
        await asyncio.sleep(self.chance.uniform(0, 0.4))
        self.platform.start(victim)
        assert await until(self.platform.is_well), f"not well in time:\n{self.platform.logs()}"
        self.platform.set_faults()
        if self.kills:
            self.kills[-1] = msgspec.structs.replace(self.kills[-1], back_seconds=time.monotonic() - died_at)

    def _shopper(self, pays: str) -> Shopper:
        ids = self.chance.sample(self.platform.variant_ids, self.chance.choice((1, 1, 2, 3)))
        lines = {id_: self.chance.choice((1, 1, 2)) for id_ in ids}
        return Shopper(self.platform.url, lines, pays=pays, patient=self.chance.random() < 0.8)


class HeldUp:
    """Whoever writes is held up from now on: the writer's process, or on PostgreSQL the shop's head."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._lock: psycopg.Connection | None = None
        if platform.settings.postgres_url:
            self._lock = psycopg.connect(platform.settings.postgres_url)
            self._lock.execute(_LOCK_HEAD)
        else:
            platform.pause("writer")

    def let_go(self) -> None:
        """Let it go on, if it still lives."""
        if self._lock:
            self._lock.close()
        else:
            self._platform.resume("writer")


def _send(wave: list[Shopper], session: aiohttp.ClientSession) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(shopper.pay(session)) for shopper in wave]


async def until(holds: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Wait until something holds, while the shoppers go on; False: it did not in time."""
    deadline = time.monotonic() + seconds
    while not await asyncio.to_thread(holds):
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.01)
    return True
