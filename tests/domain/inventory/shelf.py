"""Goods and places for these tests, and short words for what is done with them."""

from matjar.core.clock import MINUTE
from matjar.domain import inventory
from matjar.domain.inventory import Level, Share, Want
from matjar.storage.tx import ShopTx

SOAP, BALM, VOUCHER = 501, 502, 503
"""Two things that can be sold out, and one that is not tracked."""
TITLES = {SOAP: "Rose soap", BALM: "Amber balm", VOUCHER: "Gift card"}


def stock_catalogue(tx: ShopTx) -> None:
    """Know the items, as the catalogue does for each variant."""
    for item in TITLES:
        tx.run(
            "INSERT INTO inventory_items (shop_id, id, tracked) VALUES (:shop_id, :id, :tracked)",
            id=item, tracked=int(item != VOUCHER),
        )  # fmt: skip


def open_location(tx: ShopTx, name: str, priority: int = 0, **on_hand: int) -> int:
    """A location with soap and balm on its shelves."""
    location = inventory.create_location(tx, name=name, priority=priority)
    for item, title in ((SOAP, "soap"), (BALM, "balm")):
        if title in on_hand:
            inventory.set_stock(tx, inventory_item_id=item, location_id=location.id, on_hand=on_hand[title])
    return location.id


def want(quantity: int, item: int = SOAP, *, continue_selling: bool = False) -> Want:
    """A buyer's wish."""
    return Want(item, quantity, continue_selling, TITLES[item])


def hold(tx: ShopTx, checkout_id: int, *wants: Want, minutes: int = 10, in_flight: bool = False) -> tuple[Share, ...]:
    """Reserve for some minutes."""
    lapses_at = tx.now + minutes * MINUTE
    return inventory.reserve(tx, checkout_id=checkout_id, wants=wants, lapses_at=lapses_at, in_flight=in_flight)


def level(tx: ShopTx, location_id: int, item: int = SOAP) -> Level:
    """One level."""
    return inventory.load_level(tx, inventory_item_id=item, location_id=location_id)


def counts(tx: ShopTx, location_id: int, item: int = SOAP) -> tuple[int, int, int]:
    """On hand, committed, reserved."""
    found = level(tx, location_id, item)
    return found.on_hand, found.committed, found.reserved


def available(tx: ShopTx, item: int = SOAP) -> int:
    """How many can be bought."""
    return inventory.available(tx, [item])[item]
