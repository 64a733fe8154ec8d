"""What happens to customers: ids only, since the feed outlives the right to be forgotten."""

from matjar.core.tx import Event


class CustomerCreated(Event, tag="customer_created", frozen=True):
    """Somebody is a customer now."""

    customer_id: int


class CustomerChanged(Event, tag="customer_changed", frozen=True):
    """What is known of a customer is something else now."""

    customer_id: int


class CustomerErased(Event, tag="customer_erased", frozen=True):
    """A customer was forgotten; who keeps copies forgets them too."""

    customer_id: int
