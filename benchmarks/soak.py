"""``python -m benchmarks.soak`` kills for long: a hundred kills on each engine, and the report ``docs/soak.md``.

``python -m benchmarks.soak 7 20`` takes another seed, and fewer kills. What went wrong stands in the report, and in
the exit code.
"""

import asyncio
import os
import platform
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from benchmarks.figures import percentile
from benchmarks.platform import ENGINES
from tests.platform import Platform
from tests.stories.audit import audit, read_book
from tests.stories.kills import DEADLINE_SECONDS, IN_EACH_STEP, IN_FLIGHT, STOCK, Kill, Killer

KILLS = 100
SEED = 20251201
REPORT = Path(__file__).parent.parent / "docs" / "soak.md"

_HEAD = """# Soak

Made by `make soak`. On each engine the real platform runs as real processes, and one of them after another is killed
(SIGKILL; PostgreSQL by an immediate shutdown) while payments are in every step of their way: at least {in_flight}
requests in flight, and at least {in_each} payments in each of *prepare*, *charge* and *settle*, counted at that moment.
A fifth of the shoppers never come back to ask.

The truth is what the shoppers were told, and the gateway's own book. At the end they are held against the platform's
tables: every promised order stands, once, of what was wanted; every charge that the gateway kept has its one order,
every other was given back or let go; no checkout is left half paid, no hold is left; ledger, stock, and the numbers of
orders, invoices and the feed are right.

Taken on {date}, seed {seed}: {machine}.
"""


class Soak(msgspec.Struct, frozen=True):
    """One engine's run."""

    engine: str
    kills: list[Kill]
    ended: Counter[str]
    """How the shoppers' checkouts ended, as far as they knew."""
    promised: int
    charges: int
    kept: int
    given_back: int
    wrong: list[str]
    seconds: float


async def soak(engine: str, kills: int, seed: int) -> Soak:
    """Kill so often on one engine, and audit."""
    began = time.monotonic()
    house = Platform(ENGINES[engine], MATJAR_GATEWAY_DEADLINE_SECONDS=str(DEADLINE_SECONDS))
    try:
        await asyncio.to_thread(house.open, stock=STOCK)
        killer = Killer(house, seed)
        victims = [house.names[number % len(house.names)] for number in range(kills)]
        killer.chance.shuffle(victims)
        for number, victim in enumerate(victims, 1):
            await killer.kill(victim)
            print(f"{engine}: {number} of {kills}, {victim}, {killer.kills[-1].back_seconds:.1f} s", flush=True)
        promised = {order_id for shopper in killer.shoppers for order_id in shopper.told}
        wrong = await audit(house, killer.shoppers, stock=STOCK)
        book = read_book(house)
        given_back = [line["charge"]["ask"]["key"] for line in house.twin_book() if line["did"] == "refund"]
    finally:
        await asyncio.to_thread(house.stop)
    return Soak(
        engine=engine,
        kills=killer.kills,
        ended=Counter(shopper.ended for shopper in killer.shoppers),
        promised=len(promised),
        charges=len(book),
        kept=sum(charge.kept_minor > 0 for charge in book),
        given_back=len(set(given_back)),
        wrong=wrong,
        seconds=time.monotonic() - began,
    )


def report(soaks: list[Soak], seed: int) -> str:
    """The page."""
    today = datetime.now(UTC).date().isoformat()
    here = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    page = _HEAD.format(in_flight=IN_FLIGHT, in_each=IN_EACH_STEP, date=today, seed=seed, machine=here)
    return page + "".join(_section(each) for each in soaks)


def _section(soak: Soak) -> str:
    least = {step: min(kill.steps[step] for kill in soak.kills) for step in soak.kills[0].steps}
    in_flight = min(kill.in_flight for kill in soak.kills)
    in_steps = ", ".join(f"{count} in {step}" for step, count in least.items())
    lines = [
        f"\n## {soak.engine}: {'FAILED' if soak.wrong else 'passed'}\n",
        f"{len(soak.kills)} kills in {soak.seconds:,.0f} s; at the least {in_flight} requests in flight, {in_steps}.\n",
        "| killed | times | until all was well again: median | longest |\n|---|---|---|---|",
    ]
    for victim, times in Counter(kill.victim for kill in soak.kills).items():
        back = [kill.back_seconds for kill in soak.kills if kill.victim == victim]
        lines.append(f"| {victim} | {times} | {percentile(back, 0.5):.1f} s | {max(back):.1f} s |")
    lines.append(f"\n| of {soak.ended.total():,} checkouts | |\n|---|---|")
    lines += [f"| {ended} | {count:,} |" for ended, count in soak.ended.most_common()]
    lines += [
        f"\n{soak.promised:,} orders were promised to shoppers who waited for the answer. The gateway was asked for",
        f"{soak.charges:,} charges, kept {soak.kept:,}, and gave {soak.given_back:,} back.\n",
    ]
    lines += [f"* {wrong}" for wrong in soak.wrong] or ["Nothing was lost, nothing was done twice, all sums are right."]
    return "\n".join(lines) + "\n"


def main(seed: int = SEED, kills: int = KILLS) -> int:
    """Soak both engines, and write the report; the exit code is the number of things that were wrong."""
    soaks = [asyncio.run(soak(engine, kills, seed)) for engine in ENGINES]
    REPORT.write_text(report(soaks, seed))
    print(f"written to {REPORT}")
    return sum(len(each.wrong) for each in soaks)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
