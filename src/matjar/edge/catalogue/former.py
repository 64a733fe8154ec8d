"""Handles that goods and collections had before: whoever follows an old link is led to where they stand now."""

from collections.abc import Iterable
from typing import Any

from matjar.domain.catalog import FormerHandle

SCHEMA = """
    CREATE TABLE former (
        shop_id INTEGER NOT NULL, owner_type TEXT NOT NULL, handle TEXT NOT NULL, owner_id INTEGER NOT NULL,
        PRIMARY KEY (shop_id, owner_type, handle)
    ) WITHOUT ROWID;
"""
"""An owner 0 is gone for good. What has a handle now goes before what had it once."""

_KEEP = "INSERT OR REPLACE INTO former (shop_id, owner_type, handle, owner_id) VALUES (?, ?, ?, ?)"


def keep(execute: Any, shop_id: int, handles: Iterable[FormerHandle]) -> None:
    """Note who had these handles last."""
    for each in handles:
        execute(_KEEP, (shop_id, each.owner_type, each.handle, each.owner_id))
