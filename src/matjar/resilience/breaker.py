"""A breaker: after a few failures in a row nobody waits for an ill part any more, but one at a time looks in on it.

closed ──(failures in a row)──▶ open ──(pause over)──▶ half open ──ok──▶ closed
                                  ▲───────failed────────┘
"""

FAILURES = 5
PAUSE_SECONDS = 5.0


class Breaker:
    """One part's breaker. Times are monotonic seconds."""

    def __init__(self, failures: int = FAILURES, pause_seconds: float = PAUSE_SECONDS) -> None:
        self._most = failures
        self._pause_seconds = pause_seconds
        self._failed = 0
        self._opened_at: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether calls are being turned away."""
        return self._opened_at is not None

    def allows(self, now: float) -> bool:
        """Whether a call may be made; once the pause is over, one is let through and the rest wait another pause."""
        if self._opened_at is None:
            return True
        if now - self._opened_at < self._pause_seconds:
            return False
        self._opened_at = now
        return True

    def unused(self, now: float) -> None:
        """The one call that an open breaker let through was not made after all: another may be."""
        if self._opened_at is not None:
            self._opened_at = now - self._pause_seconds

    def succeeded(self) -> None:
        """The part answered."""
        self._failed = 0
        self._opened_at = None

    def failed(self, now: float) -> None:
        """The part did not answer."""
        self._failed += 1
        if self._failed >= self._most:
            self._opened_at = now
