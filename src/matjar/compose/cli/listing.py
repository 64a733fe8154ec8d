"""How lists are told: a table that fits the terminal; in a pipe, whole lines of values between tabs; or JSON.

A pipe never depends on the terminal's width or on the reader's language. JSON holds the nouns as the rooms know them:
amounts in minor units, moments in milliseconds UTC.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import Annotated, Literal, NamedTuple, Protocol

import msgspec
import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matjar.compose.speech import gettext
from matjar.core.clock import SECOND
from matjar.core.money import Money, allocate

Json = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]

LEAST_WIDTH = 8
"""Characters that a column keeps when it shrinks: of less nobody can make anything."""
_GAP = 2
_NOTHING = "–"
_NO_WIDTH = 10_000
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ") | dict.fromkeys(
    (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
"""What a terminal would obey rather than show, and what turns the writing of what stands behind it."""


class Moment(NamedTuple):
    """Milliseconds UTC, and where they are to be read."""

    at: int
    zone: tzinfo

    @property
    def local(self) -> datetime:
        """On the clocks of that place."""
        return datetime.fromtimestamp(self.at / SECOND, self.zone)


Value = str | int | Money | Moment | None


class Column(NamedTuple):
    """One column of a list, and what becomes of it where the terminal is narrow."""

    heading: str
    shrinks: bool = False
    """Its words may be cut."""
    spare: int = 0
    """The highest is left out first; 0: never."""
    number: bool = False


class Listing(Protocol):
    """Takes row after row. ``more`` is said to people at the end."""

    more: str

    def add(self, noun: object, *values: Value) -> None:
        """A noun, and what of it stands in the columns."""

    def close(self) -> None:
        """That was all."""


@contextmanager
def listing(columns: Sequence[Column], *, json: bool) -> Iterator[Listing]:
    """What takes the rows: JSON where it is asked for, a table on a terminal, else tabs."""
    out: Listing = _Json() if json else _Sheet(columns) if to_people() else _Tabs()
    yield out
    out.close()


def as_json(noun: object) -> None:
    """Tell one noun as JSON."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(noun)) + b"\n")


class _Json:
    more = ""

    def __init__(self) -> None:
        self._before = b"["

    def add(self, noun: object, *_: Value) -> None:
        sys.stdout.buffer.write(self._before + b"\n" + msgspec.json.encode(noun))
        self._before = b","

    def close(self) -> None:
        sys.stdout.buffer.write(b"[]\n" if self._before == b"[" else b"\n]\n")


class _Tabs:
    more = ""

    def add(self, _: object, *values: Value) -> None:
        print(*map(_for_programs, values), sep="\t")

    def close(self) -> None:
        pass


class _Sheet:
    """The table: its rows are all there before the first is shown, because their widths decide the columns'."""

    more = ""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._rows: list[list[str]] = []
        self._zones: dict[str, None] = {}

    def add(self, _: object, *values: Value) -> None:
        self._rows.append([for_people(value) for value in values])
        self._zones |= {str(value.zone): None for value in values if isinstance(value, Moment)}

    def close(self) -> None:
        if not self._rows:
            note(gettext("There are none."))
            return
        console = screen()
        told = [place for place, cells in enumerate(zip(*self._rows, strict=True)) if any(cells)]
        columns = [self._columns[place] for place in told]
        rows = [[row[place] or _NOTHING for place in told] for row in self._rows]
        headings = [gettext(column.heading) for column in columns]
        widths = [max(map(cell_len, cells)) for cells in zip(headings, *rows, strict=True)]
        fitting = fit(columns, widths, console.width)
        table = ruled()
        for place, width in fitting.items():
            justify: Literal["left", "right"] = "right" if columns[place].number else "left"
            table.add_column(headings[place], max_width=width, no_wrap=width < widths[place], justify=justify)
        for row in rows:
            table.add_row(*(Text(row[place]) for place in fitting))
        console.print(table)
        self._add_notes([heading for place, heading in enumerate(headings) if place not in fitting])

    def _add_notes(self, left_out: list[str]) -> None:
        if left_out:
            note(gettext("Left out for want of room: {columns}.").format(columns=", ".join(left_out)))
        for zone in self._zones:
            note_zone(zone)
        if self.more:
            note(self.more)


def fit(columns: Sequence[Column], widths: Sequence[int], room: int) -> dict[int, int]:
    """Which columns, by their places, are shown how wide, so that they fit into so many characters.

    First the words of those that may are cut, then the spare ones are left out, one after another.
    """
    kept = list(range(len(columns)))
    while True:
        lacking = sum(widths[place] + _GAP for place in kept) - _GAP - room
        soft = {place: max(0, widths[place] - LEAST_WIDTH) for place in kept if columns[place].shrinks}
        if lacking <= sum(soft.values()):
            cuts = allocate(max(0, lacking), list(soft.values())) if soft else []
            return {place: widths[place] - dict(zip(soft, cuts, strict=True)).get(place, 0) for place in kept}
        spare = max(kept, key=lambda place: columns[place].spare)
        if not columns[spare].spare:
            return {place: widths[place] for place in kept}
        kept.remove(spare)


def to_people() -> bool:
    """Whether somebody reads along, rather than a program or a file."""
    return sys.stdout.isatty()


def screen() -> Console:
    """Where people read. What is not a terminal has no width to keep to."""
    return Console(highlight=False, width=None if to_people() else _NO_WIDTH)


def ruled(*headings: str) -> Table:
    """A table as all of ours look: no lines, two spaces between columns."""
    return Table(*headings, box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")


def note(text: str) -> None:
    """Something beside what was asked for, for people alone."""
    if to_people():
        screen().print(Text(text, style="dim"))


def note_zone(zone: str) -> None:
    """Name, once, the place whose clocks the times are of."""
    note(gettext("Times are those of {zone}.").format(zone=zone))


def clean(text: str) -> str:
    """A text without what a terminal would obey, or what would break a line of values."""
    return text.translate(_CONTROLS)


def for_people(value: Value) -> str:
    """As a table has it."""
    match value:
        case None:
            return ""
        case Moment():
            return value.local.strftime("%Y-%m-%d %H:%M")
        case _:
            return clean(str(value))


def _for_programs(value: Value) -> str:
    match value:
        case None:
            return ""
        case Moment():
            return value.local.isoformat(timespec="seconds")
        case _:
            return clean(str(value))
