"""A guest's whole checkout over HTTP: create, update with address and delivery, pay with a card. Three calls.

Each answer is durable before it is given. So many buyers buy again and again, without a pause, each over a connection
of their own; a checkout is one article, and every article takes its turn. The card is charged by the gateway's twin, a
process of its own, over HTTP; it says yes at once, so no bank's time is in these figures. *Raw* is the same four
commands (paying is two: prepare and settle) given straight to the storage by as many at once, right after each run.
"""

from collections.abc import AsyncIterator
from functools import partial

from benchmarks import raw
from benchmarks.buyers import buy_for
from benchmarks.figures import Figure, Pace, Run, milliseconds, of_runs, repeat
from benchmarks.machine import Meter
from benchmarks.platform import ENGINES, Platform, port_of, running
from benchmarks.shop import carts_of

BUYERS = (1, 8, 32, 64)
RUN_SECONDS = 3.0
RAW_SECONDS = 1.5
WARM_UP_SECONDS = 1.0

LEAST_ORDERS = {"SQLite": 740, "PostgreSQL": 250}
"""At 64 buyers. 740 orders a second was Shopify's peak of 2025, of all its shops together."""
MOST_P99_MS = {"SQLite": 150, "PostgreSQL": None}

_BESIDE = ("p50 ms", "p99 ms", "call p50 ms", "call p99 ms", "CPU ms an order")


async def measure(pace: Pace) -> AsyncIterator[Figure]:
    """Orders per second on each engine, for each number of buyers."""
    for engine in ENGINES:
        async with running(engine) as platform:
            carts = carts_of(platform.variant_ids)
            await buy_for(WARM_UP_SECONDS, buyers=64, port=port_of(platform), carts=carts)
            for buyers in BUYERS:
                runs = await repeat(partial(_run, platform, buyers, pace), pace)
                most = buyers == max(BUYERS)
                yield of_runs(
                    engine, f"{buyers} buyer{'s' * (buyers > 1)}", "orders/s", runs, "orders", raw="raw",
                    least=LEAST_ORDERS[engine] if most else None, beside=_BESIDE,
                )  # fmt: skip
                if most:
                    yield of_runs(
                        engine, f"{buyers} buyers, p99 of a whole checkout", "ms", runs, "p99 ms", raw="raw p99 ms",
                        most=MOST_P99_MS[engine],
                    )  # fmt: skip


async def _run(platform: Platform, buyers: int, pace: Pace) -> Run:
    """One run of buyers, and right after it one straight to the storage, by as many at once."""
    carts = carts_of(platform.variant_ids)
    with Meter() as meter:
        tally = await buy_for(pace.seconds(RUN_SECONDS), buyers=buyers, port=port_of(platform), carts=carts)
    assert not tally.codes, f"every checkout goes through here: {tally.codes}"
    straight = await raw.checkouts(platform, pace.seconds(RAW_SECONDS), carts, at_once=buyers)
    return {
        "orders": len(tally.orders) / meter.seconds,
        "p50 ms": milliseconds(tally.flows, 0.5),
        "p99 ms": milliseconds(tally.flows, 0.99),
        "call p50 ms": milliseconds(tally.calls, 0.5),
        "call p99 ms": milliseconds(tally.calls, 0.99),
        "CPU ms an order": meter.platform_seconds / len(tally.orders) * 1000,
    } | (meter.shares() | straight)
