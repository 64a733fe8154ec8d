"""The clock, the one place that reads it. Everything below the edge takes ``now`` from its transaction."""

import time

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def monotonic_seconds() -> float:
    """Seconds that never go backwards: for deadlines, breakers and ages."""
    return time.monotonic()
