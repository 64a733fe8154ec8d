"""Questions about stock."""

from collections.abc import Iterable
from itertools import islice

from matjar.core.limits import CART_LINES, PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain.inventory import model, store
from matjar.domain.inventory.model import Goods, Level, Location, Movement

NOBODY = 0
"""A checkout that is none: it holds nothing."""
_LATEST = 1 << 62


def available(view: Reading, item_ids: Iterable[int]) -> dict[int, int]:
    """How many of each item a buyer can have now, all locations together; an item that is not tracked is left out."""
    free: dict[int, int] = {}
    waiting = iter(dict.fromkeys(item_ids))
    while asked := list(islice(waiting, CART_LINES)):
        shelves, untracked = store.survey(view, NOBODY, asked)
        free.update((item_id, 0) for item_id in asked if item_id not in untracked)
        for shelf in shelves:
            if shelf.tracked:
                free[shelf.inventory_item_id] += shelf.free
    return free


def list_locations(view: Reading) -> list[Location]:
    """All locations: those in use first, then by priority."""
    return store.list_locations(view)


def load_location(view: Reading, *, location_id: int) -> Location:
    """One location; refuses ``inventory.no_such_location``."""
    location = store.find_location(view, location_id)
    if location is None:
        raise model.NO_SUCH_LOCATION().at("location_id")
    return location


def load_level(view: Reading, *, inventory_item_id: int, location_id: int) -> Level:
    """One level; refuses ``inventory.not_stocked``."""
    level = store.find_level(view, inventory_item_id, location_id)
    if level is None:
        raise model.NOT_STOCKED()
    return level


def levels_of(view: Reading, *, inventory_item_id: int) -> list[Level]:
    """An item's levels at all locations."""
    return store.levels_of(view, inventory_item_id)


def levels_at(view: Reading, *, location_id: int, after_id: int = 0, most: int = PAGE_ROWS) -> list[Level]:
    """A location's levels by item; ``after_id``, the last item seen, turns the page."""
    return store.levels_at(view, location_id, after_id, min(most, PAGE_ROWS))


def goods_at(
    view: Reading, *, location_id: int, words: str = "", at_most: int = -1, after_id: int = 0, most: int = PAGE_ROWS
) -> list[Goods]:
    """Goods as a location counts them, by variant; ``words``: a part of the title or the SKU, or a whole barcode.

    ``at_most``: only what is counted and has no more left; ``after_id``, the last variant seen, turns the page.
    """
    return store.goods(
        view, words.strip(), location_id=location_id, at_most=at_most, after_id=after_id, most=min(most, PAGE_ROWS)
    )


def goods_wherever(
    view: Reading, *, words: str = "", at_most: int = -1, after_id: int = 0, most: int = PAGE_ROWS
) -> list[Goods]:
    """The same for all locations in use where any ever lay: a row for each, by variant, then by location."""
    return goods_at(view, location_id=0, words=words, at_most=at_most, after_id=after_id, most=most)


def count_scarce(view: Reading, *, at_most: int) -> int:
    """How many goods are down to so many, or fewer, at some location that is in use: those of ``goods_wherever``."""
    return store.count_scarce(view, at_most)


def movements(
    view: Reading, *, inventory_item_id: int, before_id: int = _LATEST, most: int = PAGE_ROWS
) -> list[Movement]:
    """An item's history, the newest first; ``before_id``, the last movement seen, turns the page."""
    return store.movements(view, inventory_item_id, before_id, min(most, PAGE_ROWS))
