"""``python -m benchmarks`` measures everything; ``python -m benchmarks checkout hot`` only those."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable

import uvloop
from rich.console import Console

from benchmarks import browsing, catalogue, checkout, footprint, hot, overload, report, till
from benchmarks.figures import Figure

MEASUREMENTS: dict[str, Callable[[], AsyncIterator[Figure]]] = {
    "checkout": checkout.measure,
    "hot": hot.measure,
    "browsing": browsing.measure,
    "overload": overload.measure,
    "till": till.measure,
    "footprint": footprint.measure,
    "catalogue": catalogue.measure,
}

console = Console(width=None if sys.stdout.isatty() else 140)


async def measure(name: str) -> list[Figure]:
    """One measurement, with each figure told as soon as it is known."""
    console.rule(f"[bold]{name}", align="left")
    figures = []
    async for figure in MEASUREMENTS[name]():
        figures.append(figure)
        console.print(f"{figure.group:<12}{figure.name:<40}{figure.value:>12,.1f} {figure.unit}", highlight=False)
    return figures


def main(asked: list[str]) -> int:
    """Measure what is asked for, or everything; the exit code is the number of targets missed."""
    unknown = set(asked) - set(MEASUREMENTS)
    if unknown:
        console.print(f"Nothing measures {', '.join(sorted(unknown))}. There are: {', '.join(MEASUREMENTS)}.")
        return 2
    began = time.monotonic()
    missed = 0
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for name in asked or MEASUREMENTS:
            figures = runner.run(measure(name))
            report.show(console, name, figures)
            report.save(name, figures)
            missed += sum(not figure.met for figure in figures)
    console.print(f"\n{time.monotonic() - began:.0f} s; written to {report.RESULTS} and {report.PAGE}")
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
