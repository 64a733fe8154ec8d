"""Customers' passkeys."""

import msgspec

from matjar.core.limits import PASSKEYS_PER_PERSON
from matjar.core.tx import Reading, Row, Tx
from matjar.domain.customers.model import CustomerPasskey

_FIND = """
    SELECT credential_id, customer_id, host, public_key, name, sign_count, backed_up, created_at, used_at
    FROM customer_passkeys WHERE shop_id = :shop_id AND credential_id = :credential_id
"""
_LIST = """
    SELECT credential_id, customer_id, host, public_key, name, sign_count, backed_up, created_at, used_at
    FROM customer_passkeys WHERE shop_id = :shop_id AND customer_id = :customer_id
    ORDER BY created_at, credential_id LIMIT :most
"""
_SAVE = """
    INSERT INTO customer_passkeys (shop_id, credential_id, customer_id, host, public_key, name, sign_count, backed_up,
        created_at, used_at)
    VALUES (:shop_id, :credential_id, :customer_id, :host, :public_key, :name, :sign_count, :backed_up,
        :created_at, :used_at)
    ON CONFLICT (shop_id, credential_id) DO UPDATE SET name = excluded.name, sign_count = excluded.sign_count,
        backed_up = excluded.backed_up, used_at = excluded.used_at
"""
_REMOVE = "DELETE FROM customer_passkeys WHERE shop_id = :shop_id AND credential_id = :credential_id"
_REMOVE_ALL = "DELETE FROM customer_passkeys WHERE shop_id = :shop_id AND customer_id = :customer_id"


def find(view: Reading, credential_id: bytes) -> CustomerPasskey | None:
    """The key with this id, whoever's it is."""
    row = view.one(_FIND, credential_id=credential_id)
    return _passkey(row) if row else None


def of(view: Reading, customer_id: int) -> list[CustomerPasskey]:
    """A customer's keys, the oldest first."""
    rows = view.all(_LIST, customer_id=customer_id, most=PASSKEYS_PER_PERSON)
    return [_passkey(row) for row in rows]


def save(tx: Tx, passkey: CustomerPasskey) -> None:
    """Write a key, new or changed."""
    tx.run(_SAVE, **msgspec.structs.asdict(passkey) | {"backed_up": int(passkey.backed_up)})


def remove(tx: Tx, credential_id: bytes) -> None:
    """Take a key out."""
    tx.run(_REMOVE, credential_id=credential_id)


def remove_all(tx: Tx, customer_id: int) -> None:
    """Take out all that a customer has."""
    tx.run(_REMOVE_ALL, customer_id=customer_id)


def _passkey(row: Row) -> CustomerPasskey:
    return CustomerPasskey(*(*row[:6], bool(row[6]), *row[7:]))
