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
from benchmarks.figures import Figure, Run, milliseconds, of_runs, repeat
from benchmarks.machine import Meter, offspring, pin
from benchmarks.platform import Platform, port_of, running
from benchmarks.shop import carts_of

PEAK_BUYERS = 64
TIMES = (3, 10)
PEAK_SECONDS = 2.0
CROWD_SECONDS = 4.0
SETTLING_SECONDS = 1.0
"""A crowd's first second fills the platform; it is measured from then on."""
CONNECTIONS = 1_000

LEAST_OF_PEAK = 80
MOST_REFUSAL_MS = 50

_BESIDE = ("arrivals/s", "orders/s", "refused/s", "p50 ms", "p99 ms", "late p99 ms")


async def measure() -> AsyncIterator[Figure]:
    """What is still sold under overload, in percent of the most that is sold without, and how fast a "no" comes."""
    async with running("SQLite") as platform:
        with _pinned():
            await _calm(platform)
            rounds = await repeat(partial(_round, platform))
    yield of_runs("one core", "peak", "orders/s", [peak for peak, *_ in rounds], "orders/s")
    for times, crowds in zip(TIMES, zip(*(crowds for _, *crowds in rounds), strict=True), strict=True):
        least, most = (LEAST_OF_PEAK, MOST_REFUSAL_MS) if times == min(TIMES) else (None, None)
        sold, refused = f"sold at {times} × peak", f"refusals at {times} × peak, p99"
        yield of_runs("one core", sold, "% of peak", crowds, "of peak", least=least, beside=_BESIDE)
        yield of_runs("one core", refused, "ms", crowds, "refusals p99", most=most)


async def _round(platform: Platform) -> list[Run]:
    """The peak, and right after it the crowds that are measured by it."""
    peak = await _calm(platform)
    return [peak, *[await _crowd(platform, peak["orders/s"], times) for times in TIMES]]


async def _calm(platform: Platform) -> Run:
    with Meter() as meter:
        carts = carts_of(platform.variant_ids)
        tally = await buy_for(PEAK_SECONDS, buyers=PEAK_BUYERS, port=port_of(platform), carts=carts)
    return {"orders/s": len(tally.orders) / meter.seconds} | meter.shares()


async def _crowd(platform: Platform, peak: float, times: int) -> Run:
    pool, tally = Pool(port_of(platform), CONNECTIONS), Tally()
    carts = itertools.cycle(carts_of(platform.variant_ids))
    crowd = asyncio.create_task(arrive(peak * times, CROWD_SECONDS, ask=pool.ask, carts=carts, tally=tally))
    await asyncio.sleep(SETTLING_SECONDS)
    before, refused_before, late_before = len(tally.orders), len(tally.refusals), len(tally.late)
    with Meter() as meter:
        await asyncio.sleep(CROWD_SECONDS - SETTLING_SECONDS)
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
    } | meter.shares()


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
