"""What happens to shipping zones."""

from matjar.core.tx import Event


class ShippingZoneChanged(Event, tag="shipping_zone_changed", frozen=True):
    """A zone is new, another, or gone; what is offered from the next cart on may differ."""

    zone_id: int
