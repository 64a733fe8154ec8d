"""Overload: buyers arrive at three and at ten times the rate that can be served, and go when they are turned away.

The generator has one core and the platform the other, PostgreSQL included, so that neither takes from the other what is
measured; so the peak is lower than the checkout's figures on both cores. Arrivals are by schedule: no answer, and no
lack of one, holds them up, and every time counts from when the buyer was due. Who is turned away at the door does not
come back; who was let in is seen through. *Peak* is what 64 buyers get who wait for their answers, measured anew before
each two crowds; its *raw* is the same checkouts straight to the storage, with one core for all that does. *late* is by
how much the generator missed its own schedule.
"""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from benchmarks import raw
from benchmarks.buyers import Tally, arrive, buy_for
from benchmarks.client import Pool
from benchmarks.figures import Figure, Pace, Run, milliseconds, of_runs, repeat
from benchmarks.machine import Meter, offspring, pin
from benchmarks.platform import ENGINES, Platform, port_of, running
from benchmarks.shop import carts_of

PEAK_BUYERS = 64
TIMES = (3, 10)
PEAK_SECONDS = 2.0
CROWD_SECONDS = 3.0
SETTLING_SECONDS = 1.0
"""A crowd's first second fills the platform; it is measured from then on."""
CONNECTIONS = 1_000

LEAST_OF_PEAK = 80
MOST_REFUSAL_MS = 50

_BESIDE = ("arrivals/s", "orders/s", "refused/s", "p50 ms", "p99 ms", "late p99 ms")


class Cores(NamedTuple):
    """Who has which."""

    generator: int
    platform: int


async def measure(pace: Pace) -> AsyncIterator[Figure]:
    """What is still sold under overload, in percent of the most that is sold without, and how fast a "no" comes."""
    for engine in ENGINES:
        async with running(engine) as platform:
            with _pinned() as cores:
                await _calm(platform, pace)
                rounds = await repeat(partial(_round, platform, cores, pace), pace)
        yield of_runs(engine, "peak", "orders/s", [peak for peak, *_ in rounds], "orders/s", raw="raw")
        for times, crowds in zip(TIMES, zip(*(crowds for _, *crowds in rounds), strict=True), strict=True):
            least, most = (LEAST_OF_PEAK, MOST_REFUSAL_MS) if times == min(TIMES) else (None, None)
            sold, refused = f"sold at {times} × peak", f"refusals at {times} × peak, p99"
            yield of_runs(engine, sold, "% of peak", crowds, "of peak", least=least, beside=_BESIDE)
            yield of_runs(engine, refused, "ms", crowds, "refusals p99", most=most)


async def _round(platform: Platform, cores: Cores, pace: Pace) -> list[Run]:
    """The peak, raw and over HTTP, and right after it the crowds that are measured by it."""
    straight = await _straight(platform, cores, pace)
    peak = await _calm(platform, pace) | straight
    return [peak, *[await _crowd(platform, peak["orders/s"], times, pace) for times in TIMES]]


async def _straight(platform: Platform, cores: Cores, pace: Pace) -> Run:
    """The raw rate, for which we move to the platform's core: part of the work is done in this process."""
    pin(os.getpid(), {cores.platform})
    try:
        carts = carts_of(platform.variant_ids)
        return await raw.checkouts(platform, pace.seconds(PEAK_SECONDS), carts, at_once=PEAK_BUYERS)
    finally:
        pin(os.getpid(), {cores.generator})


async def _calm(platform: Platform, pace: Pace) -> Run:
    with Meter() as meter:
        carts = carts_of(platform.variant_ids)
        tally = await buy_for(pace.seconds(PEAK_SECONDS), buyers=PEAK_BUYERS, port=port_of(platform), carts=carts)
    return {"orders/s": len(tally.orders) / meter.seconds} | meter.shares()


async def _crowd(platform: Platform, peak: float, times: int, pace: Pace) -> Run:
    seconds = pace.seconds(CROWD_SECONDS)
    pool, tally = Pool(port_of(platform), CONNECTIONS), Tally()
    carts = itertools.cycle(carts_of(platform.variant_ids))
    crowd = asyncio.create_task(
        arrive(peak * times, SETTLING_SECONDS + seconds, ask=pool.ask, carts=carts, tally=tally)
    )
    await asyncio.sleep(SETTLING_SECONDS)
    before, refused_before, late_before = len(tally.orders), len(tally.refusals), len(tally.late)
    with Meter() as meter:
        await asyncio.sleep(seconds)
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
def _pinned() -> Iterator[Cores]:
    """The generator on the first core, everything that it started on the second."""
    all_cores = os.sched_getaffinity(0)
    cores = Cores(*sorted(all_cores)[:2])
    for pid in offspring(os.getpid()):
        pin(pid, {cores.platform})
    pin(os.getpid(), {cores.generator})
    try:
        yield cores
    finally:
        pin(os.getpid(), all_cores)
