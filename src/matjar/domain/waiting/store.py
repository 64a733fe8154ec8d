"""The SQL of those who wait."""

import msgspec

from matjar.core.tx import Reading, Tx
from matjar.domain.waiting.model import Wish

_ADD = """
    INSERT INTO waiting (shop_id, variant_id, email, id, language, product_url, leave_url, leave_hash, asked_at)
    VALUES (:shop_id, :variant_id, :email, :id, :language, :product_url, :leave_url, :leave_hash, :asked_at)
    ON CONFLICT (shop_id, variant_id, email) DO NOTHING
"""
_COUNT_OF = "SELECT COUNT(*) FROM waiting WHERE shop_id = :shop_id AND email = :email"
_VARIANTS = """
    SELECT DISTINCT variant_id FROM waiting WHERE shop_id = :shop_id AND variant_id > :after
    ORDER BY variant_id LIMIT :most
"""
_WAITING_FOR = """
    SELECT id, variant_id, email, language, product_url, leave_url, asked_at FROM waiting
    WHERE shop_id = :shop_id AND variant_id = :variant_id ORDER BY asked_at, id LIMIT :most
"""
_REMOVE = "DELETE FROM waiting WHERE shop_id = :shop_id AND variant_id = :variant_id AND email = :email"
_FIND_EMAIL = "SELECT email FROM waiting WHERE shop_id = :shop_id AND leave_hash = :leave_hash"
_REMOVE_ALL = "DELETE FROM waiting WHERE shop_id = :shop_id AND email = :email"
_FORGET = """
    DELETE FROM waiting WHERE shop_id = :shop_id AND (variant_id, email) IN (
        SELECT variant_id, email FROM waiting WHERE shop_id = :shop_id AND asked_at < :before
        ORDER BY asked_at LIMIT :most
    )
"""


def add(tx: Tx, wish: Wish, leave_hash: bytes) -> None:
    """Write a wish; one that is there already stays as it is."""
    tx.run(_ADD, leave_hash=leave_hash, **msgspec.structs.asdict(wish))


def count_of(view: Reading, email: str) -> int:
    """How many things somebody waits for."""
    row = view.one(_COUNT_OF, email=email)
    return int(row[0]) if row else 0


def variants(view: Reading, after: int, most: int) -> list[int]:
    """What anybody waits for, behind one."""
    return [row[0] for row in view.all(_VARIANTS, after=after, most=most)]


def waiting_for(view: Reading, variant_id: int, most: int) -> list[Wish]:
    """Who waits for it, the first first."""
    return [Wish(*row) for row in view.all(_WAITING_FOR, variant_id=variant_id, most=most)]


def remove(tx: Tx, wish: Wish) -> None:
    """Delete one wish."""
    tx.run(_REMOVE, variant_id=wish.variant_id, email=wish.email)


def find_email(view: Reading, leave_hash: bytes) -> str | None:
    """Whose way out this is."""
    row = view.one(_FIND_EMAIL, leave_hash=leave_hash)
    return row[0] if row else None


def remove_all(tx: Tx, email: str) -> None:
    """Delete all wishes of somebody."""
    tx.run(_REMOVE_ALL, email=email)


def forget(tx: Tx, before: int, most: int) -> int:
    """Delete wishes from before a moment, the oldest first."""
    return tx.changed(_FORGET, before=before, most=most)
