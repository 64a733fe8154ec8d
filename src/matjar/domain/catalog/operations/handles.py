"""Handles that goods and collections leave behind, so that a link that was shared years ago still leads there.

A handle leads to its owner, not to the next handle: however often something is renamed, one step is enough.
"""

from matjar.core.limits import FORMER_HANDLES_KEPT_MS, SWEEP_ROWS
from matjar.core.tx import Tx
from matjar.domain.catalog import events
from matjar.domain.catalog.model import FormerHandle
from matjar.domain.catalog.store import handles


def leave(tx: Tx, *, owner_type: str, owner_id: int, before: str, after: str) -> None:
    """Note the handle that an owner had before, where it has another now."""
    if before != after:
        _leave(tx, [FormerHandle(owner_type, before, owner_id)])


def leave_for_good(tx: Tx, *, owner_type: str, owner_id: int, handle: str) -> None:
    """The owner is gone: its last handle, and all before, lead nowhere any more, and say so."""
    known = [*handles.of_owner(tx, owner_type, owner_id), handle]
    _leave(tx, [FormerHandle(owner_type, each, 0) for each in dict.fromkeys(known)])


def sweep(tx: Tx, *, most: int = SWEEP_ROWS) -> int:
    """Forget handles that were left long ago; tells how many, so that the sweeper comes again for more."""
    return handles.forget(tx, tx.now - FORMER_HANDLES_KEPT_MS, most)


def _leave(tx: Tx, left: list[FormerHandle]) -> None:
    handles.leave(tx, left)
    for each in left:
        tx.emit(events.HandleLeft(each.owner_type, each.handle))
