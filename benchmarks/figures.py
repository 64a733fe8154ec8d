"""Figures: what was measured, what it should be, and what of several runs is told."""

import statistics
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import msgspec

RUNS = 3
"""Runs of each measurement; told is their median."""

T = TypeVar("T")
Run = dict[str, float]
"""What one run measured, by name."""


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One figure: the median of several runs, each with the same platform."""

    group: str
    name: str
    unit: str
    value: float
    runs: tuple[float, ...] = ()
    least: float | None = None
    most: float | None = None
    raw: float | None = None
    """The same transactions given straight to the storage, in the same run."""
    generator: float | None = None
    """The load generator's share of the machine's processor time."""
    others: float | None = None
    """The share of those who have nothing to do with it: where they took much, the figure says little."""
    beside: dict[str, float] = {}
    """What else was measured in the same runs: name with its unit, median."""

    @property
    def target(self) -> str:
        """What it should be, for people."""
        if self.least is not None:
            return f"{'=' if self.least == self.most else '≥'} {self.least:,.0f}"
        return "" if self.most is None else f"≤ {self.most:,.0f}"

    @property
    def met(self) -> bool:
        """Whether it is what it should be."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies; 0 where there is none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def milliseconds(values: Sequence[float], share: float) -> float:
    """The same, of seconds, in milliseconds."""
    return percentile(values, share) * 1000


async def repeat(measure: Callable[[], Awaitable[T]], times: int = RUNS) -> list[T]:
    """Measure several times."""
    return [await measure() for _ in range(times)]


def median(runs: Sequence[Run], name: str) -> float:
    """The median of one thing that every run measured."""
    return statistics.median(run[name] for run in runs)


def of_runs(
    group: str, name: str, unit: str, runs: Sequence[Run], told: str, *,
    least: float | None = None, most: float | None = None, raw: str = "", beside: Sequence[str] = (),
) -> Figure:  # fmt: skip
    """A figure from several runs; ``told``, ``raw`` and ``beside`` are names of what each run measured."""
    return Figure(
        group, name, unit, median(runs, told),
        runs=tuple(round(run[told], 3) for run in runs),
        least=least,
        most=most,
        raw=median(runs, raw) if raw else None,
        generator=median(runs, "generator") if "generator" in runs[0] else None,
        others=median(runs, "others") if "others" in runs[0] else None,
        beside={each: round(median(runs, each), 3) for each in beside},
    )  # fmt: skip
