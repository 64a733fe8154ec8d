"""The payments' SQL."""

import msgspec

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.payments.model import Credit, Deed, Intent, PayoutAccount, Refund, RefundState, Status, Transaction
from matjar.domain.payments.ports import State

_INSERT_INTENT = """
    INSERT INTO payment_intents (shop_id, id, checkout_id, gateway, amount_minor, currency, capture, state, reference,
        order_id, created_at, due_at, updated_at)
    VALUES (:shop_id, :id, :checkout_id, :gateway, :amount_minor, :currency, :capture, :state, :reference,
        :order_id, :created_at, :due_at, :updated_at)
"""
_FIND_INTENT = """
    SELECT id, checkout_id, gateway, amount_minor, currency, capture, state, reference, order_id, created_at, due_at,
        updated_at
    FROM payment_intents WHERE shop_id = :shop_id AND id = :id
"""
_INTENTS_OF_CHECKOUT = """
    SELECT id, checkout_id, gateway, amount_minor, currency, capture, state, reference, order_id, created_at, due_at,
        updated_at
    FROM payment_intents WHERE shop_id = :shop_id AND checkout_id = :checkout_id ORDER BY id LIMIT 100
"""
_DUE_INTENTS = """
    SELECT id, checkout_id, gateway, amount_minor, currency, capture, state, reference, order_id, created_at, due_at,
        updated_at
    FROM payment_intents WHERE shop_id = :shop_id AND due_at > 0 AND due_at <= :now ORDER BY due_at, id LIMIT :most
"""
_UPDATE_INTENT = """
    UPDATE payment_intents SET state = :state, reference = :reference, order_id = :order_id, due_at = :due_at,
        updated_at = :updated_at
    WHERE shop_id = :shop_id AND id = :id
"""
_INSERT_TRANSACTION = """
    INSERT INTO transactions (shop_id, id, order_id, intent_id, kind, status, gateway, amount_minor, currency,
        reference, at, due_at)
    VALUES (:shop_id, :id, :order_id, :intent_id, :kind, :status, :gateway, :amount_minor, :currency,
        :reference, :at, :due_at)
"""
_FIND_TRANSACTION = """
    SELECT id, order_id, intent_id, kind, status, gateway, amount_minor, currency, reference, at, due_at
    FROM transactions WHERE shop_id = :shop_id AND id = :id
"""
_TRANSACTIONS_OF_ORDER = """
    SELECT id, order_id, intent_id, kind, status, gateway, amount_minor, currency, reference, at, due_at
    FROM transactions WHERE shop_id = :shop_id AND order_id = :order_id ORDER BY id LIMIT 500
"""
_DUE_TRANSACTIONS = """
    SELECT id, order_id, intent_id, kind, status, gateway, amount_minor, currency, reference, at, due_at
    FROM transactions WHERE shop_id = :shop_id AND due_at > 0 AND due_at <= :now ORDER BY due_at, id LIMIT :most
"""
_UPDATE_TRANSACTION = """
    UPDATE transactions SET status = :status, due_at = :due_at WHERE shop_id = :shop_id AND id = :id
"""
_INSERT_REFUND = """
    INSERT INTO refunds (shop_id, id, order_id, intent_id, state, amount_minor, currency, gateway, reference, credit,
        reason, created_at, due_at, updated_at)
    VALUES (:shop_id, :id, :order_id, :intent_id, :state, :amount_minor, :currency, :gateway, :reference, :credit,
        :reason, :created_at, :due_at, :updated_at)
"""
_FIND_REFUND = """
    SELECT id, order_id, intent_id, state, amount_minor, currency, gateway, reference, credit, reason, created_at,
        due_at, updated_at
    FROM refunds WHERE shop_id = :shop_id AND id = :id
"""
_REFUNDS_OF_ORDER = """
    SELECT id, order_id, intent_id, state, amount_minor, currency, gateway, reference, credit, reason, created_at,
        due_at, updated_at
    FROM refunds WHERE shop_id = :shop_id AND order_id = :order_id ORDER BY id LIMIT 500
"""
_DUE_REFUNDS = """
    SELECT id, order_id, intent_id, state, amount_minor, currency, gateway, reference, credit, reason, created_at,
        due_at, updated_at
    FROM refunds WHERE shop_id = :shop_id AND due_at > 0 AND due_at <= :now ORDER BY due_at, id LIMIT :most
"""
_UPDATE_REFUND = """
    UPDATE refunds SET state = :state, due_at = :due_at, updated_at = :now WHERE shop_id = :shop_id AND id = :id
"""

_decode_credit = msgspec.json.Decoder(Credit).decode
_NAME_PAYOUT = """
    INSERT INTO payout_accounts (shop_id, id, holder, iban, named_by, named_at)
    VALUES (:shop_id, :id, :holder, :iban, :named_by, :named_at)
"""
_PAYOUTS = """
    SELECT id, holder, iban, named_by, named_at FROM payout_accounts WHERE shop_id = :shop_id ORDER BY id DESC LIMIT 50
"""

_encode = msgspec.json.Encoder().encode


def insert_intent(tx: Tx, intent: Intent) -> None:
    """Write a new intent."""
    tx.run(_INSERT_INTENT, **msgspec.structs.asdict(intent))
    tx.know("intent", intent.id, intent)


def find_intent(view: Reading, intent_id: int) -> Intent | None:
    """One intent."""
    return view.once("intent", intent_id, lambda: _read_intent(view, intent_id))


def _read_intent(view: Reading, intent_id: int) -> Intent | None:
    row = view.one(_FIND_INTENT, id=intent_id)
    return _intent(row) if row else None


def intents_of_checkout(view: Reading, checkout_id: int) -> list[Intent]:
    """A checkout's intents, the oldest first."""
    return [_intent(row) for row in view.all(_INTENTS_OF_CHECKOUT, checkout_id=checkout_id)]


def due_intents(view: Reading, most: int) -> list[Intent]:
    """Intents that are due, the longest overdue first."""
    return [_intent(row) for row in view.all(_DUE_INTENTS, now=view.now, most=most)]


def update_intent(tx: Tx, intent: Intent) -> None:
    """Write what a gateway's word changed, or which order the intent paid for."""
    tx.run(
        _UPDATE_INTENT, id=intent.id, state=intent.state, reference=intent.reference, order_id=intent.order_id,
        due_at=intent.due_at, updated_at=intent.updated_at,
    )  # fmt: skip
    tx.know("intent", intent.id, intent)


def insert_transaction(tx: Tx, transaction: Transaction) -> None:
    """Write a new transaction."""
    tx.run(_INSERT_TRANSACTION, **msgspec.structs.asdict(transaction))


def find_transaction(view: Reading, transaction_id: int) -> Transaction | None:
    """One transaction."""
    row = view.one(_FIND_TRANSACTION, id=transaction_id)
    return _transaction(row) if row else None


def transactions_of(view: Reading, order_id: int) -> list[Transaction]:
    """An order's transactions, the oldest first."""
    return [_transaction(row) for row in view.all(_TRANSACTIONS_OF_ORDER, order_id=order_id)]


def due_transactions(view: Reading, most: int) -> list[Transaction]:
    """Captures and voids that are due, the longest overdue first."""
    return [_transaction(row) for row in view.all(_DUE_TRANSACTIONS, now=view.now, most=most)]


def update_transaction(tx: Tx, transaction: Transaction) -> None:
    """Write what became of it."""
    tx.run(_UPDATE_TRANSACTION, id=transaction.id, status=transaction.status, due_at=transaction.due_at)


def insert_refund(tx: Tx, refund: Refund) -> None:
    """Write a new refund."""
    tx.run(_INSERT_REFUND, **{**msgspec.structs.asdict(refund), "credit": _encode(refund.credit).decode()})


def find_refund(view: Reading, refund_id: int) -> Refund | None:
    """One refund."""
    row = view.one(_FIND_REFUND, id=refund_id)
    return _refund(row) if row else None


def refunds_of(view: Reading, order_id: int) -> list[Refund]:
    """An order's refunds, the oldest first."""
    return [_refund(row) for row in view.all(_REFUNDS_OF_ORDER, order_id=order_id)]


def due_refunds(view: Reading, most: int) -> list[Refund]:
    """Refunds that are due, the longest overdue first."""
    return [_refund(row) for row in view.all(_DUE_REFUNDS, now=view.now, most=most)]


def update_refund(tx: Tx, refund: Refund) -> None:
    """Write what became of it."""
    tx.run(_UPDATE_REFUND, id=refund.id, state=refund.state, due_at=refund.due_at, now=tx.now)


def _intent(row: Row) -> Intent:
    return Intent(*(*row[:6], State(row[6]), *row[7:]))


def _transaction(row: Row) -> Transaction:
    return Transaction(*(*row[:3], Deed(row[3]), Status(row[4]), *row[5:]))


def _refund(row: Row) -> Refund:
    return Refund(*(*row[:3], RefundState(row[3]), *row[4:8], _decode_credit(row[8]), *row[9:]))


def insert_payout_account(tx: Tx, account: PayoutAccount) -> None:
    """Write an account."""
    tx.run(_NAME_PAYOUT, **msgspec.structs.asdict(account))


def payout_accounts(view: Reading) -> list[PayoutAccount]:
    """The accounts, the latest first."""
    return [PayoutAccount(*row) for row in view.all(_PAYOUTS)]
