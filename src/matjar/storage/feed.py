"""Reading the feed: each shop's events in order, from where a consumer left off.

The feed has an order within a shop and none across shops. ``heads`` tells who has news; a consumer that is told of
another epoch (a restored database) starts afresh.
"""

import msgspec

from matjar.core.tx import Reading
from matjar.storage.head import Engine
from matjar.storage.tx import ShopReading

_HEADS = "SELECT shop_id, epoch, feed_number FROM heads WHERE shop_id >= :shop_id ORDER BY shop_id LIMIT 10000"
_NEWEST = "SELECT shop_id, last_id FROM heads WHERE shop_id >= :shop_id ORDER BY shop_id LIMIT 10000"
_ENTRIES = """
    SELECT number, at, type, body, request_id FROM feed
    WHERE shop_id = :shop_id AND number > :number ORDER BY number LIMIT :most
"""


_BEGIN_EPOCH = "UPDATE heads SET epoch = :epoch WHERE shop_id = :shop_id"


class Position(msgspec.Struct, frozen=True):
    """How far a shop's feed has come."""

    shop_id: int
    epoch: int
    number: int


class Entry(msgspec.Struct, frozen=True):
    """One event of one shop. ``body`` is the event as JSON."""

    number: int
    at: int
    type: str
    body: str
    request_id: str


def positions(view: Reading) -> list[Position]:
    """Where every shop's feed stands; asked under shop 0, since it is about all of them."""
    return [Position(*row) for row in view.all(_HEADS)]


def newest_ids(view: Reading) -> dict[int, int]:
    """The newest id of every shop, another one after whatever was written there; asked under shop 0."""
    return {int(shop_id): int(last_id) for shop_id, last_id in view.all(_NEWEST)}


def entries_after(view: Reading, number: int, most: int = 500) -> list[Entry]:
    """This shop's events after a number, oldest first."""
    return [Entry(*row) for row in view.all(_ENTRIES, number=number, most=most)]


def begin_epoch(engine: Engine, now: int) -> int:
    """After a restore: every shop's feed begins another epoch, so that consumers start afresh; tells how many shops.

    The epoch is the moment, which is later than any that the restored copy could have seen.
    """
    engine.begin()
    try:
        view = ShopReading(engine, 0, now)
        shops = positions(view)
        for position in shops:
            engine.run(_BEGIN_EPOCH, {"epoch": max(position.epoch + 1, now), "shop_id": position.shop_id})
        engine.commit()
    except BaseException:
        engine.rollback()
        raise
    return len(shops)
