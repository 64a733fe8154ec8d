"""Whether somebody may try."""

from collections.abc import Sequence

from matjar.core.tx import Reading
from matjar.domain.attempts import model, rules, store
from matjar.domain.attempts.model import Limit


def check(view: Reading, *, scope: str, subject: str, limit: int, window_ms: int) -> None:
    """Refuses ``attempts.too_many`` once there were ``limit`` tries within the window that ends now."""
    check_all(view, limits=(Limit(scope, subject, limit, window_ms),))


def check_all(view: Reading, *, limits: Sequence[Limit]) -> None:
    """Hold several limits at once, in one statement; what is refused waits for the slowest of them."""
    if not limits:
        return
    waits = [
        rules.wait_ms(buckets, limit.most, limit.window_ms, view.now)
        for limit, buckets in zip(limits, store.tried(view, limits), strict=True)
    ]
    if max(waits) > 0:
        raise model.TOO_MANY(retry_after=rules.in_seconds(max(waits)))
