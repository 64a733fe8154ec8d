"""The carts' SQL."""

import msgspec

from matjar.core.tx import Reading, Tx
from matjar.domain.carts.model import Cart, Line

_FIND = """
    SELECT lines, version FROM carts
    WHERE shop_id = :shop_id AND token_hash = :token_hash AND expires_at > :now
"""
_PUT = """
    INSERT INTO carts (shop_id, token_hash, id, lines, version, expires_at)
    VALUES (:shop_id, :token_hash, :id, :lines, 1, :expires_at)
    ON CONFLICT (shop_id, token_hash) DO UPDATE
    SET lines = excluded.lines, version = carts.version + 1, expires_at = excluded.expires_at
"""
_SWEEP = """
    DELETE FROM carts WHERE shop_id = :shop_id AND token_hash IN (
        SELECT token_hash FROM carts WHERE shop_id = :shop_id AND expires_at <= :now LIMIT :most
    )
"""

_decode = msgspec.json.Decoder(tuple[Line, ...]).decode
_encode = msgspec.json.Encoder().encode


def find(view: Reading, token_hash: bytes) -> Cart | None:
    """The cart that a token opens."""
    row = view.one(_FIND, token_hash=token_hash, now=view.now)
    return Cart(_decode(row[0]), row[1]) if row else None


def put(tx: Tx, token_hash: bytes, lines: tuple[Line, ...], expires_at: int) -> None:
    """Write a cart whole."""
    tx.run(_PUT, token_hash=token_hash, id=tx.new_id(), lines=_encode(lines).decode(), expires_at=expires_at)


def sweep(tx: Tx, most: int) -> int:
    """Delete lapsed carts, and tell how many."""
    return tx.changed(_SWEEP, now=tx.now, most=most)
