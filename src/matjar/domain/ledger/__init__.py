"""The ledger: where money comes from and where it goes, in double entry.

Promise: entries are only ever added, and each sums to zero in its one currency.
"""

from matjar.domain.ledger.model import DELIVERY, RECEIVABLE, REFUNDS_DUE, SALES, Entry, Posting, gateway, tax
from matjar.domain.ledger.operations import post
from matjar.domain.ledger.queries import balances, entries_of

__all__ = [
    "DELIVERY",
    "RECEIVABLE",
    "REFUNDS_DUE",
    "SALES",
    "Entry",
    "Posting",
    "balances",
    "entries_of",
    "gateway",
    "post",
    "tax",
]
