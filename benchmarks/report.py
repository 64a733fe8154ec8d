"""The report: a table for the terminal, JSON for programs, and a page for people, all from the same figures."""

import datetime as dt
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import apsw
import msgspec
from rich.console import Console
from rich.table import Table

from benchmarks import page
from benchmarks.figures import Figure
from benchmarks.page import HEADINGS, Section, cells
from benchmarks.peers import PEERS

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
PAGE = ROOT / "docs" / "figures.md"

_WRITES = 50


def load(results: Path = RESULTS) -> dict[str, Section]:
    """What was measured so far, by measurement."""
    return msgspec.json.decode(results.read_bytes(), type=dict[str, Section]) if results.exists() else {}


def save(name: str, how: str, figures: Sequence[Figure], results: Path = RESULTS, to: Path = PAGE) -> None:
    """Write one measurement's figures into the JSON file, and the page from it; what others measured stays."""
    sections = load(results)
    today = dt.datetime.now(dt.UTC).date()
    sections[name] = Section(how=how, taken=f"Taken on {today}: {_machine()}.", figures=list(figures))
    results.write_bytes(msgspec.json.format(msgspec.json.encode(sections), indent=2) + b"\n")
    to.write_text(page.render(sections))


def show(console: Console, name: str, figures: Sequence[Figure]) -> None:
    """Print one measurement's figures."""
    for group, some in groupby(figures, lambda figure: figure.group):
        table = Table(*HEADINGS, title=f"{name}, {group}", title_justify="left", box=None, header_style="bold")
        for column in table.columns[1:6]:
            column.justify = "right"
        for figure in some:
            table.add_row(*cells(figure), style="" if figure.met else "red")
        console.print(table)
    for peer, theirs, note in PEERS.get(name, ()):
        console.print(f"{peer}: {theirs}{note and f' ({note})'}", style="dim", highlight=False)


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({models[0] if models else 'unknown'}), {memory_gib:.0f} GiB, 4 KiB durable in "
        f"{_write_ms():.2g} ms, Python {platform.python_version()}, SQLite {apsw.sqlite_lib_version()}"
    )


def _write_ms() -> float:
    """How long the disk under the platform's home takes to make a page durable: the least that any order costs."""
    took = []
    with tempfile.TemporaryFile() as file:
        for _ in range(_WRITES):
            began = time.perf_counter()
            file.write(os.urandom(4096))
            file.flush()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000
