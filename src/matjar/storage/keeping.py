"""The storage's own commands: how long it keeps answers beside their keys, and the feed; and whether it is there."""

from matjar.core.limits import FEED_KEPT_MS, IDEMPOTENCY_KEPT_MS, SWEEP_ROWS
from matjar.core.tx import Tx

_SWEEP_KEYS = """
    DELETE FROM idempotency WHERE shop_id = :shop_id AND key IN (
        SELECT key FROM idempotency WHERE shop_id = :shop_id AND at <= :before ORDER BY at LIMIT :most
    )
"""
_SWEEP_FEED = """
    DELETE FROM feed WHERE shop_id = :shop_id AND number IN (
        SELECT number FROM feed WHERE shop_id = :shop_id ORDER BY number LIMIT :most
    ) AND at <= :before
"""


def sweep_keys(tx: Tx) -> int:
    """Forget old answers; tells how many, so that the sweeper comes again while there are more."""
    return tx.changed(_SWEEP_KEYS, before=tx.now - IDEMPOTENCY_KEPT_MS, most=SWEEP_ROWS)


def sweep_feed(tx: Tx) -> int:
    """Forget the old end of the feed; a consumer that was away longer starts afresh."""
    return tx.changed(_SWEEP_FEED, before=tx.now - FEED_KEPT_MS, most=SWEEP_ROWS)




def ask(tx: Tx) -> None:
    """Do nothing, durably: an answer says that the writer is there and that its disk takes what it writes."""


COMMANDS = (sweep_keys, sweep_feed, ask)
