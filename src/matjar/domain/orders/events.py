"""What happens to orders: ids and amounts, never a person's data."""

from matjar.core.tx import Event


class OrderPlaced(Event, tag="order_placed", frozen=True):
    """Somebody bought."""

    order_id: int
    number: int
    total_minor: int
    currency: str


class OrderPaid(Event, tag="order_paid", frozen=True):
    """Money came in for an order."""

    order_id: int
    amount_minor: int


class OrderFulfilled(Event, tag="order_fulfilled", frozen=True):
    """A parcel left, with all of the order or a part."""

    order_id: int
    fulfilment_id: int


class ParcelTracked(Event, tag="parcel_tracked", frozen=True):
    """A parcel that had left without a number can be followed from now on."""

    order_id: int
    fulfilment_id: int


class OrderCancelled(Event, tag="order_cancelled", frozen=True):
    """What was not sent will not be."""

    order_id: int


class OrderChanged(Event, tag="order_changed", frozen=True):
    """Closed, opened again, tracked, or its payment let go."""

    order_id: int


class RefundCreated(Event, tag="refund_created", frozen=True):
    """The buyer owes less; ``amount_minor`` of it has to go back to them."""

    order_id: int
    refund_id: int
    credit_minor: int
    amount_minor: int


class RefundSettled(Event, tag="refund_settled", frozen=True):
    """The money went back, or the gateway would not give it."""

    order_id: int
    refund_id: int
    amount_minor: int
    given: bool
