"""The page: ``docs/figures.md``, from what the JSON file says and from nothing else but the peers' figures."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from benchmarks.figures import BUSY, Figure
from benchmarks.peers import PEERS, WHAT, WHERE


class Section(msgspec.Struct):
    """One measurement: how it was taken, when and where, and what came of it."""

    how: str
    taken: str
    figures: list[Figure]


HEADINGS = ("figure", "median (least – most)", "target", "raw", "ratio", "gen · plat · others", "beside")

_INTRODUCTION = f"""# Figures

Made by `make bench`, from `benchmarks/results.json`; nobody writes here by hand. What is measured is the platform as
`make run` starts it: real processes, in a home of their own, asked over HTTP on the loopback. Whatever is answered is
durable by then: SQLite with `synchronous=FULL`, PostgreSQL with `fsync`, `synchronous_commit` and `full_page_writes`.

* **median**: of several runs on the same platform, with the least and the most of them.
* **raw**: the same work in the same run, given straight to what does it, past HTTP: mostly the same transactions, given
  to the storage by as many at once. What exactly, each section says. **ratio**: the figure by its raw, so above 1
  where a time is longer.
* **gen · plat · others**: shares of the processor time of all cores. The load generator (gen) runs on the same machine
  and takes from what it measures; plat is the platform with its database; others are all who have nothing to do with
  it, the host among them. On two cores, 50 % is one core that is never idle.
* **busy**: in so many runs others took more than {BUSY * 100:.0f} %, of the run or of its raw. Such a figure says more
  about that machine than about this platform: measure it again.
"""


def render(sections: dict[str, Section]) -> str:
    """The page as a whole."""
    lines = [_INTRODUCTION, "## What is not met", ""]
    lines += _told(sections, _miss) or ["Every target is met."]
    if busy := _told(sections, _disturbance):
        lines += ["", "## What was taken on a busy machine", "", *busy]
    for name, section in sections.items():
        lines += ["", f"## {name.capitalize()}", "", section.how.replace("``", "`"), "", section.taken, ""]
        lines += _table(("on", *HEADINGS), ((figure.group, *cells(figure)) for figure in section.figures))
        if name in PEERS:
            lines += ["", f"Peers, {WHAT[name]}. {WHERE}", ""]
            lines += _table(("peer", "figure", "note"), PEERS[name])
    return "\n".join(lines) + "\n"


def cells(figure: Figure) -> tuple[str, ...]:
    """A figure's row, without its group."""
    held = "" if not figure.target else " ✓" if figure.met else " ✗"
    return (
        figure.name,
        f"{_value(figure)}{_spread(figure)}",
        figure.target + held,
        _number(figure.raw) if figure.raw else "",
        f"{figure.ratio:,.2f}" if figure.ratio else "",
        _shares(figure),
        ", ".join(f"{name} {_number(value)}" for name, value in figure.beside.items()),
    )


def _told(sections: dict[str, Section], tell: Callable[[Figure], str]) -> list[str]:
    return [
        f"* {name.capitalize()}, {figure.group}, {figure.name}: {sentence}"
        for name, section in sections.items()
        for figure in section.figures
        if (sentence := tell(figure))
    ]


def _miss(figure: Figure) -> str:
    """What is not as it should be, in plain words."""
    if figure.met:
        return ""
    exact, too_little = figure.least == figure.most, figure.least is not None and figure.value < figure.least
    bound = f"{'exactly' if exact else 'at least' if too_little else 'at most'} "
    return f"{_value(figure)}; {bound}{figure.least if too_little else figure.most:,.0f} is the target."


def _disturbance(figure: Figure) -> str:
    """How much others took, where it was too much."""
    return f"{_busy(figure)}, others took {(figure.others or 0) * 100:.0f} %." if figure.busy_runs else ""


def _busy(figure: Figure) -> str:
    return f"busy in {figure.busy_runs} of {len(figure.runs)} runs"


def _value(figure: Figure) -> str:
    return f"{_number(figure.value)} {figure.unit}".strip()


def _spread(figure: Figure) -> str:
    """The least and the most of the runs, where they differ."""
    ends = dict.fromkeys(_number(end) for end in (min(figure.runs), max(figure.runs))) if figure.runs else {}
    return f" ({' – '.join(ends)})" if len(ends) > 1 else ""


def _shares(figure: Figure) -> str:
    """Who took how much of the machine, and a mark where it was not ours alone."""
    shares = (figure.generator, figure.platform, figure.others)
    told = " · ".join("–" if share is None else f"{share * 100:.0f}" for share in shares)
    return f"{told} %{f', {_busy(figure)}' if figure.busy_runs else ''}"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (headings, ["---"] * len(headings), *rows):
        yield f"| {' | '.join(row)} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
