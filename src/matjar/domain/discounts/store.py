"""The discounts' SQL."""

import msgspec

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.discounts.model import Discount, Terms

_BY_CODE = """
    SELECT id, code, terms, used, starts_at, ends_at FROM discounts WHERE shop_id = :shop_id AND code = :code
"""
_BY_ID = "SELECT id, code, terms, used, starts_at, ends_at FROM discounts WHERE shop_id = :shop_id AND id = :id"
_LIST = """
    SELECT id, code, terms, used, starts_at, ends_at FROM discounts
    WHERE shop_id = :shop_id AND id > :after_id ORDER BY id LIMIT :most
"""
_INSERT = """
    INSERT INTO discounts (shop_id, id, code, terms, used, starts_at, ends_at)
    VALUES (:shop_id, :id, :code, :terms, 0, :starts_at, :ends_at)
"""
_UPDATE = """
    UPDATE discounts SET terms = :terms, starts_at = :starts_at, ends_at = :ends_at
    WHERE shop_id = :shop_id AND id = :id
"""
_COUNT = "UPDATE discounts SET used = used + :places WHERE shop_id = :shop_id AND id = :id"
_PLACES_OF = """
    SELECT discount_id FROM discount_uses WHERE shop_id = :shop_id AND checkout_id = :checkout_id LIMIT 100
"""
_USES_BY_BUYER = """
    SELECT COUNT(*) FROM discount_uses
    WHERE shop_id = :shop_id AND discount_id = :discount_id AND buyer = :buyer AND checkout_id <> :checkout_id
"""
_TAKE = """
    INSERT INTO discount_uses (shop_id, checkout_id, discount_id, buyer, at)
    VALUES (:shop_id, :checkout_id, :discount_id, :buyer, :now)
"""
_GIVE_BACK = "DELETE FROM discount_uses WHERE shop_id = :shop_id AND checkout_id = :checkout_id"

_decode = msgspec.json.Decoder(Terms).decode
_encode = msgspec.json.Encoder().encode


def find(view: Reading, code: str) -> Discount | None:
    """The discount with this folded code."""
    row = view.one(_BY_CODE, code=code)
    return _discount(row) if row else None


def find_by_id(view: Reading, discount_id: int) -> Discount | None:
    """The discount with this id."""
    row = view.one(_BY_ID, id=discount_id)
    return _discount(row) if row else None


def list_from(view: Reading, *, after_id: int, most: int) -> list[Discount]:
    """Discounts in the order they were made, after one of them."""
    return [_discount(row) for row in view.all(_LIST, after_id=after_id, most=most)]


def insert(tx: Tx, discount: Discount) -> None:
    """Write a new discount, used by nobody yet."""
    tx.run(
        _INSERT,
        id=discount.id,
        code=discount.code,
        terms=_encode(discount.terms).decode(),
        starts_at=discount.starts_at,
        ends_at=discount.ends_at,
    )


def update(tx: Tx, discount: Discount) -> None:
    """Write terms and time; what is counted stays."""
    tx.run(
        _UPDATE,
        id=discount.id,
        terms=_encode(discount.terms).decode(),
        starts_at=discount.starts_at,
        ends_at=discount.ends_at,
    )


def places_of(view: Reading, checkout_id: int) -> list[int]:
    """The discounts in which a checkout has taken its place."""
    return [discount_id for (discount_id,) in view.all(_PLACES_OF, checkout_id=checkout_id)]


def count_by_buyer(view: Reading, *, discount_id: int, buyer: bytes, checkout_id: int) -> int:
    """How many places a buyer has taken in a discount, through other checkouts than this one."""
    row = view.one(_USES_BY_BUYER, discount_id=discount_id, buyer=buyer, checkout_id=checkout_id)
    assert row is not None
    return int(row[0])


def take(tx: Tx, *, discount_id: int, checkout_id: int, buyer: bytes) -> None:
    """Write a checkout's place, and count it."""
    tx.run(_TAKE, discount_id=discount_id, checkout_id=checkout_id, buyer=buyer, now=tx.now)
    tx.run(_COUNT, id=discount_id, places=1)


def give_back(tx: Tx, *, checkout_id: int, discount_ids: list[int]) -> None:
    """Delete a checkout's places, and count them off."""
    tx.run(_GIVE_BACK, checkout_id=checkout_id)
    tx.run_many(_COUNT, [{"id": discount_id, "places": -1} for discount_id in discount_ids])


def _discount(row: Row) -> Discount:
    id_, code, terms, used, starts_at, ends_at = row
    return Discount(id_, code, _decode(terms), used, starts_at, ends_at)
