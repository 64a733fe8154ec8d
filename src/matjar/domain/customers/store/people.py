"""Customers, and since when they have an account."""

import msgspec

from matjar.core.address import Address
from matjar.core.tx import Reading, Row, Tx
from matjar.domain.customers.model import Consent, Customer

_FIND = """
    SELECT id, email, phone, name, language, address, accepts_marketing, created_at, updated_at, erased_at, (
        SELECT opened_at FROM customer_accounts
        WHERE shop_id = :shop_id AND customer_id = customers.id
    ) FROM customers WHERE shop_id = :shop_id AND id = :id
"""
_FIND_BY_EMAIL = """
    SELECT id, email, phone, name, language, address, accepts_marketing, created_at, updated_at, erased_at, (
        SELECT opened_at FROM customer_accounts
        WHERE shop_id = :shop_id AND customer_id = customers.id
    ) FROM customers WHERE shop_id = :shop_id AND email = :email
"""
_LIST = """
    SELECT id, email, phone, name, language, address, accepts_marketing, created_at, updated_at, erased_at, (
        SELECT opened_at FROM customer_accounts
        WHERE shop_id = :shop_id AND customer_id = customers.id
    ) FROM customers
    WHERE shop_id = :shop_id AND id > :since_id
        AND (:within = '' OR email LIKE :begin OR LOWER(name) LIKE :within OR phone LIKE :within)
    ORDER BY id LIMIT :most
"""
_ACCOUNT = "SELECT signed_out_at FROM customer_accounts WHERE shop_id = :shop_id AND customer_id = :customer_id"
_OPEN = """
    INSERT INTO customer_accounts (shop_id, customer_id, opened_at, signed_out_at)
    VALUES (:shop_id, :customer_id, :now, 0)
"""
_SIGN_OUT = """
    UPDATE customer_accounts SET signed_out_at = :now WHERE shop_id = :shop_id AND customer_id = :customer_id
"""
_CLOSE = "DELETE FROM customer_accounts WHERE shop_id = :shop_id AND customer_id = :customer_id"
_SAVE = """
    INSERT INTO customers (shop_id, id, email, phone, name, language, address, accepts_marketing, created_at,
        updated_at, erased_at)
    VALUES (:shop_id, :id, :email, :phone, :name, :language, :address, :accepts_marketing, :created_at,
        :updated_at, :erased_at)
    ON CONFLICT (shop_id, id) DO UPDATE SET email = excluded.email, phone = excluded.phone, name = excluded.name,
        language = excluded.language, address = excluded.address, accepts_marketing = excluded.accepts_marketing,
        updated_at = excluded.updated_at, erased_at = excluded.erased_at
"""

_ADD_CONSENT = """
    INSERT INTO consents (shop_id, customer_id, id, given, words, source, at)
    VALUES (:shop_id, :customer_id, :id, :given, :words, :source, :at)
"""
_CONSENTS = """
    SELECT id, given, words, source, at FROM consents
    WHERE shop_id = :shop_id AND customer_id = :customer_id ORDER BY id DESC LIMIT 250
"""
_FORGET_CONSENTS = "DELETE FROM consents WHERE shop_id = :shop_id AND customer_id = :customer_id"
_AGREED = """
    SELECT id, email, phone, name, language, address, accepts_marketing, created_at, updated_at, erased_at, (
        SELECT opened_at FROM customer_accounts
        WHERE shop_id = :shop_id AND customer_id = customers.id
    ) FROM customers
    WHERE shop_id = :shop_id AND id > :since_id AND accepts_marketing = 1 AND email IS NOT NULL
    ORDER BY id LIMIT :most
"""

_address = msgspec.json.Decoder(Address).decode
_encode = msgspec.json.Encoder().encode


def find(view: Reading, customer_id: int) -> Customer | None:
    """One customer."""
    row = view.one(_FIND, id=customer_id)
    return _customer(row) if row else None


def find_by_email(view: Reading, email: str) -> Customer | None:
    """The customer with this folded address."""
    row = view.one(_FIND_BY_EMAIL, email=email)
    return _customer(row) if row else None


def list_where(view: Reading, *, since_id: int, words: str, most: int) -> list[Customer]:
    """Customers whose e-mail begins with the words, or whose name or phone holds them."""
    within, begin = (f"%{words}%", f"{words}%") if words else ("", "")
    return [_customer(row) for row in view.all(_LIST, since_id=since_id, within=within, begin=begin, most=most)]


def list_agreed(view: Reading, since_id: int, most: int) -> list[Customer]:
    """Customers after an id who want to be told of news."""
    return [_customer(row) for row in view.all(_AGREED, since_id=since_id, most=most)]


def save(tx: Tx, customer: Customer) -> None:
    """Write a customer, new or changed."""
    row = msgspec.structs.asdict(customer)
    del row["opened_at"]
    row["address"] = _encode(customer.address).decode()
    row["accepts_marketing"] = int(customer.accepts_marketing)
    tx.run(_SAVE, **row)


def add_consent(tx: Tx, customer_id: int, consent: Consent) -> None:
    """Write that somebody said yes, or no."""
    tx.run(
        _ADD_CONSENT, customer_id=customer_id, id=consent.id, given=int(consent.given), words=consent.words,
        source=consent.source, at=consent.at,
    )  # fmt: skip


def consents_of(view: Reading, customer_id: int) -> list[Consent]:
    """Each time that they said so, the latest first."""
    rows = view.all(_CONSENTS, customer_id=customer_id)
    return [Consent(id_, bool(given), words, source, at) for id_, given, words, source, at in rows]


def forget_consents(tx: Tx, customer_id: int) -> None:
    """Nobody is to be told of anything any more."""
    tx.run(_FORGET_CONSENTS, customer_id=customer_id)


def signed_out_at(view: Reading, customer_id: int) -> int | None:
    """When a customer signed out everywhere, 0 for never; None: they have no account."""
    row = view.one(_ACCOUNT, customer_id=customer_id)
    return row[0] if row else None


def open_account(tx: Tx, customer_id: int) -> None:
    """They sign in from now on."""
    tx.run(_OPEN, customer_id=customer_id, now=tx.now)


def sign_out(tx: Tx, customer_id: int) -> None:
    """All sessions up to now are over."""
    tx.run(_SIGN_OUT, customer_id=customer_id, now=tx.now)


def close_account(tx: Tx, customer_id: int) -> None:
    """They do not sign in any more."""
    tx.run(_CLOSE, customer_id=customer_id)


def _customer(row: Row) -> Customer:
    return Customer(*(*row[:5], _address(row[5]), bool(row[6]), *row[7:]))
