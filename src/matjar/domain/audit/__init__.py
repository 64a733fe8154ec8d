"""Audit: a shop's log of who did what, from the books of all its surfaces.

Promise: an entry that has arrived stays as it was written, or its being changed, left out or taken away is seen: each
book chains its entries, the log keeps these chains, and chains their heads.
"""

from matjar.domain.audit.model import (
    BROKEN,
    EVERY,
    FORKED,
    LATE_MS,
    MISSING,
    NEWEST,
    TOO_MANY,
    UNREADABLE,
    Arrived,
    Break,
    Entry,
    Head,
    Place,
    State,
    Wanted,
    What,
    Written,
)
from matjar.domain.audit.operations import sweep, take
from matjar.domain.audit.queries import arrived, chains, check, count_by_action, list_entries, list_surfaces
from matjar.domain.audit.rules import BEGINNING, chained, decode, encode, first_break, matches

COMMANDS = (take, sweep)

__all__ = [
    "BEGINNING",
    "BROKEN",
    "COMMANDS",
    "EVERY",
    "FORKED",
    "LATE_MS",
    "MISSING",
    "NEWEST",
    "TOO_MANY",
    "UNREADABLE",
    "Arrived",
    "Break",
    "Entry",
    "Head",
    "Place",
    "State",
    "Wanted",
    "What",
    "Written",
    "arrived",
    "chained",
    "chains",
    "check",
    "count_by_action",
    "decode",
    "encode",
    "first_break",
    "list_entries",
    "list_surfaces",
    "matches",
    "sweep",
    "take",
]
