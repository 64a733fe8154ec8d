"""Payments: charges, captures, voids and refunds, and what gateways say became of them.

Promise: no money is taken twice or lost sight of. What is asked of a gateway is written down before, under the key that
the gateway knows it by; what it answers is recorded after, in any order and as often as it likes to say so.
"""

from matjar.domain.payments.events import PaymentFailed
from matjar.domain.payments.model import (
    BY_HAND,
    NO_CREDIT,
    NOTHING_OPEN,
    Credit,
    CreditedLine,
    Deed,
    Intent,
    PayoutAccount,
    Refund,
    RefundState,
    Restock,
    Status,
    Transaction,
)
from matjar.domain.payments.operations import (
    attach,
    begin,
    begin_capture,
    begin_refund,
    begin_void,
    name_payout_account,
    note,
    record,
    return_charge,
    settle_refund,
    settle_transaction,
)
from matjar.domain.payments.ports import GATEWAY_AWAY, Charge, Gateway, Message, Outcome, State
from matjar.domain.payments.queries import (
    due_intents,
    due_refunds,
    due_transactions,
    intents_of_checkout,
    load_intent,
    load_refund,
    load_transaction,
    payout_accounts,
    refunds_of,
    transactions_of,
)
from matjar.domain.payments.rules import check_holder, check_iban, key_of, read_key

COMMANDS = (name_payout_account,)

__all__ = [
    "BY_HAND",
    "COMMANDS",
    "GATEWAY_AWAY",
    "NOTHING_OPEN",
    "NO_CREDIT",
    "Charge",
    "Credit",
    "CreditedLine",
    "Deed",
    "Gateway",
    "Intent",
    "Message",
    "Outcome",
    "PaymentFailed",
    "PayoutAccount",
    "Refund",
    "RefundState",
    "Restock",
    "State",
    "Status",
    "Transaction",
    "attach",
    "begin",
    "begin_capture",
    "begin_refund",
    "begin_void",
    "check_holder",
    "check_iban",
    "due_intents",
    "due_refunds",
    "due_transactions",
    "intents_of_checkout",
    "key_of",
    "load_intent",
    "load_refund",
    "load_transaction",
    "name_payout_account",
    "note",
    "payout_accounts",
    "read_key",
    "record",
    "refunds_of",
    "return_charge",
    "settle_refund",
    "settle_transaction",
    "transactions_of",
]
