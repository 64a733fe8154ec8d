"""Locations, levels, and what buyers want of them."""

import msgspec

from matjar.core.address import NOWHERE, Address
from matjar.core.refusal import Kind, declare

SOLD_OUT = declare("inventory.sold_out", Kind.CONFLICT, "Only {available} of {title} are left.")
NO_LOCATION = declare("inventory.no_location", Kind.CONFLICT, "The shop has no location to send from.")
NO_SUCH_LOCATION = declare("inventory.no_such_location", Kind.NOT_FOUND, "There is no such location.")
NO_SUCH_ITEM = declare("inventory.no_such_item", Kind.NOT_FOUND, "There is no such inventory item.")
NOT_STOCKED = declare("inventory.not_stocked", Kind.NOT_FOUND, "This is not stocked at this location.")
STILL_STOCKED = declare(
    "inventory.still_stocked", Kind.CONFLICT, "There is still stock here, or stock promised from here."
)
NOT_ENOUGH = declare("inventory.not_enough", Kind.CONFLICT, "Only {available} can be moved from there.")
BAD_COUNT = declare("inventory.bad_count", Kind.INVALID, "A count is a whole number from {least} to {most}.")
FEWER_THERE = declare(
    "inventory.fewer_there", Kind.CONFLICT, "Only {on_hand} are on the shelf: {pieces} cannot be taken off."
)
BAD_NAME = declare("inventory.bad_name", Kind.INVALID, "A location has a name of 1 to {most} characters.")
TOO_MANY_LOCATIONS = declare("inventory.too_many_locations", Kind.CONFLICT, "A shop has at most {most} locations.")

PIECES = 1_000_000_000
"""The most that is counted of one item in one place: more is a slip of the finger."""

LOCATIONS = 250
"""Locations of one shop: what one page of a list holds, so that none is ever overlooked."""


class Location(msgspec.Struct, frozen=True):
    """A place that stock is sent from or fetched at. The one with the lower ``priority`` is asked first."""

    id: int
    name: str
    address: Address = NOWHERE
    priority: int = 0
    pickup: bool = False
    active: bool = True


class Level(msgspec.Struct, frozen=True):
    """How much of an item is at a location. Holds that have lapsed are no longer ``reserved``."""

    inventory_item_id: int
    location_id: int
    on_hand: int
    committed: int
    """Promised to orders that are not yet sent."""
    reserved: int
    """Held by checkouts that are paying."""
    updated_at: int

    @property
    def available(self) -> int:
        """What can be promised; below zero: more is promised than there is."""
        return self.on_hand - self.committed - self.reserved


class Goods(msgspec.Struct, frozen=True):
    """A variant by name, and how much of it is at one location: a row of the list that people count by."""

    product_id: int
    product_title: str
    variant_id: int
    variant_title: str
    sku: str
    inventory_item_id: int
    tracked: bool
    level: Level


class Shelf(msgspec.Struct, frozen=True):
    """A level as one checkout finds it when it wants something."""

    inventory_item_id: int
    location_id: int
    on_hand: int
    committed: int
    reserved: int
    """All holds, lapsed ones and the checkout's own among them."""
    lapsed: int
    """Of other checkouts' holds, what has lapsed and can be given back."""
    own: int
    """What this checkout holds already."""
    tracked: bool
    """One that is not tracked, as the catalogue says, is counted all the same, but never sold out."""
    priority: int
    active: bool

    @property
    def free(self) -> int:
        """What this checkout can take from here."""
        if not self.active or not self.tracked:
            return 0
        return max(0, self.on_hand - self.committed - self.reserved + self.lapsed + self.own)


class Want(msgspec.Struct, frozen=True):
    """What a buyer wants of an item; ``continue_selling``: even where there is none."""

    inventory_item_id: int
    quantity: int
    continue_selling: bool
    title: str


class Share(msgspec.Struct, frozen=True):
    """What one location gives of an item."""

    inventory_item_id: int
    location_id: int
    quantity: int


class Change(msgspec.Struct, frozen=True):
    """By how much a level changes."""

    inventory_item_id: int
    location_id: int
    on_hand: int = 0
    committed: int = 0
    reserved: int = 0

    @property
    def available(self) -> int:
        """By how much more can be promised."""
        return self.on_hand - self.committed - self.reserved


class Movement(msgspec.Struct, frozen=True):
    """A row of a level's history. ``kind``: set, adjust, transfer, sell, send, cancel, restock."""

    id: int
    inventory_item_id: int
    location_id: int
    kind: str
    on_hand_delta: int
    committed_delta: int
    subject_id: int
    """The order, or 0."""
    reason: str
    at: int
