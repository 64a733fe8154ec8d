"""Codes and links that were mailed, as hashes."""

import msgspec

from matjar.core.tx import Reading, Tx
from matjar.domain.customers.model import Code

_ADD = """
    INSERT INTO customer_codes (shop_id, browser_hash, link_hash, code_hash, email, language, expires_at)
    VALUES (:shop_id, :browser_hash, :link_hash, :code_hash, :email, :language, :expires_at)
"""
_FIND_BY_BROWSER = """
    SELECT browser_hash, link_hash, code_hash, email, language, expires_at FROM customer_codes
    WHERE shop_id = :shop_id AND browser_hash = :browser_hash
"""
_FIND_BY_LINK = """
    SELECT browser_hash, link_hash, code_hash, email, language, expires_at FROM customer_codes
    WHERE shop_id = :shop_id AND link_hash = :link_hash
"""
_FORGET = "DELETE FROM customer_codes WHERE shop_id = :shop_id AND browser_hash = :browser_hash"
_FORGET_FOR = "DELETE FROM customer_codes WHERE shop_id = :shop_id AND email = :email"
_SWEEP = """
    DELETE FROM customer_codes WHERE shop_id = :shop_id AND browser_hash IN (
        SELECT browser_hash FROM customer_codes WHERE shop_id = :shop_id AND expires_at < :now
        ORDER BY expires_at LIMIT :most
    )
"""


def put(tx: Tx, code: Code) -> None:
    """Remember what was mailed, in the place of what the same browser asked for before."""
    tx.run(_FORGET, browser_hash=code.browser_hash)
    tx.run(_ADD, **msgspec.structs.asdict(code))


def find_by_browser(view: Reading, browser_hash: bytes) -> Code | None:
    """What a browser asked for last."""
    row = view.one(_FIND_BY_BROWSER, browser_hash=browser_hash)
    return Code(*row) if row else None


def find_by_link(view: Reading, link_hash: bytes) -> Code | None:
    """What a letter's link opens."""
    row = view.one(_FIND_BY_LINK, link_hash=link_hash)
    return Code(*row) if row else None


def forget_for(tx: Tx, email: str) -> None:
    """Nothing that was mailed to an address opens anything any more."""
    tx.run(_FORGET_FOR, email=email)


def sweep(tx: Tx, most: int) -> int:
    """Delete what is not good any more."""
    return tx.changed(_SWEEP, now=tx.now, most=most)
