"""The ledger's SQL: rows are inserted and read, never changed."""

from itertools import groupby
from operator import itemgetter

from matjar.core.tx import Reading, Tx
from matjar.domain.ledger.model import Entry, Posting

_INSERT = """
    INSERT INTO ledger (shop_id, entry_id, position, account, currency, amount_minor, kind, subject_id, at)
    VALUES (:shop_id, :entry_id, :position, :account, :currency, :amount_minor, :kind, :subject_id, :at)
"""
_BALANCES = """
    SELECT account, currency, CAST(SUM(amount_minor) AS BIGINT) FROM ledger
    WHERE shop_id = :shop_id GROUP BY account, currency ORDER BY account, currency
"""
_ENTRIES_OF = """
    SELECT entry_id, kind, currency, at, account, amount_minor FROM ledger
    WHERE shop_id = :shop_id AND subject_id = :subject_id ORDER BY entry_id, position LIMIT 10000
"""


def insert(tx: Tx, entry: Entry) -> None:
    """Write an entry, a row for each posting."""
    shared = {
        "entry_id": entry.id, "currency": entry.currency, "kind": entry.kind, "subject_id": entry.subject_id,
        "at": entry.at,
    }  # fmt: skip
    tx.run_many(
        _INSERT,
        [
            {**shared, "position": position, "account": posting.account, "amount_minor": posting.amount_minor}
            for position, posting in enumerate(entry.postings)
        ],
    )


def balances(view: Reading) -> dict[tuple[str, str], int]:
    """The sum of each account in each currency."""
    return {(account, currency): amount_minor for account, currency, amount_minor in view.all(_BALANCES)}


def entries_of(view: Reading, subject_id: int) -> list[Entry]:
    """The entries about one subject."""
    entries = []
    for heading, rows in groupby(view.all(_ENTRIES_OF, subject_id=subject_id), key=itemgetter(0, 1, 2, 3)):
        entry_id, kind, currency, at = heading
        postings = tuple(Posting(account, amount_minor) for *_, account, amount_minor in rows)
        entries.append(Entry(entry_id, kind, subject_id, currency, postings, at))
    return entries
