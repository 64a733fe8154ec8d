"""The report: a table for the terminal, JSON for programs, and a page for people, all from the same figures."""

import datetime as dt
import os
import platform
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure
from benchmarks.peers import PEERS

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
PAGE = ROOT / "docs" / "figures.md"

OTHERS_TO_TELL = 0.05
"""From which share of the machine on those are told of who had nothing to do with it."""

_HEADINGS = ("figure", "median", "target", "raw", "generator", "beside")


class Report(msgspec.Struct):
    """All figures by the measurement that they come from, and for each when and where they were taken."""

    figures: dict[str, list[Figure]]
    taken: dict[str, str]


def save(name: str, figures: list[Figure]) -> None:
    """Write one measurement's figures into the JSON file and the page; what others measured stays."""
    report = Report({}, {})
    if RESULTS.exists():
        report = msgspec.json.decode(RESULTS.read_bytes(), type=Report)
    report.figures[name] = figures
    today = dt.datetime.now(dt.UTC).date()
    report.taken[name] = f"Taken on {today}: {_machine()}."
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    PAGE.write_text(_page(report))


def show(console: Console, name: str, figures: Sequence[Figure]) -> None:
    """Print one measurement's figures."""
    for group, some in groupby(figures, lambda figure: figure.group):
        table = Table(*_HEADINGS, title=f"{name}, {group}", title_justify="left", box=None, header_style="bold")
        for column in table.columns[1:5]:
            column.justify = "right"
        for figure in some:
            table.add_row(*_cells(figure), style="" if figure.met else "red")
        console.print(table)
    if name in PEERS:
        console.print(f"peers: {PEERS[name]}", style="dim", highlight=False)


def _page(report: Report) -> str:
    lines = [
        "# Figures",
        "",
        "Made by `make bench`. Each is the median of several runs. The load generator runs on the same machine:",
        "*generator* is its share of the processor time of all cores. *Raw* is the rate of the same transactions",
        "given straight to the storage in the same run, without HTTP or gateway.",
    ]
    for name, figures in report.figures.items():
        lines += ["", f"## {name.capitalize()}", "", report.taken[name], ""]
        lines += ["| " + " | ".join(("on", *_HEADINGS)) + " |", "|" + "---|" * (len(_HEADINGS) + 1)]
        lines += ["| " + " | ".join((figure.group, *_cells(figure))) + " |" for figure in figures]
        if name in PEERS:
            lines += ["", f"Peers, on two such cores with PostgreSQL: {PEERS[name]}"]
    return "\n".join(lines) + "\n"


def _cells(figure: Figure) -> tuple[str, ...]:
    held = "" if not figure.target else " ✓" if figure.met else " ✗"
    return (
        figure.name,
        f"{_number(figure.value)} {figure.unit}",
        figure.target + held,
        f"{_number(figure.raw)} ({figure.value / figure.raw:.0%} of it)" if figure.raw else "",
        "" if figure.generator is None else f"{figure.generator:.0%}{_disturbance(figure)}",
        ", ".join(f"{name} {_number(value)}" for name, value in figure.beside.items()),
    )


def _disturbance(figure: Figure) -> str:
    """A warning that the machine was not ours alone."""
    return f", others {figure.others:.0%}" if figure.others and figure.others >= OTHERS_TO_TELL else ""


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{os.cpu_count()} cores ({models[0] if models else 'unknown'}), {memory_gib:.0f} GiB, Python {python}"
