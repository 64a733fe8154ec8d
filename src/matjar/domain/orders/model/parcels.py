"""Goods on their way: where pieces wait, the parcels that leave, what comes back."""

import msgspec

from matjar.domain.payments import Restock


class Allocation(msgspec.Struct, frozen=True):
    """From which location pieces of a line are to be sent, as inventory committed them."""

    line_item_id: int
    location_id: int
    inventory_item_id: int
    quantity: int
    sent: int = 0
    released: int = 0

    @property
    def open(self) -> int:
        """Pieces that wait there."""
        return self.quantity - self.sent - self.released


class Piece(msgspec.Struct, frozen=True):
    """So many of a line."""

    line_item_id: int
    quantity: int


class Tracking(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a parcel can be followed."""

    company: str = ""
    number: str = ""
    url: str = ""


NO_TRACKING = Tracking()


class Fulfilment(msgspec.Struct, frozen=True):
    """A parcel that left. ``location_id`` 0: of goods that no location counts."""

    id: int
    order_id: int
    location_id: int
    status: str
    tracking: Tracking
    lines: tuple[Piece, ...]
    at: int


class Return(msgspec.Struct, frozen=True):
    """So many of a line that the buyer is not to pay for, and what becomes of the goods."""

    line_item_id: int
    quantity: int
    restock: Restock = Restock.NO_RESTOCK
    location_id: int | None = None
    """To where they come back; where it is not said, to where they were sent from."""
