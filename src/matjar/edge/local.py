"""A surface's own memory of what must not happen twice, in one small file on its own disk, shared by its workers.

Spent challenges and codes, sessions that have signed out, when a session was last seen, tries, and what identity is to
hear of this (see ``reporting``). A code that was spent is spent before the answer leaves, also through a power cut. It
needs nobody: no database, no identity.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import apsw

from matjar.core.clock import HOUR, MINUTE, SECOND, now_ms
from matjar.core.limits import ATTEMPTS_KEPT_MS
from matjar.domain import attempts
from matjar.domain.attempts import Limit

SEEN_EVERY_MS = MINUTE
"""How exactly it is known when a session was last seen: the question is asked in half hours."""
TRIES_ROWS = 100_000
"""Tries that are remembered, some 10 MB. Who floods us from a million addresses pushes out the oldest."""
SWEPT_ROWS = 1_000
"""Rows that one sweep deletes of each kind."""

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS spent (
        kind TEXT NOT NULL, what BLOB NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (kind, what)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS spent_by_end ON spent (until);
    CREATE TABLE IF NOT EXISTS session (
        sid TEXT PRIMARY KEY, seen_at INTEGER NOT NULL, signed_out INTEGER NOT NULL, until INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS session_by_end ON session (until);
    CREATE TABLE IF NOT EXISTS tries (
        scope TEXT NOT NULL, subject TEXT NOT NULL, bucket_at INTEGER NOT NULL, tries INTEGER NOT NULL,
        PRIMARY KEY (scope, subject, bucket_at)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS tries_by_age ON tries (bucket_at);
    CREATE TABLE IF NOT EXISTS counter (passkey BLOB PRIMARY KEY, highest INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS report (
        number INTEGER PRIMARY KEY AUTOINCREMENT, content BLOB NOT NULL, until INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS report_by_end ON report (until);
"""
_SPEND = "INSERT INTO spent (kind, what, until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_SEE = """
    INSERT INTO session (sid, seen_at, signed_out, until) VALUES (?, ?, 0, ?)
    ON CONFLICT (sid) DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)
"""
_SIGN_OUT = """
    INSERT INTO session (sid, seen_at, signed_out, until) VALUES (?, 0, 1, ?)
    ON CONFLICT (sid) DO UPDATE SET signed_out = 1, until = max(until, excluded.until)
"""
_COUNT = """
    INSERT INTO tries (scope, subject, bucket_at, tries) VALUES (?, ?, ?, 1)
    ON CONFLICT (scope, subject, bucket_at) DO UPDATE SET tries = tries + 1
"""
_TRIED = """
    SELECT bucket_at, tries FROM tries WHERE scope = ? AND subject = ? AND bucket_at > ? ORDER BY bucket_at DESC
"""
_RAISE = """
    INSERT INTO counter (passkey, highest) VALUES (?, ?)
    ON CONFLICT (passkey) DO UPDATE SET highest = excluded.highest WHERE highest < excluded.highest
"""
_HIGHEST = "SELECT highest FROM counter WHERE passkey = ?"
_TELL = "INSERT INTO report (content, until) VALUES (?, ?)"
_UNTOLD = "SELECT number, content FROM report ORDER BY number LIMIT ?"
_TOLD = "DELETE FROM report WHERE number = ?"
_SWEEP = (
    "DELETE FROM spent WHERE (kind, what) IN (SELECT kind, what FROM spent WHERE until < :now LIMIT :most)",
    "DELETE FROM session WHERE sid IN (SELECT sid FROM session WHERE until < :now LIMIT :most)",
    "DELETE FROM report WHERE number IN (SELECT number FROM report WHERE until < :now LIMIT :most)",
    """DELETE FROM tries WHERE (scope, subject, bucket_at) IN (
        SELECT scope, subject, bucket_at FROM tries WHERE bucket_at < :forgotten ORDER BY bucket_at LIMIT :most)""",
    """DELETE FROM tries WHERE (scope, subject, bucket_at) IN (
        SELECT scope, subject, bucket_at FROM tries ORDER BY bucket_at
        LIMIT min(:most, max(0, (SELECT count(*) FROM tries) - :rows)))""",
)


class Local:
    """The file, open. A question takes microseconds; a change waits for the disk, so it happens seldom."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._file = apsw.Connection(str(path), statementcachesize=20)
        self._file.set_busy_timeout(2_000)
        self._file.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 0")
        self._file.execute(_SCHEMA)

    def together(self) -> AbstractContextManager[object]:
        """What is written while it lasts is durable as one: all of it, or nothing."""
        return self._file

    def spend(self, kind: str, what: bytes, until: int) -> bool:
        """Spend a thing that is good once; False: it was spent before. It stays spent until it is worth nothing."""
        self._file.execute(_SPEND, (kind, what, until))
        return self._file.changes() == 1

    def sign_out(self, sid: str, until: int) -> None:
        """This session is over here, at once, whatever its cookie says until its end."""
        self._file.execute(_SIGN_OUT, (sid, until))

    def is_signed_out(self, sid: str) -> bool:
        """Whether somebody signed this session out at this surface."""
        return bool(self._file.execute("SELECT signed_out FROM session WHERE sid = ?", (sid,)).get)

    def see(self, sid: str, now: int, until: int) -> None:
        """This session was here; written at most once a minute."""
        if now - self.last_seen(sid) >= SEEN_EVERY_MS:
            self._file.execute(_SEE, (sid, now, until))

    def last_seen(self, sid: str) -> int:
        """When the session was last here; 0: never."""
        found: int | None = self._file.execute("SELECT seen_at FROM session WHERE sid = ?", (sid,)).get
        return found or 0

    def raise_counter(self, passkey: bytes, to: int) -> int:
        """How high a passkey's counter ever stood here, 0 where it was never seen; from now on at least ``to``."""
        before: int | None = self._file.execute(_HIGHEST, (passkey,)).get
        if to > (before or 0):
            self._file.execute(_RAISE, (passkey, to))
        return before or 0

    def tell(self, report: bytes, until: int) -> None:
        """Something that identity is to hear, when it can; from ``until`` on it is not worth telling any more."""
        self._file.execute(_TELL, (report, until))

    def untold(self, most: int) -> list[tuple[int, bytes]]:
        """What identity has not heard yet, by number, the oldest first."""
        return [(number, bytes(content)) for number, content in self._file.execute(_UNTOLD, (most,))]

    def told(self, numbers: Iterable[int]) -> None:
        """Identity has heard these."""
        with self.together():
            self._file.executemany(_TOLD, [(number,) for number in numbers])

    def check(self, limits: Sequence[Limit], now: int) -> None:
        """Refuses ``attempts.too_many`` once one of the limits is reached; says how long to wait."""
        wait_ms = max((self._wait_ms(limit, now) for limit in limits), default=0)
        if wait_ms > 0:
            raise attempts.TOO_MANY(retry_after=attempts.in_seconds(wait_ms))

    def count(self, limits: Sequence[Limit], now: int) -> None:
        """Count one try for all that the limits look at."""
        bucket_at = attempts.bucket_of(now)
        self._file.executemany(_COUNT, [(limit.scope, limit.subject, bucket_at) for limit in limits])

    def sweep(self, now: int) -> int:
        """Forget what has ended; tells how many rows, so that the sweeper comes again for more."""
        facts = {"now": now, "forgotten": now - ATTEMPTS_KEPT_MS, "most": SWEPT_ROWS, "rows": TRIES_ROWS}
        before = self._file.total_changes()
        for statement in _SWEEP:
            self._file.execute(statement, facts)
        return self._file.total_changes() - before

    async def sweep_for_ever(self) -> None:
        """Forget what has ended, every hour, for as long as the process lives."""
        while True:
            swept = self.sweep(now_ms())
            await asyncio.sleep(0 if swept else HOUR / SECOND)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _wait_ms(self, limit: Limit, now: int) -> int:
        after = attempts.oldest_in(limit.window_ms, now)
        found = self._file.execute(_TRIED, (limit.scope, limit.subject, after))
        return attempts.wait_ms([attempts.Bucket(at, tries) for at, tries in found], limit.most, limit.window_ms, now)
