"""What is kept no longer."""

from matjar.core.limits import (
    AUDIT_KEPT_MS,
    CODES_KEPT_MS,
    MAILS_KEPT_MS,
    RECOVERY_OPEN_MS,
    SESSIONS_KEPT_MS,
)
from matjar.core.tx import Tx

_SWEEPS = (
    ("""
    DELETE FROM letters WHERE shop_id = :shop_id AND hash IN (
        SELECT hash FROM letters WHERE shop_id = :shop_id AND expires_at <= :before ORDER BY expires_at LIMIT :most
    )
    """, 0),
    ("""
    DELETE FROM recoveries WHERE shop_id = :shop_id AND due_at <= :before AND :most > 0
    """, RECOVERY_OPEN_MS),
    ("""
    DELETE FROM sessions WHERE shop_id = :shop_id AND sid IN (
        SELECT sid FROM sessions WHERE shop_id = :shop_id AND ends_at <= :before ORDER BY ends_at LIMIT :most
    )
    """, SESSIONS_KEPT_MS),
    ("""
    DELETE FROM invitations WHERE shop_id = :shop_id AND id IN (
        SELECT id FROM invitations WHERE shop_id = :shop_id AND expires_at <= :before ORDER BY expires_at LIMIT :most
    )
    """, 0),
    ("""
    DELETE FROM revocations WHERE shop_id = :shop_id AND (kind, subject) IN (
        SELECT kind, subject FROM revocations WHERE shop_id = :shop_id AND ends_at <= :before
        ORDER BY ends_at LIMIT :most
    )
    """, 0),
    ("""
    DELETE FROM printed_codes WHERE shop_id = :shop_id AND hash IN (
        SELECT hash FROM printed_codes WHERE shop_id = :shop_id AND ended_at <= :before LIMIT :most
    )
    """, CODES_KEPT_MS),
    ("""
    DELETE FROM mails WHERE shop_id = :shop_id AND id IN (
        SELECT id FROM mails WHERE shop_id = :shop_id ORDER BY id LIMIT :most
    ) AND due_at IS NULL AND created_at <= :before
    """, MAILS_KEPT_MS),
    ("""
    DELETE FROM audit WHERE shop_id = :shop_id AND id IN (
        SELECT id FROM audit WHERE shop_id = :shop_id ORDER BY id LIMIT :most
    ) AND at <= :before
    """, AUDIT_KEPT_MS),
)  # fmt: skip


def sweep(tx: Tx, most: int) -> int:
    """Delete what is over, so many rows of a kind at most; tells how many."""
    return sum(tx.changed(statement, before=tx.now - kept_ms, most=most) for statement, kept_ms in _SWEEPS)
