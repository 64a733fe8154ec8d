"""The one verb of a ledger."""

from collections.abc import Sequence

from matjar.core.tx import Tx
from matjar.domain.ledger import store
from matjar.domain.ledger.model import ACCOUNTS, Entry, Posting


def post(tx: Tx, *, kind: str, subject_id: int, currency: str, postings: Sequence[tuple[str, int]]) -> int:
    """Write an entry of ``(account, amount_minor)``, debits positive; tells its id, or 0 where nothing moves."""
    assert sum(amount_minor for _, amount_minor in postings) == 0, f"{kind} of {subject_id} does not sum to zero"
    assert all(account.partition(":")[0] in ACCOUNTS for account, _ in postings), f"{kind} names an unknown account"
    moving = tuple(Posting(account, amount_minor) for account, amount_minor in postings if amount_minor)
    if not moving:
        return 0
    entry = Entry(tx.new_id(), kind, subject_id, currency, moving, tx.now)
    store.insert(tx, entry)
    return entry.id
