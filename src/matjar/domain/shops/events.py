"""What happens to shops."""

from matjar.core.tx import Event


class ShopCreated(Event, tag="shop_created", frozen=True):
    """A shop opened its doors."""


class ShopChanged(Event, tag="shop_changed", frozen=True):
    """A shop's name, languages or settings are others now."""
