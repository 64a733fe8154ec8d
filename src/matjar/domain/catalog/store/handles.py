"""The SQL of handles that were left: by their goods for another, or with them for good."""

from collections.abc import Iterable

from matjar.core.tx import Reading, Tx
from matjar.domain.catalog.model import FormerHandle

_LEAVE = """
    INSERT INTO former_handles (shop_id, owner_type, handle, owner_id, left_at)
    VALUES (:shop_id, :owner_type, :handle, :owner_id, :now)
    ON CONFLICT (shop_id, owner_type, handle) DO UPDATE SET owner_id = excluded.owner_id, left_at = excluded.left_at
"""
_OF_OWNER = """
    SELECT handle FROM former_handles
    WHERE shop_id = :shop_id AND owner_type = :owner_type AND owner_id = :owner_id ORDER BY handle LIMIT 1000
"""
_FIND = """
    SELECT owner_type, handle, owner_id FROM former_handles
    WHERE shop_id = :shop_id AND owner_type = :owner_type AND handle = :handle
"""
_LISTED = """
    SELECT owner_type, handle, owner_id FROM former_handles
    WHERE shop_id = :shop_id AND owner_type = :owner_type AND handle > :after ORDER BY handle LIMIT :most
"""
_FORGET = """
    DELETE FROM former_handles WHERE shop_id = :shop_id AND (owner_type, handle) IN (
        SELECT owner_type, handle FROM former_handles WHERE shop_id = :shop_id AND left_at < :before
        ORDER BY left_at LIMIT :most
    )
"""


def leave(tx: Tx, handles: Iterable[FormerHandle]) -> None:
    """Note to whom these handles led last; an owner 0 is gone."""
    rows = [{"owner_type": each.owner_type, "handle": each.handle, "owner_id": each.owner_id} for each in handles]
    tx.run_many(_LEAVE, [row | {"now": tx.now} for row in rows])


def of_owner(view: Reading, owner_type: str, owner_id: int) -> list[str]:
    """All handles that an owner had before."""
    return [row[0] for row in view.all(_OF_OWNER, owner_type=owner_type, owner_id=owner_id)]


def find(view: Reading, owner_type: str, handle: str) -> FormerHandle | None:
    """Who had a handle last."""
    row = view.one(_FIND, owner_type=owner_type, handle=handle)
    return FormerHandle(*row) if row else None


def list_after(view: Reading, owner_type: str, after: str, most: int) -> list[FormerHandle]:
    """Handles that were left, in their order."""
    return [FormerHandle(*row) for row in view.all(_LISTED, owner_type=owner_type, after=after, most=most)]


def forget(tx: Tx, before: int, most: int) -> int:
    """Delete what was left before a moment, the oldest first."""
    return tx.changed(_FORGET, before=before, most=most)
