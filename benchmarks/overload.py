"""Overload: buyers arrive at three and at ten times the rate that can be served, and go when they are turned away.

The generator has one core and the platform the other, so that neither takes from the other what is measured. Arrivals
are by schedule: no answer, and no lack of one, holds them up.
"""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial

from benchmarks.buyers import Tally, arrive, buy_for
from benchmarks.client import Pool
from benchmarks.figures import Figure, Run, median, medians, milliseconds, repeat
from benchmarks.machine import Meter, offspring, pin
from benchmarks.platform import Platform, running
from benchmarks.shop import carts_of

TIMES = (3, 10)
PEAK_BUYERS = (32, 64)
RUN_SECONDS = 5.0
SETTLING_SECONDS = 1.0
"""The first second fills the platform; it is measured from then on."""
CONNECTIONS = 1_000

LEAST_OF_PEAK = 80
MOST_REFUSAL_MS = 50

_BESIDE = ("arrivals/s", "orders/s", "p50 ms", "p99 ms", "refused/s", "late p99 ms")


async def measure() -> AsyncIterator[Figure]:
    """What is still sold under overload, in percent of the most that is sold without, and how fast a "no" comes."""
    async with running("SQLite") as platform:
        with _pinned():
            await _closed(platform, max(PEAK_BUYERS))
            peaks = [await repeat(partial(_closed, platform, buyers)) for buyers in PEAK_BUYERS]
            runs = max(peaks, key=lambda runs: median(runs, "orders"))
            peak = median(runs, "orders")
            yield Figure(
                "one core", "peak", "orders/s", peak, runs=tuple(run["orders"] for run in runs),
                generator=median(runs, "generator"),
            )  # fmt: skip
            for times in TIMES:
                runs = await repeat(partial(_overload, platform, peak, times))
                held = times == min(TIMES)
                yield Figure(
                    "one core", f"sold at {times} × peak", "% of peak", median(runs, "of peak"),
                    runs=tuple(run["of peak"] for run in runs), least=LEAST_OF_PEAK if held else None,
                    generator=median(runs, "generator"), beside=medians(runs, _BESIDE),
                )  # fmt: skip
                yield Figure(
                    "one core", f"refusals at {times} × peak, p99", "ms", median(runs, "refusals p99"),
                    runs=tuple(run["refusals p99"] for run in runs), most=MOST_REFUSAL_MS if held else None,
                )  # fmt: skip


async def _closed(platform: Platform, buyers: int) -> Run:
    with Meter() as meter:
        tally = await buy_for(
            RUN_SECONDS / 2, buyers=buyers, port=platform.port, host=platform.host, carts=carts_of(platform.variant_ids)
        )
    return {"orders": len(tally.orders) / meter.seconds, "generator": meter.generator}


async def _overload(platform: Platform, peak: float, times: int) -> Run:
    pool, tally = Pool(platform.port, CONNECTIONS), Tally()
    carts = itertools.cycle(carts_of(platform.variant_ids))
    crowd = asyncio.create_task(
        arrive(peak * times, RUN_SECONDS, ask=pool.ask, host=platform.host, carts=carts, tally=tally)
    )
    await asyncio.sleep(SETTLING_SECONDS)
    before, refused_before, late_before = len(tally.orders), len(tally.refusals), len(tally.late)
    with Meter() as meter:
        await asyncio.sleep(RUN_SECONDS - SETTLING_SECONDS)
        orders = len(tally.orders) - before
        refusals, late = tally.refusals[refused_before:], tally.late[late_before:]
    await crowd
    pool.close()
    return {
        "arrivals/s": len(late) / meter.seconds,
        "orders/s": orders / meter.seconds,
        "of peak": orders / meter.seconds / peak * 100,
        "refused/s": len(refusals) / meter.seconds,
        "refusals p99": milliseconds(refusals, 0.99),
        "p50 ms": milliseconds(tally.flows, 0.5),
        "p99 ms": milliseconds(tally.flows, 0.99),
        "late p99 ms": milliseconds(late, 0.99),
        "generator": meter.generator,
    }


@contextmanager
def _pinned() -> Iterator[None]:
    """The generator on the first core, everything that it started on the second."""
    cores = os.sched_getaffinity(0)
    first, second = sorted(cores)[:2]
    for pid in offspring(os.getpid()):
        pin(pid, second)
    pin(os.getpid(), first)
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)
