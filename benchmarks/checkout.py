"""A guest's whole checkout over HTTP, durable: create, update with address and delivery, pay with a card."""

from collections.abc import AsyncIterator
from functools import partial

from benchmarks import raw
from benchmarks.buyers import buy_for
from benchmarks.figures import Figure, Run, milliseconds, of_runs, repeat
from benchmarks.machine import Meter
from benchmarks.platform import ENGINES, Platform, port_of, running
from benchmarks.shop import carts_of

BUYERS = (1, 8, 32, 64)
RUN_SECONDS = 3.0
RAW_SECONDS = 1.5
WARM_UP_SECONDS = 1.0

LEAST_ORDERS = {"SQLite": 740, "PostgreSQL": 250}
"""At 64 buyers. 740 orders a second was Shopify's peak of 2025, of all its shops together."""
MOST_P99_MS = 150

_BESIDE = ("p50 ms", "p99 ms", "call p50 ms", "call p99 ms", "CPU ms an order")


async def measure() -> AsyncIterator[Figure]:
    """Orders per second on each engine, for each number of buyers."""
    for engine in ENGINES:
        async with running(engine) as platform:
            await buy_for(WARM_UP_SECONDS, buyers=64, port=port_of(platform), carts=_carts(platform))
            for buyers in BUYERS:
                runs = await repeat(partial(_run, platform, buyers))
                most = buyers == max(BUYERS)
                yield of_runs(
                    engine, f"{buyers} buyer{'s' * (buyers > 1)}", "orders/s", runs, "orders",
                    least=LEAST_ORDERS[engine] if most else None, raw="raw", beside=_BESIDE,
                )  # fmt: skip
                if most:
                    yield of_runs(engine, f"{buyers} buyers, p99 of it all", "ms", runs, "p99 ms", most=MOST_P99_MS)


async def _run(platform: Platform, buyers: int) -> Run:
    """One run of buyers, and right after it one straight to the storage, by as many at once."""
    with Meter() as meter:
        tally = await buy_for(RUN_SECONDS, buyers=buyers, port=port_of(platform), carts=_carts(platform))
    assert not tally.codes, f"every checkout goes through here: {tally.codes}"
    return {
        "orders": len(tally.orders) / meter.seconds,
        "raw": await raw.checkouts_per_second(platform, RAW_SECONDS, at_once=buyers),
        "p50 ms": milliseconds(tally.flows, 0.5),
        "p99 ms": milliseconds(tally.flows, 0.99),
        "call p50 ms": milliseconds(tally.calls, 0.5),
        "call p99 ms": milliseconds(tally.calls, 0.99),
        "CPU ms an order": meter.platform_seconds / len(tally.orders) * 1000,
    } | meter.shares()


def _carts(platform: Platform) -> list[list[str]]:
    return carts_of(platform.variant_ids)
