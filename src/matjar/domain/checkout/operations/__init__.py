"""The checkout, told from top to bottom: create · update · prepare ─ (the gateway) ─ settle.

    prepare   one transaction: price anew, hold the stock, take the discount's place, write the intent
    charge    no transaction: the edge asks the gateway, under the intent's id as its idempotency key
    settle    one transaction: record what became of it; an order, or everything given back

Who dies midway leaves an intent that is due: the finisher asks the gateway, and settles.
"""

from matjar.domain.checkout.operations.filling import create, sweep, update
from matjar.domain.checkout.operations.leaving import cancel, reopen
from matjar.domain.checkout.operations.paying import prepare, settle

__all__ = ["cancel", "create", "prepare", "reopen", "settle", "sweep", "update"]
