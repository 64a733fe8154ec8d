"""Zones, the methods that are offered in them, and what a buyer may choose."""

from enum import StrEnum

import msgspec

from matjar.core.refusal import Kind, declare

NO_SUCH_ZONE = declare("shipping.no_such_zone", Kind.NOT_FOUND, "There is no shipping zone {zone_id}.")
BAD_ZONE = declare("shipping.bad_zone", Kind.INVALID, "A zone has a name of 1 to 60 characters, not {name}.")
TOO_MANY = declare("shipping.too_many", Kind.INVALID, "There must be between 1 and {most} of these.")
BAD_PLACE = declare("shipping.bad_place", Kind.INVALID, "{place} is not a place: write AE, US-CA, or * for elsewhere.")
PLACE_TAKEN = declare("shipping.place_taken", Kind.CONFLICT, "{place} already belongs to the zone {zone}.")
METHOD_TAKEN = declare("shipping.method_taken", Kind.CONFLICT, "There is already a shipping method {method}.")
BAD_METHOD_ID = declare(
    "shipping.bad_method_id", Kind.INVALID, "A method's id is 1 to 40 small letters, digits, dashes and underscores."
)
NO_NAME = declare("shipping.no_name", Kind.INVALID, "A method needs a name of 1 to 120 characters in every language.")
BAD_PRICE = declare("shipping.bad_price", Kind.INVALID, "The price of a shipping method is not negative.")
BAD_DAYS = declare("shipping.bad_days", Kind.INVALID, "The days go from the fewest to the most, up to {most}.")
BAD_STEPS = declare(
    "shipping.bad_steps", Kind.INVALID, "Steps ascend, only the last is without end, and only weight or price has them."
)
BAD_PICKUP = declare("shipping.bad_pickup", Kind.INVALID, "A pickup names its location, and nothing else does.")

EVERYWHERE = "*"

ZONES = 50
"""Zones of a shop: every checkout reads them all."""
PLACES = 300
"""Places of a zone: every country there is."""
METHODS = 12
"""Methods of a zone: more is no choice."""
STEPS = 30
"""Steps of a method."""
DAYS = 365
"""The latest promise."""


class MethodKind(StrEnum):
    """What a method's price depends on."""

    FLAT = "flat"
    BY_WEIGHT = "by_weight"
    BY_PRICE = "by_price"
    PICKUP = "pickup"


class Step(msgspec.Struct, frozen=True):
    """A price for parcels up to and including a weight in grams, or a subtotal in minor units; None: without end."""

    up_to: int | None
    price_minor: int


class Method(msgspec.Struct, frozen=True, omit_defaults=True):
    """A way to get goods to the buyer, or the buyer to the goods."""

    id: str
    """The merchant's own word for it, unique in the shop; orders keep it."""
    kind: MethodKind
    names: dict[str, str]
    """What the buyer reads, by language."""
    price_minor: int = 0
    """Of a flat method, or of a pickup that costs."""
    steps: tuple[Step, ...] = ()
    """Of a method by weight or by price, ascending; a parcel beyond the last step is not offered the method."""
    free_over_minor: int | None = None
    """From this subtotal on the method costs nothing."""
    days_min: int = 0
    days_max: int = 0
    """The promise in days, both ends; 0 to 0 is the same day."""
    location_id: int | None = None
    """Of a pickup: where the goods are fetched."""


class Zone(msgspec.Struct, frozen=True):
    """Places that are served in the same ways. The zone that names the place most closely wins."""

    id: int
    name: str
    places: tuple[str, ...]
    """``AE``, ``US-CA``, or ``*`` for the rest of the world."""
    methods: tuple[Method, ...]


class Parcel(msgspec.Struct, frozen=True):
    """What is to be delivered: its price after discounts, its weight, and whether any of it is to be sent at all."""

    subtotal_minor: int
    weight_grams: int
    requires_shipping: bool


class Option(msgspec.Struct, frozen=True):
    """A method at its price for one parcel: what the buyer chooses from."""

    id: str
    names: dict[str, str]
    price_minor: int
    pickup: bool
    days_min: int
    days_max: int
    location_id: int | None
