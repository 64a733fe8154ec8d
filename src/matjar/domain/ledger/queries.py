"""Questions to the ledger."""

from matjar.core.tx import Reading
from matjar.domain.ledger import store
from matjar.domain.ledger.model import Entry


def balances(view: Reading) -> dict[tuple[str, str], int]:
    """What stands on each account, by ``(account, currency)``, in minor units; debits positive."""
    return store.balances(view)


def entries_of(view: Reading, *, subject_id: int) -> list[Entry]:
    """All entries about one order, refund or intent, the oldest first."""
    return store.entries_of(view, subject_id)
