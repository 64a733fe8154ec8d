"""``python -m benchmarks`` measures everything; ``python -m benchmarks checkout hot`` only those.

With ``--quick`` everything is taken once and for a second, to see that it runs; the project's figures stay as they are.
"""

import asyncio
import inspect
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

import uvloop
from rich.console import Console

from benchmarks import browsing, catalogue, checkout, footprint, hot, overload, report, search, sessions, till
from benchmarks.figures import QUICK, USUAL, Figure, Pace

MEASUREMENTS: dict[str, ModuleType] = {
    "checkout": checkout,
    "hot": hot,
    "browsing": browsing,
    "overload": overload,
    "till": till,
    "footprint": footprint,
    "catalogue": catalogue,
    "search": search,
    "sessions": sessions,
}
"""Each yields its figures from ``measure``, and tells in its docstring how they are taken."""

console = Console(width=None if sys.stdout.isatty() else 200)


async def measure(name: str, pace: Pace) -> list[Figure]:
    """One measurement, with each figure told as soon as it is known."""
    console.rule(f"[bold]{name}", align="left")
    figures = []
    async for figure in MEASUREMENTS[name].measure(pace):
        figures.append(figure)
        console.print(f"{figure.group:<12}{figure.name:<64}{figure.value:>12,.1f} {figure.unit}", highlight=False)
    return figures


def main(asked: list[str]) -> int:
    """Measure what is asked for, or everything; the exit code is the number of targets missed."""
    quick, names = "--quick" in asked, [name for name in asked if name != "--quick"]
    unknown = set(names) - set(MEASUREMENTS)
    if unknown:
        console.print(f"Nothing measures {', '.join(sorted(unknown))}. There are: {', '.join(MEASUREMENTS)}.")
        return 2
    folder = Path(tempfile.mkdtemp(prefix="matjar-figures-")) if quick else None
    results, page = (folder / "results.json", folder / "figures.md") if folder else (report.RESULTS, report.PAGE)
    began = time.monotonic()
    missed = 0
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for name in names or MEASUREMENTS:
            figures = runner.run(measure(name, QUICK if quick else USUAL))
            report.show(console, name, figures)
            report.save(name, inspect.getdoc(MEASUREMENTS[name]) or "", figures, results, page)
            missed += sum(not figure.met for figure in figures)
    console.print(f"\n{time.monotonic() - began:.0f} s; written to {results} and {page}")
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
