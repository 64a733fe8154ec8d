"""A till beside a saturated storefront: one keyed command at a time, to the same shop, from a process of its own."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from functools import partial

import msgspec

from benchmarks.buyers import buy_for
from benchmarks.figures import Figure, Run, milliseconds, of_runs, repeat
from benchmarks.machine import Meter
from benchmarks.platform import ENGINES, Platform, port_of, running
from benchmarks.shop import SHOP_ID, carts_of
from matjar.compose import settings, wiring
from matjar.core.ids import mint_token
from matjar.core.tx import Reading
from matjar.domain import inventory
from matjar.domain.inventory import Level

BUYERS = 64
RUN_SECONDS = 4.0
HEAD_START_SECONDS = 0.5
PAUSE_SECONDS = 0.01
"""Between two commands: up to a hundred a second, more than any counter sees."""


MOST_P99_MS = 50


async def measure() -> AsyncIterator[Figure]:
    """How long each of the till's commands takes, and what the storefront sells meanwhile."""
    for engine in ENGINES:
        async with running(engine) as platform:
            runs = await repeat(partial(_run, platform))
            yield of_runs(
                engine, "a till's command, p99", "ms", runs, "p99", most=MOST_P99_MS,
                beside=("p50 ms", "commands", "orders/s"),
            )  # fmt: skip


async def _run(platform: Platform) -> Run:
    articles = carts_of(platform.variant_ids)
    with Meter() as meter:
        buying = asyncio.create_task(
            buy_for(RUN_SECONDS + HEAD_START_SECONDS, buyers=BUYERS, port=port_of(platform), carts=articles)
        )
        await asyncio.sleep(HEAD_START_SECONDS)
        seconds = await asyncio.to_thread(_till, platform)
        tally = await buying
    return {
        "p50 ms": milliseconds(seconds, 0.5),
        "p99": milliseconds(seconds, 0.99),
        "commands": len(seconds),
        "orders/s": len(tally.orders) / meter.seconds,
    } | meter.shares()


def _till(platform: Platform) -> list[float]:
    """What the till's own process tells: the seconds that each command took."""
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.till"], env=platform.environ, stdout=subprocess.PIPE, check=True
    )
    return msgspec.json.decode(said.stdout, type=list[float])


async def ring_up(seconds: float) -> list[float]:
    """Be the till: a command, the next once it is durable, and so on; how long each took."""
    storage = wiring.open_storage(settings.read())
    level = await storage.read(SHOP_ID, _first_level)
    took: list[float] = []
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        began = time.perf_counter()
        await storage.desk(SHOP_ID).submit(inventory.adjust, key=f"till-{mint_token()}")(
            inventory_item_id=level.inventory_item_id, location_id=level.location_id, delta=-1
        )
        took.append(time.perf_counter() - began)
        await asyncio.sleep(PAUSE_SECONDS)
    await storage.close()
    return took


def _first_level(view: Reading) -> Level:
    return inventory.levels_at(view, location_id=inventory.list_locations(view)[0].id)[0]


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(ring_up(RUN_SECONDS))))
