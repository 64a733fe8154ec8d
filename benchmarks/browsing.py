"""Browsing: a product and a list of 20 as JSON, from ready bytes and made anew, while prices change.

All products and languages are asked in rotation, and one product's price changes each second.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from benchmarks.client import connect, request
from benchmarks.figures import Figure, Run, milliseconds, of_runs, repeat
from benchmarks.machine import Meter
from benchmarks.platform import Platform, port_of, running
from benchmarks.shop import HOST, LANGUAGES, SHOP_ID, handle_of
from matjar.domain import catalog

PRODUCTS = 200
LIST_PRODUCTS = 20
CONNECTIONS = 32
RUN_SECONDS = 2.0
LEAST_READY = 8_000

_BESIDE = ("p50 ms", "p99 ms", "platform", "bytes")

UNCACHED = (("Cache-Control", "no-cache"),)
"""Ready bytes are not good enough for whoever sends this."""


async def measure() -> AsyncIterator[Figure]:
    """Answers per second, by SQLite's platform; the other engine is not asked either while a storefront browses."""
    products = [f"/products/{handle_of(number)}.json" for number in range(PRODUCTS)]
    lists = [f"/products.json?page={page + 1}&limit={LIST_PRODUCTS}" for page in range(PRODUCTS // LIST_PRODUCTS)]
    async with running("SQLite", products=PRODUCTS) as platform, _prices_change(platform):
        for name, paths in (("a product", products), (f"a list of {LIST_PRODUCTS}", lists)):
            for how, headers in (("ready", ()), ("made anew", UNCACHED)):
                requests = [
                    request("GET", path, HOST, headers=(("Accept-Language", language), *headers))
                    for path in paths
                    for language in LANGUAGES
                ]
                await _run(platform, requests)
                runs = await repeat(partial(_run, platform, requests))
                least = None if headers else LEAST_READY
                yield of_runs("JSON", f"{name}, {how}", "answers/s", runs, "answers", least=least, beside=_BESIDE)


async def _run(platform: Platform, requests: list[bytes]) -> Run:
    turn = itertools.cycle(requests)
    seconds: list[float] = []
    taken = 0
    ends = time.perf_counter() + RUN_SECONDS

    async def browse() -> None:
        nonlocal taken
        connection = await connect(port_of(platform))
        began = time.perf_counter()
        while began < ends:
            answer = await connection.ask(next(turn))
            assert answer.status == 200
            taken += len(answer.body)
            now = time.perf_counter()
            seconds.append(now - began)
            began = now
        connection.close()

    with Meter() as meter:
        await asyncio.gather(*(browse() for _ in range(CONNECTIONS)))
    return {
        "answers": len(seconds) / meter.seconds,
        "p50 ms": milliseconds(seconds, 0.5),
        "p99 ms": milliseconds(seconds, 0.99),
        "bytes": taken / len(seconds),
    } | meter.shares()


@asynccontextmanager
async def _prices_change(platform: Platform) -> AsyncIterator[None]:
    """One product's price, and another's each second."""
    storage = platform.storage()
    desk = storage.desk(SHOP_ID)

    async def change() -> None:
        for number, variant_id in enumerate(itertools.cycle(platform.variant_ids)):
            await desk.submit(catalog.set_price)(variant_id=variant_id, price_minor=5000 + number)
            await asyncio.sleep(1)

    changing = asyncio.create_task(change())
    try:
        yield
    finally:
        changing.cancel()
        await storage.close()
