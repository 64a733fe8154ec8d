"""A till beside a saturated storefront: one command at a time, each with a key, to the same shop.

The till is a process of its own, with its own way to the storage: a stock count, the next a hundredth of a second after
it is durable. Meanwhile 64 buyers check out at the storefront as fast as they can. *Raw* is the same till with nobody
buying; beside the orders it is the same checkouts straight to the storage, by as many at once, without a till.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

import msgspec

from benchmarks import raw
from benchmarks.buyers import buy_for
from benchmarks.figures import Figure, Pace, Run, milliseconds, of_runs, repeat
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
ALONE_SECONDS = 2.0
RAW_SECONDS = 1.5
HEAD_START_SECONDS = 0.5
PAUSE_SECONDS = 0.01
"""Between two commands: up to a hundred a second, more than any counter sees."""

MOST_P99_MS = 50


async def measure(pace: Pace) -> AsyncIterator[Figure]:
    """How long each of the till's commands takes, and what the storefront sells meanwhile."""
    for engine in ENGINES:
        async with running(engine) as platform:
            runs = await repeat(partial(_run, platform, pace), pace)
            yield of_runs(
                engine, "a till's command, p99", "ms", runs, "p99", raw="alone p99", most=MOST_P99_MS,
                beside=("p50 ms", "alone p50 ms", "commands"),
            )  # fmt: skip
            yield of_runs(engine, "sold meanwhile", "orders/s", runs, "orders/s", raw="raw")


async def _run(platform: Platform, pace: Pace) -> Run:
    articles, seconds = carts_of(platform.variant_ids), pace.seconds(RUN_SECONDS)
    async with _till(platform) as ring_up:
        alone = await ring_up(pace.seconds(ALONE_SECONDS))
        with Meter() as meter:
            buying = asyncio.create_task(
                buy_for(HEAD_START_SECONDS + seconds, buyers=BUYERS, port=port_of(platform), carts=articles)
            )
            await asyncio.sleep(HEAD_START_SECONDS)
            took = await ring_up(seconds)
            tally = await buying
    straight = await raw.checkouts(platform, pace.seconds(RAW_SECONDS), articles, at_once=BUYERS)
    return {
        "p50 ms": milliseconds(took, 0.5),
        "p99": milliseconds(took, 0.99),
        "alone p50 ms": milliseconds(alone, 0.5),
        "alone p99": milliseconds(alone, 0.99),
        "commands": len(took),
        "orders/s": len(tally.orders) / meter.seconds,
    } | (meter.shares() | straight)


@asynccontextmanager
async def _till(platform: Platform) -> AsyncIterator[Callable[[float], Awaitable[list[float]]]]:
    """The till's own process, ready to ring up for so many seconds; it tells the seconds that each command took."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.till",
        env=platform.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin and process.stdout
    asking, telling = process.stdin, process.stdout

    async def ring_up(seconds: float) -> list[float]:
        asking.write(f"{seconds}\n".encode())
        return msgspec.json.decode(await telling.readline(), type=list[float])

    try:
        yield ring_up
    finally:
        asking.close()
        await process.wait()


async def be_the_till() -> None:
    """For each line with so many seconds: a command, the next once it is durable, and so on; how long each took."""
    storage = wiring.open_storage(settings.read())
    level = await storage.read(SHOP_ID, _first_level)
    while line := await asyncio.to_thread(sys.stdin.readline):
        took: list[float] = []
        ends = time.perf_counter() + float(line)
        while time.perf_counter() < ends:
            began = time.perf_counter()
            await storage.desk(SHOP_ID).submit(inventory.adjust, key=f"till-{mint_token()}")(
                inventory_item_id=level.inventory_item_id, location_id=level.location_id, delta=-1
            )
            took.append(time.perf_counter() - began)
            await asyncio.sleep(PAUSE_SECONDS)
        print(msgspec.json.encode(took).decode(), flush=True)
    await storage.close()


def _first_level(view: Reading) -> Level:
    return inventory.levels_at(view, location_id=inventory.list_locations(view)[0].id)[0]


if __name__ == "__main__":
    asyncio.run(be_the_till())
