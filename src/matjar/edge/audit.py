"""Who did what: a surface's own book, on its own disk, each entry chained to the one before of the same shop.

A deed is written here at once, whatever else is away; the book is also what waits for the shop's log to take it in
(``forwarding``). Taking an entry out, or changing it, breaks the chain at that place.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import apsw

from matjar.core.clock import DAY
from matjar.core.ids import mint_token
from matjar.core.limits import AUDIT_KEPT_MS, PAGE_ROWS, SWEEP_ROWS
from matjar.domain import audit
from matjar.domain.audit import EVERY, Arrived, Entry, Head, Wanted, Written

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS entry (
        shop_id INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, person_id INTEGER NOT NULL,
        action TEXT NOT NULL, subject TEXT NOT NULL, content BLOB NOT NULL, chain BLOB NOT NULL,
        PRIMARY KEY (shop_id, number)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS book (name TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS source (shop_id INTEGER NOT NULL PRIMARY KEY, taken_to INTEGER NOT NULL);
"""
_BEGIN = "INSERT INTO book (name) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM book)"
_LAST = "SELECT number, CAST(chain AS BLOB) FROM entry WHERE shop_id = ? ORDER BY number DESC LIMIT 1"
_WRITE = "INSERT INTO entry (shop_id, number, at, person_id, action, subject, content, chain) VALUES (?,?,?,?,?,?,?,?)"
_LATEST = """
    SELECT number, CAST(content AS BLOB) FROM entry WHERE shop_id = ? AND number > ? AND number < ? ORDER BY number DESC
"""
_AFTER = """
    SELECT number, CAST(content AS BLOB), chain FROM entry WHERE shop_id = ? AND number > ? ORDER BY number LIMIT ?
"""
_HEADS = """
    WITH RECURSIVE shop (id) AS (
        SELECT min(shop_id) FROM entry
        UNION ALL SELECT (SELECT min(shop_id) FROM entry WHERE shop_id > shop.id) FROM shop WHERE shop.id IS NOT NULL
    )
    SELECT id, (SELECT max(number) FROM entry WHERE shop_id = shop.id) FROM shop WHERE id IS NOT NULL
"""
"""From shop to shop and not from entry to entry: it is asked every second."""
_TAKEN_TO = "SELECT taken_to FROM source WHERE shop_id = ?"
_TAKE_TO = "INSERT INTO source VALUES (?, ?) ON CONFLICT (shop_id) DO UPDATE SET taken_to = excluded.taken_to"
_SWEEP = """
    DELETE FROM entry WHERE shop_id = :shop_id AND number < (
        SELECT max(number) FROM (SELECT number, at FROM entry WHERE shop_id = :shop_id ORDER BY number LIMIT :most)
        WHERE at <= :before AND number <= :arrived
    )
"""

_FOREVER = 1 << 62


class Audit:
    """One surface's book, shared by its workers."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._db = apsw.Connection(str(path))
        self._db.set_busy_timeout(2_000)
        self._db.execute("PRAGMA journal_mode = wal; PRAGMA synchronous = full")
        self._db.execute(_SCHEMA)
        self._db.execute(_BEGIN, (mint_token(),))
        self.surface = path.parent.name
        self.name = str(self._db.execute("SELECT name FROM book").get)
        """The book's own: if this disk is lost, what begins then is another book."""

    def write(self, shop_id: int, entry: Entry) -> int:
        """Add an entry, durably; its number."""
        with self._writing():
            return self._add(shop_id, entry)

    def take_over(self, source: int, taken_to: int, entries: Sequence[tuple[int, Entry]]) -> None:
        """Add entries, each to its shop, that were read from elsewhere; from now on it is known up to where.

        All of it or nothing, so that whoever dies amid it neither loses an entry nor writes one twice.
        """
        with self._writing():
            for shop_id, entry in entries:
                self._add(shop_id, entry)
            self._db.execute(_TAKE_TO, (source, taken_to))

    def taken_to(self, source: int) -> int:
        """Up to where a source was taken over; 0: nothing was."""
        found: int | None = self._db.execute(_TAKEN_TO, (source,)).get
        return found or 0

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _add(self, shop_id: int, entry: Entry) -> int:
        content, last = audit.encode(entry), self._db.execute(_LAST, (shop_id,)).fetchone()
        number, before = (int(last[0]) + 1, bytes(last[1])) if last else (1, audit.BEGINNING)
        row = (shop_id, number, entry.at, entry.person_id, entry.action, entry.subject, content)
        self._db.execute(_WRITE, (*row, audit.chained(before, content)))
        return number

    def latest(
        self, shop_id: int, *, wanted: Wanted = EVERY, after: int = 0, before: int = _FOREVER, most: int = PAGE_ROWS
    ) -> list[Arrived]:
        """A shop's entries between two numbers, the newest first."""
        if wanted.surface not in ("", self.surface):
            return []
        found = []
        for number, content in self._db.execute(_LATEST, (shop_id, after, before)):
            entry = audit.decode(content)
            if audit.matches(entry, wanted):
                found.append(Arrived(self.surface, self.name, number, number, entry))
                if len(found) == most:
                    break
        return found

    def entries_after(self, shop_id: int, after: int, most: int) -> list[Written]:
        """A shop's entries in order, as they are brought to its log."""
        return [Written(*row) for row in self._db.execute(_AFTER, (shop_id, after, most))]

    def heads(self) -> Mapping[int, int]:
        """The newest number of each shop."""
        return {int(shop_id): int(number) for shop_id, number in self._db.execute(_HEADS)}

    def head(self, shop_id: int) -> Head:
        """How far a shop's entries have come here."""
        last = self._db.execute(_LAST, (shop_id,)).fetchone()
        return Head(self.surface, self.name, *(last or (0, audit.BEGINNING)))

    def broken_at(self, shop_id: int, *, now: int = 0) -> int:
        """The first entry of a shop that does not follow from the one before; 0: the book is whole.

        ``now``: what was written long before may have been swept.
        """
        entries = (Written(*row) for row in self._db.execute(_AFTER, (shop_id, 0, -1)))
        return audit.first_break(entries, kept_since=now - AUDIT_KEPT_MS)

    def sweep(self, shop_id: int, *, arrived: int, now: int) -> int:
        """Let go of old entries that have arrived; tells how many. A day more than the log keeps them."""
        facts = {"shop_id": shop_id, "arrived": arrived, "before": now - AUDIT_KEPT_MS - DAY, "most": SWEEP_ROWS}
        before = self._db.total_changes()
        self._db.execute(_SWEEP, facts)
        return self._db.total_changes() - before

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
