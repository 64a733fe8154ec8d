"""Tries, and how many of them are too many."""

import msgspec

from matjar.core.clock import SECOND
from matjar.core.refusal import Kind, declare

TOO_MANY = declare(
    "attempts.too_many", Kind.THROTTLED, "There were too many attempts. Try again in {retry_after} seconds."
)

BUCKET_MS = 10 * SECOND
"""Tries are counted in buckets this wide: fine enough for a window of a minute, yet a day of guessing is few rows."""


class Limit(msgspec.Struct, frozen=True):
    """At most ``most`` tries of a subject (``address:192.0.2.7``) in a scope (``decline``) within ``window_ms``."""

    scope: str
    subject: str
    most: int
    window_ms: int


class Bucket(msgspec.Struct, frozen=True):
    """How many tries fell into the ``BUCKET_MS`` that began at ``at``."""

    at: int
    tries: int
