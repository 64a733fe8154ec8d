"""What happens to stock."""

from matjar.core.tx import Event


class StockChanged(Event, tag="stock_changed", frozen=True):
    """Other amounts can be promised now, at each of these levels: ``(inventory_item_id, location_id)``."""

    levels: tuple[tuple[int, int], ...]


class LocationChanged(Event, tag="location_changed", frozen=True):
    """A location is new, or otherwise than it was; if it was closed or opened, other amounts can be promised."""

    location_id: int
