"""Entries of who did what, as they are written, as they arrive, and as they are looked for."""

from enum import StrEnum

import msgspec

from matjar.core.clock import HOUR
from matjar.core.refusal import Kind, declare

TOO_MANY = declare("audit.too_many", Kind.INVALID, "At most {most} entries arrive at a time.")
MISSING = declare("audit.missing", Kind.CONFLICT, "The log has this book's entries up to {arrived}: bring the next.")
FORKED = declare("audit.forked", Kind.CONFLICT, "The log has another entry {number} of this book.")
BROKEN = declare("audit.broken", Kind.CONFLICT, "Entry {number} does not follow from the one before.")
UNREADABLE = declare("audit.unreadable", Kind.INVALID, "Entry {number} cannot be read.")

LATE_MS = HOUR
"""From this age of the heartbeat on, the back office goes by the table's second column: see ``access.may``."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One deed, or the refusal of one. Ids and amounts, never a person's data."""

    at: int
    person_id: int
    """0: nobody; the command line, or somebody who had not proved who they are."""
    sid: str
    action: str
    """As its route declares it: ``orders.refund``; at identity ``staff.role_given``."""
    subject: str
    """What it was done to: ``order:7``, several with spaces between; empty where nothing is named."""
    method: str
    """How they proved who they are when their session began: ``passkey``, ``break_glass`` …"""
    proven_at: int
    """When they last proved it; 0: that is not known."""
    address: str
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    refused: str = ""
    """The refusal's code, where it came to nothing."""
    access_number: int = 0
    """Of the access bundle that this was decided by; 0: by none, as at identity, which makes them."""
    age_ms: int | None = None
    """How old the revocations were; None: never heard."""


class Written(msgspec.Struct, frozen=True):
    """An entry as its book has it: its number there, its bytes, and what ties it to all before it."""

    number: int
    content: bytes
    chain: bytes


class Head(msgspec.Struct, frozen=True):
    """How far a book has come. A surface whose disk is lost begins another book, with a name that no other has."""

    surface: str
    book: str
    number: int
    chain: bytes


class Link(msgspec.Struct, frozen=True):
    """One link of the shop's own chain: that this head arrived then."""

    number: int
    at: int
    head: Head
    chain: bytes


class Place(msgspec.Struct, frozen=True, order=True):
    """Where a page of the log ends: entries lie by their time, those of one moment as they arrived."""

    at: int
    id: int


NEWEST = Place(1 << 62, 1 << 62)


class Arrived(msgspec.Struct, frozen=True):
    """An entry in the shop's log."""

    surface: str
    book: str
    number: int
    id: int
    entry: Entry

    @property
    def place(self) -> Place:
        """Where it lies in the log."""
        return Place(self.entry.at, self.id)


class Wanted(msgspec.Struct, frozen=True):
    """Which entries are asked for; what is left empty does not matter."""

    person_id: int = 0
    action: str = ""
    """An action, or its beginning: ``orders.``."""
    subject: str = ""
    """One of those that it was done to."""
    surface: str = ""
    since: int = 0
    until: int = 1 << 62
    """Before this moment."""
    late: bool = False
    """Only what was done while the heartbeat was older than ``LATE_MS``."""


EVERY = Wanted()


class What(StrEnum):
    """What is wrong at a place of the log."""

    ENTRY = "entry"
    """An entry does not follow from the one before."""
    LINK = "link"
    """A link of the shop's own chain does not."""
    HEAD = "head"
    """A link names an entry that is another one now, or is not there."""


class Break(msgspec.Struct, frozen=True):
    """Where the log is not what it was: an entry of a book, or a link of the shop's own chain."""

    what: What
    number: int
    surface: str = ""
    book: str = ""


class State(msgspec.Struct, frozen=True):
    """How the log stands: every book's head, how many links of its own, and what is wrong."""

    heads: tuple[Head, ...]
    links: int
    breaks: tuple[Break, ...]
