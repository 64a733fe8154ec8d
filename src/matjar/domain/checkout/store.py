"""The checkouts' SQL: one row each, its content one JSON text, since it is always read and written whole."""

import msgspec

from matjar.core.tx import Reading, Tx
from matjar.domain.checkout.model import Checkout

_FIND = "SELECT body FROM checkouts WHERE shop_id = :shop_id AND token_hash = :token_hash"
_BY_ID = "SELECT body FROM checkouts WHERE shop_id = :shop_id AND id = :id"
_INSERT = """
    INSERT INTO checkouts (shop_id, token_hash, id, status, body, expires_at)
    VALUES (:shop_id, :token_hash, :id, :status, :body, :expires_at)
"""
_UPDATE = """
    UPDATE checkouts SET status = :status, body = :body, expires_at = :expires_at
    WHERE shop_id = :shop_id AND id = :id
"""
_SWEEP = """
    DELETE FROM checkouts WHERE shop_id = :shop_id AND id IN (
        SELECT id FROM checkouts
        WHERE shop_id = :shop_id AND expires_at <= :now
            AND status NOT IN ('complete_in_progress', 'requires_escalation')
        ORDER BY expires_at LIMIT :most
    )
"""

_decode = msgspec.json.Decoder(Checkout).decode
_encode = msgspec.json.Encoder().encode


def find(view: Reading, token_hash: bytes) -> Checkout | None:
    """The checkout that a token opens, unless it lapsed."""
    id_ = view.once("checkout opened by", token_hash, lambda: _open(view, token_hash))
    checkout = find_by_id(view, id_) if id_ else None
    return checkout if checkout and checkout.expires_at > view.now else None


def _open(view: Reading, token_hash: bytes) -> int | None:
    row = view.one(_FIND, token_hash=token_hash)
    if row is None:
        return None
    checkout = _decode(row[0])
    view.know("checkout", checkout.id, checkout)
    return checkout.id


def find_by_id(view: Reading, id_: int) -> Checkout | None:
    """The checkout with this id, lapsed or not."""
    return view.once("checkout", id_, lambda: _read(view, id_))


def _read(view: Reading, id_: int) -> Checkout | None:
    row = view.one(_BY_ID, id=id_)
    return _decode(row[0]) if row else None


def insert(tx: Tx, token_hash: bytes, checkout: Checkout) -> None:
    """Write a new checkout."""
    tx.run(
        _INSERT, token_hash=token_hash, id=checkout.id, status=checkout.status.value,
        body=_encode(checkout).decode(), expires_at=checkout.expires_at,
    )  # fmt: skip
    tx.know("checkout opened by", token_hash, checkout.id)
    tx.know("checkout", checkout.id, checkout)


def update(tx: Tx, checkout: Checkout) -> None:
    """Write a checkout whole."""
    tx.run(
        _UPDATE, id=checkout.id, status=checkout.status.value, body=_encode(checkout).decode(),
        expires_at=checkout.expires_at,
    )  # fmt: skip
    tx.know("checkout", checkout.id, checkout)


def sweep(tx: Tx, most: int) -> int:
    """Delete lapsed checkouts that no charge is on its way for, and tell how many."""
    swept = tx.changed(_SWEEP, now=tx.now, most=most)
    if swept:
        tx.forget("checkout")
        tx.forget("checkout opened by")
    return swept
