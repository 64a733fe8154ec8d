"""Addresses that customers keep."""

import msgspec

from matjar.core.address import Address
from matjar.core.limits import ADDRESSES_PER_CUSTOMER
from matjar.core.tx import Reading, Tx
from matjar.domain.customers.model import SavedAddress

_LIST = """
    SELECT id, address, used_at FROM customer_addresses
    WHERE shop_id = :shop_id AND customer_id = :customer_id ORDER BY used_at DESC, id DESC LIMIT :most
"""
_SAVE = """
    INSERT INTO customer_addresses (shop_id, customer_id, id, address, used_at)
    VALUES (:shop_id, :customer_id, :id, :address, :used_at)
    ON CONFLICT (shop_id, customer_id, id) DO UPDATE SET address = excluded.address, used_at = excluded.used_at
"""
_REMOVE = "DELETE FROM customer_addresses WHERE shop_id = :shop_id AND customer_id = :customer_id AND id = :id"
_REMOVE_ALL = "DELETE FROM customer_addresses WHERE shop_id = :shop_id AND customer_id = :customer_id"

_address = msgspec.json.Decoder(Address).decode
_encode = msgspec.json.Encoder().encode


def of(view: Reading, customer_id: int) -> list[SavedAddress]:
    """A customer's addresses, the one that was used last first."""
    rows = view.all(_LIST, customer_id=customer_id, most=ADDRESSES_PER_CUSTOMER)
    return [SavedAddress(id_, _address(address), used_at) for id_, address, used_at in rows]


def save(tx: Tx, customer_id: int, saved: SavedAddress) -> None:
    """Write an address, new or changed."""
    text = _encode(saved.address).decode()
    tx.run(_SAVE, customer_id=customer_id, id=saved.id, address=text, used_at=saved.used_at)


def remove(tx: Tx, customer_id: int, address_id: int) -> bool:
    """Take an address out; False: it was not there."""
    return tx.changed(_REMOVE, customer_id=customer_id, id=address_id) > 0


def remove_all(tx: Tx, customer_id: int) -> None:
    """Take out all that a customer keeps."""
    tx.run(_REMOVE_ALL, customer_id=customer_id)
