"""The heartbeat: how old the newest revocations are. That age, A, decides what may be done."""

from typing import NamedTuple

from matjar.core.clock import DAY, MINUTE

AHEAD_MS = 2 * MINUTE
"""A bundle from further in the future than this rings an alarm: one of the two clocks is wrong."""
_BROKEN_CLOCK_MS = DAY
"""From further than this, it moves our clock no more: it would end every session and every key."""


class Moment(NamedTuple):
    """Now, by both clocks, in milliseconds: UTC, which may jump, and monotonic, which may not and begins anywhere."""

    wall: int
    monotonic: int


class Heartbeat:
    """Measures A = the larger of (wall clock - issued_at) and (monotonic time since a higher number was first seen)."""

    def __init__(self) -> None:
        self._floor = 0
        self._issued_at: int | None = None
        self._first_seen = 0
        self.ahead_ms = 0
        """How far in the future the newest bundle came from, by our own clock alone."""

    def saw(self, issued_at: int, now: Moment) -> None:
        """A bundle of any kind was issued then: it cannot be earlier now."""
        self.ahead_ms = max(0, issued_at - now.wall)
        if issued_at <= self.wall(now) + _BROKEN_CLOCK_MS:
            self._floor = max(self._floor, issued_at)

    def heard(self, issued_at: int, now: Moment) -> None:
        """Revocations with a higher number than before. A maker whose clock was set back is as fresh as it ever was."""
        self.saw(issued_at, now)
        before = self._issued_at or 0
        self._issued_at = issued_at if before > self.wall(now) + _BROKEN_CLOCK_MS else max(before, issued_at)
        self._first_seen = now.monotonic

    def wall(self, now: Moment) -> int:
        """The time of day, never earlier than what has been issued."""
        return max(now.wall, self._floor)

    def age_ms(self, now: Moment) -> int | None:
        """A; None while nothing was ever heard."""
        if self._issued_at is None:
            return None
        return max(self.wall(now) - self._issued_at, now.monotonic - self._first_seen, 0)
