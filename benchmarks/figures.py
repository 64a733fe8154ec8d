"""Figures: what was measured, what it should be, and what of several runs is told."""

import math
import statistics
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, TypeVar

import msgspec

BUSY = 0.15
"""A share of all processor time: where others took more than this, a run was taken on a busy machine."""

T = TypeVar("T")
Run = dict[str, float]
"""What one run measured, by name."""


class Pace(NamedTuple):
    """How often each measurement is taken, told is the median; and how long one stretch of it lasts at most."""

    runs: int
    most_seconds: float = math.inf

    def seconds(self, usual: float) -> float:
        """How long a stretch lasts that usually lasts this long."""
        return min(usual, self.most_seconds)


USUAL = Pace(runs=3)
QUICK = Pace(runs=1, most_seconds=1.0)
"""To see that it runs; the figures are worth nothing."""


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
    """The same work given straight to what does it, without HTTP, in the same runs: median, in the same unit."""
    ratio: float | None = None
    """The figure by its raw."""
    generator: float | None = None
    """The load generator's share of the processor time of all cores."""
    platform: float | None = None
    """The platform's share, the database's among it."""
    others: float | None = None
    """The share of those who have nothing to do with it: where they took much, the figure says little."""
    busy_runs: int = 0
    """Runs in which others took more than ``BUSY``, of the figure's own time or of its raw's."""
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


async def repeat(measure: Callable[[], Awaitable[T]], pace: Pace) -> list[T]:
    """Measure several times."""
    return [await measure() for _ in range(pace.runs)]


def median(runs: Sequence[Run], name: str) -> float:
    """The median of one thing that every run measured."""
    return statistics.median(run[name] for run in runs)


def of_runs(
    group: str, name: str, unit: str, runs: Sequence[Run], told: str, *,
    least: float | None = None, most: float | None = None, raw: str = "", beside: Sequence[str] = (),
) -> Figure:  # fmt: skip
    """A figure from several runs; ``told``, ``raw`` and ``beside`` are names of what each run measured."""
    value = median(runs, told)
    straight = median(runs, raw) if raw else None
    return Figure(
        group, name, unit, value,
        runs=tuple(round(run[told], 3) for run in runs),
        least=least,
        most=most,
        raw=straight,
        ratio=value / straight if straight else None,
        generator=_share(runs, "generator"),
        platform=_share(runs, "platform"),
        others=_share(runs, "others"),
        busy_runs=sum(max(run.get("others", 0.0), run.get("raw others", 0.0)) > BUSY for run in runs),
        beside={each: round(median(runs, each), 3) for each in beside},
    )  # fmt: skip


def _share(runs: Sequence[Run], who: str) -> float | None:
    return median(runs, who) if who in runs[0] else None
