"""What is done with orders.

What asks a gateway takes three steps: ``begin_…`` writes down what is to be asked, the edge asks, ``settle_…`` records
the answer, whatever it is and however often it comes. Goods, ledger and papers follow the decision, at ``begin_…``;
money follows the gateway's word, at ``settle_…``.
"""

from matjar.domain.orders.operations.asking import ask_for_return, look_up
from matjar.domain.orders.operations.keeping import amend, close, forget, forget_buyer, reopen
from matjar.domain.orders.operations.paying import begin_capture, begin_void, hear, mark_paid, place, settle_transaction
from matjar.domain.orders.operations.returning import begin_cancel, begin_refund, mark_refunded, settle_refund
from matjar.domain.orders.operations.sending import fulfil, track

__all__ = [
    "amend",
    "ask_for_return",
    "begin_cancel",
    "begin_capture",
    "begin_refund",
    "begin_void",
    "close",
    "forget",
    "forget_buyer",
    "fulfil",
    "hear",
    "look_up",
    "mark_paid",
    "mark_refunded",
    "place",
    "reopen",
    "settle_refund",
    "settle_transaction",
    "track",
]
