"""Attempts: how often somebody tried, so that guessing is slowed down: declines, holds, codes, PINs.

Promise: a try that was counted stays counted although its command was refused, unless it came to good; and it is
forgotten within a day.
"""

from matjar.domain.attempts.model import TOO_MANY, Bucket, Limit
from matjar.domain.attempts.operations import count, count_all, forgive_all, sweep
from matjar.domain.attempts.queries import check, check_all
from matjar.domain.attempts.rules import bucket_of, in_seconds, oldest_in, wait_ms

COMMANDS = (sweep,)

__all__ = [
    "COMMANDS", "TOO_MANY", "Bucket", "Limit", "bucket_of", "check", "check_all", "count", "count_all", "forgive_all",
    "in_seconds", "oldest_in", "sweep", "wait_ms",
]  # fmt: skip
