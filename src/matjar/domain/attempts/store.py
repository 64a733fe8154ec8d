"""The attempts' SQL."""

from collections.abc import Iterable, Sequence
from functools import cache
from string import ascii_lowercase
from typing import Any

from matjar.core.tx import Reading, Tx
from matjar.domain.attempts import rules
from matjar.domain.attempts.model import Bucket, Limit

_TRIED = """
    SELECT {index} AS asked, bucket_at, tries FROM attempts
    WHERE shop_id = :shop_id AND scope = :scope_{each} AND subject = :subject_{each} AND bucket_at > :after_{each}
"""
_COUNT = """
    INSERT INTO attempts (shop_id, scope, subject, bucket_at, tries)
        VALUES (:shop_id, :scope, :subject, :bucket_at, :tries)
    ON CONFLICT (shop_id, scope, subject, bucket_at) DO UPDATE SET tries = attempts.tries + :tries
"""
_FORGET = """
    DELETE FROM attempts WHERE shop_id = :shop_id AND (scope, subject, bucket_at) IN (
        SELECT scope, subject, bucket_at FROM attempts WHERE shop_id = :shop_id AND bucket_at < :before
        ORDER BY bucket_at LIMIT :most
    )
"""


@cache
def _tried(count: int) -> str:
    """The question about so many limits: a small family of statements, each of them fixed."""
    parts = (_TRIED.format(index=index, each=ascii_lowercase[index]) for index in range(count))
    return " UNION ALL ".join(parts) + " ORDER BY bucket_at DESC"


def tried(view: Reading, limits: Sequence[Limit]) -> list[list[Bucket]]:
    """What was tried within each limit's window, the newest first."""
    assert len(limits) <= len(ascii_lowercase)
    parameters: dict[str, Any] = {}
    for index, limit in enumerate(limits):
        letter = ascii_lowercase[index]
        parameters[f"scope_{letter}"] = limit.scope
        parameters[f"subject_{letter}"] = limit.subject
        parameters[f"after_{letter}"] = rules.oldest_in(limit.window_ms, view.now)
    found: list[list[Bucket]] = [[] for _ in limits]
    for index, at, tries in view.all(_tried(len(limits)), **parameters):
        found[index].append(Bucket(at, tries))
    return found


def count(tx: Tx, bucket_at: int, tried: Iterable[tuple[str, str]], tries: int = 1) -> None:
    """Add to what each scope's subject tried."""
    tx.run_many(
        _COUNT,
        [{"scope": scope, "subject": subject, "bucket_at": bucket_at, "tries": tries} for scope, subject in tried],
    )


def forget(tx: Tx, before: int, most: int) -> int:
    """Delete the oldest buckets that began before a moment."""
    return tx.changed(_FORGET, before=before, most=most)
