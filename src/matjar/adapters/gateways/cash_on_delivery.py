"""Cash on delivery: the courier brings the parcel and takes the money."""

from matjar.adapters.gateways.deferred import Deferred


class CashOnDelivery(Deferred):
    """The buyer pays at the door."""

    name = "cash_on_delivery"
