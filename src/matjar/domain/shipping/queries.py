"""Questions about shipping."""

from matjar.core.address import Address
from matjar.core.tx import Reading
from matjar.domain.shipping import rules, store
from matjar.domain.shipping.model import Option, Parcel, Zone


def options_for(view: Reading, *, address: Address, parcel: Parcel) -> tuple[Option, ...]:
    """How the parcel can get to the address, the cheapest first; empty where nothing is to be sent, or nothing goes.

    While the address has no country, only pickups can be offered.
    """
    if not parcel.requires_shipping:
        return ()
    return rules.options(view.once("shipping", None, lambda: store.list_all(view)), address, parcel)


def list_zones(view: Reading) -> tuple[Zone, ...]:
    """The shop's zones, the oldest first."""
    return tuple(store.list_all(view))
