"""Counting, and forgetting."""

from collections.abc import Sequence

from matjar.core.limits import ATTEMPTS_KEPT_MS, SWEEP_ROWS
from matjar.core.tx import Tx
from matjar.domain.attempts import rules, store
from matjar.domain.attempts.model import Limit


def count(tx: Tx, *, scope: str, subject: str) -> None:
    """Count a try. Where the command is refused, count in what the refusal leaves: ``refusal.leaving(…)``."""
    store.count(tx, rules.bucket_of(tx.now), [(scope, subject)])


def count_all(tx: Tx, *, limits: Sequence[Limit]) -> None:
    """Count one try for all that several limits look at."""
    store.count(tx, rules.bucket_of(tx.now), dict.fromkeys((limit.scope, limit.subject) for limit in limits))


def forgive_all(tx: Tx, *, limits: Sequence[Limit]) -> None:
    """Take back one try that came to good after all. It counts in its own bucket, and less than nothing in this one."""
    store.count(tx, rules.bucket_of(tx.now), dict.fromkeys((limit.scope, limit.subject) for limit in limits), tries=-1)


def sweep(tx: Tx, *, most: int = SWEEP_ROWS) -> int:
    """Forget tries that no window looks back at; tells how many rows, so that the sweeper comes again for more."""
    return store.forget(tx, tx.now - ATTEMPTS_KEPT_MS, most)
