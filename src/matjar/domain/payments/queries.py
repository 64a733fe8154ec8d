"""Questions about payments."""

from matjar.core.tx import Reading
from matjar.domain.payments import model, store
from matjar.domain.payments.model import Intent, PayoutAccount, Refund, Transaction


def load_intent(view: Reading, *, intent_id: int) -> Intent:
    """One charge; refuses ``payments.no_such_intent``."""
    intent = store.find_intent(view, intent_id)
    if intent is None:
        raise model.NO_SUCH_INTENT()
    return intent


def intents_of_checkout(view: Reading, *, checkout_id: int) -> list[Intent]:
    """A checkout's charges, the oldest first."""
    return store.intents_of_checkout(view, checkout_id)


def due_intents(view: Reading, *, most: int) -> list[Intent]:
    """Charges that the gateway must be asked about: no answer yet, or money that became no order."""
    return store.due_intents(view, most)


def load_transaction(view: Reading, *, transaction_id: int) -> Transaction:
    """One transaction; refuses ``payments.no_such_transaction``."""
    transaction = store.find_transaction(view, transaction_id)
    if transaction is None:
        raise model.NO_SUCH_TRANSACTION()
    return transaction


def transactions_of(view: Reading, *, order_id: int) -> list[Transaction]:
    """An order's transactions, the oldest first."""
    return store.transactions_of(view, order_id)


def due_transactions(view: Reading, *, most: int) -> list[Transaction]:
    """Captures and voids whose answer is not known."""
    return store.due_transactions(view, most)


def load_refund(view: Reading, *, refund_id: int) -> Refund:
    """One refund; refuses ``payments.no_such_refund``."""
    refund = store.find_refund(view, refund_id)
    if refund is None:
        raise model.NO_SUCH_REFUND()
    return refund


def refunds_of(view: Reading, *, order_id: int) -> list[Refund]:
    """An order's refunds, the oldest first."""
    return store.refunds_of(view, order_id)


def due_refunds(view: Reading, *, most: int) -> list[Refund]:
    """Refunds whose answer is not known."""
    return store.due_refunds(view, most)


def payout_accounts(view: Reading) -> list[PayoutAccount]:
    """Where the shop's money is paid out to, and before that where it was; the latest first."""
    return store.payout_accounts(view)
