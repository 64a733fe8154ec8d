"""Which methods serve a place, and what each costs for a parcel."""

from collections.abc import Iterable

from matjar.core.address import Address
from matjar.domain.shipping.model import EVERYWHERE, Method, MethodKind, Option, Parcel, Step, Zone


def options(zones: Iterable[Zone], address: Address, parcel: Parcel) -> tuple[Option, ...]:
    """What can be offered, cheapest first; nothing where nothing is to be sent.

    While the country is not known only pickups can be promised, those of every zone.
    """
    if not parcel.requires_shipping:
        return ()
    offered = [_option(method, price) for method in _methods_for(zones, address)
               if (price := price_of(method, parcel)) is not None]
    return tuple(sorted(offered, key=lambda option: option.price_minor))


def zone_of(zones: Iterable[Zone], country: str, region: str) -> Zone | None:
    """The zone that names the region; else the one that names the country; else the rest of the world's."""
    by_place = {place: zone for zone in zones for place in zone.places}
    for place in (f"{country}-{region}", country, EVERYWHERE):
        if place in by_place:
            return by_place[place]
    return None


def price_of(method: Method, parcel: Parcel) -> int | None:
    """What the method costs for the parcel, in minor units; None: the method does not take it."""
    match method.kind:
        case MethodKind.BY_WEIGHT:
            price_minor = _step_price(method.steps, parcel.weight_grams)
        case MethodKind.BY_PRICE:
            price_minor = _step_price(method.steps, parcel.subtotal_minor)
        case _:
            price_minor = method.price_minor
    if price_minor is None:
        return None
    is_free = method.free_over_minor is not None and parcel.subtotal_minor >= method.free_over_minor
    return 0 if is_free else price_minor


def _methods_for(zones: Iterable[Zone], address: Address) -> tuple[Method, ...]:
    if not address.country:
        return tuple(method for zone in zones for method in zone.methods if method.kind is MethodKind.PICKUP)
    zone = zone_of(zones, address.country, address.region)
    return zone.methods if zone else ()


def _step_price(steps: tuple[Step, ...], measure: int) -> int | None:
    for step in steps:
        if step.up_to is None or measure <= step.up_to:
            return step.price_minor
    return None


def _option(method: Method, price_minor: int) -> Option:
    return Option(
        id=method.id,
        names=method.names,
        price_minor=price_minor,
        pickup=method.kind is MethodKind.PICKUP,
        days_min=method.days_min,
        days_max=method.days_max,
        location_id=method.location_id,
    )
