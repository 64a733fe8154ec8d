"""When somebody may try again."""

from collections.abc import Sequence

from matjar.core.clock import SECOND
from matjar.domain.attempts.model import BUCKET_MS, Bucket


def bucket_of(now: int) -> int:
    """When the bucket began that a moment falls into."""
    return now - now % BUCKET_MS


def oldest_in(window_ms: int, now: int) -> int:
    """Buckets that began after this count, whole: where the window cuts one, its tries are not given away."""
    return now - window_ms - BUCKET_MS


def wait_ms(newest_first: Sequence[Bucket], most: int, window_ms: int, now: int) -> int:
    """How long until another try fits into the window; 0: it fits now.

    Tries leave the window bucket by bucket, the oldest first: the one to wait for is that with the ``most``-th try.
    """
    tries = 0
    for bucket in newest_first:
        tries += bucket.tries
        if tries >= most:
            return max(0, bucket.at + BUCKET_MS + window_ms - now)
    return 0


def in_seconds(milliseconds: int) -> int:
    """Whole seconds, rounded up, as Retry-After wants them."""
    return -(-milliseconds // SECOND)
