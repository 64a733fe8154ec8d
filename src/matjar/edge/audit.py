"""Who did what: a surface's own book, on its own disk, each entry chained to the one before of the same shop.

Entries carry ids and amounts, never a person's data. Taking one out, or changing it, breaks the chain at that place.
"""

import hashlib
from pathlib import Path

import apsw
import msgspec

from matjar.core.limits import PAGE_ROWS

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS entry (
        shop_id INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, person_id INTEGER NOT NULL,
        action TEXT NOT NULL, subject TEXT NOT NULL, content BLOB NOT NULL, chain BLOB NOT NULL,
        PRIMARY KEY (shop_id, number)
    ) WITHOUT ROWID;
"""
_LAST = "SELECT number, chain FROM entry WHERE shop_id = ? ORDER BY number DESC LIMIT 1"
_WRITE = "INSERT INTO entry (shop_id, number, at, person_id, action, subject, content, chain) VALUES (?,?,?,?,?,?,?,?)"
_LIST = """
    SELECT number, content FROM entry WHERE shop_id = :shop_id AND number < :before
        AND (:person_id = 0 OR person_id = :person_id) AND (:action = '' OR action LIKE :action || '%')
        AND (:subject = '' OR subject = :subject)
    ORDER BY number DESC LIMIT :most
"""
_ALL = "SELECT number, CAST(content AS BLOB), chain FROM entry WHERE shop_id = ? ORDER BY number"
_SHOPS = "SELECT shop_id, count(*) FROM entry GROUP BY shop_id ORDER BY shop_id"
_FIRST_CHAIN = bytes(32)
_LATEST = 1 << 62

_encode = msgspec.json.Encoder().encode


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One deed, or the refusal of one."""

    at: int
    person_id: int
    sid: str
    action: str
    """As its route declares it: ``orders.refund``."""
    subject: str
    """What it was done to: ``order:7``; empty where nothing is named."""
    method: str
    """How they proved who they are when their session began: ``passkey``, ``break_glass`` …"""
    proven_at: int
    """When they last proved it."""
    address: str
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    refused: str = ""
    """The refusal's code, where it came to nothing."""
    access_number: int = 0
    """Of the access bundle that this was decided by."""
    age_ms: int | None = None
    """How old the revocations were; None: never heard."""


_entry = msgspec.json.Decoder(Entry).decode


class Numbered(msgspec.Struct, frozen=True):
    """An entry with its place in the shop's book here."""

    number: int
    entry: Entry


class Wanted(msgspec.Struct, frozen=True):
    """Which entries are asked for; what is left empty does not matter. An action may be its beginning: ``orders.``."""

    person_id: int = 0
    action: str = ""
    subject: str = ""


EVERY = Wanted()


class Audit:
    """One surface's book, shared by its workers."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._db = apsw.Connection(str(path))
        self._db.set_busy_timeout(2_000)
        self._db.execute("PRAGMA journal_mode = wal; PRAGMA synchronous = full")
        self._db.execute(_SCHEMA)

    def write(self, shop_id: int, entry: Entry) -> int:
        """Add an entry, durably; its number."""
        content = _encode(entry)
        self._db.execute("BEGIN IMMEDIATE")
        try:
            last = self._db.execute(_LAST, (shop_id,)).fetchone()
            number, before = (int(last[0]) + 1, bytes(last[1])) if last else (1, _FIRST_CHAIN)
            row = (shop_id, number, entry.at, entry.person_id, entry.action, entry.subject, content)
            self._db.execute(_WRITE, (*row, chained(before, content)))
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        return number

    def latest(
        self, shop_id: int, *, wanted: Wanted = EVERY, before: int = _LATEST, most: int = PAGE_ROWS
    ) -> list[Numbered]:
        """A shop's entries, the newest first; ``before``, the last number seen, turns the page."""
        parameters = msgspec.structs.asdict(wanted) | {"shop_id": shop_id, "before": before, "most": most}
        return [Numbered(number, _entry(content)) for number, content in self._db.execute(_LIST, parameters)]

    def entries(self) -> dict[int, int]:
        """How many entries each shop has here."""
        return {int(shop_id): int(count) for shop_id, count in self._db.execute(_SHOPS)}

    def broken_at(self, shop_id: int) -> int:
        """The first entry of a shop that does not follow from the one before; 0: the book is whole."""
        chain, expected = _FIRST_CHAIN, 1
        for number, content, kept in self._db.execute(_ALL, (shop_id,)):
            chain = chained(chain, content)
            if number != expected or chain != kept:
                return int(number)
            expected += 1
        return 0

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def chained(before: bytes, content: bytes) -> bytes:
    """What ties an entry to all before it."""
    return hashlib.sha256(before + content).digest()
