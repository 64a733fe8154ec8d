"""What happens to discounts."""

from matjar.core.tx import Event


class DiscountCreated(Event, tag="discount_created", frozen=True):
    """There is a new code."""

    discount_id: int


class DiscountChanged(Event, tag="discount_changed", frozen=True):
    """A code's terms or its time are others now, or it has ended."""

    discount_id: int
