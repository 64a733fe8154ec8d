"""Which methods serve a place, and what each costs for a parcel."""

import re
from collections.abc import Collection, Iterable

from matjar.core.address import Address
from matjar.domain.shipping import model
from matjar.domain.shipping.model import EVERYWHERE, Method, MethodKind, Option, Parcel, Step, Zone

_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|\*")
_METHOD_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def options(zones: Iterable[Zone], address: Address, parcel: Parcel) -> tuple[Option, ...]:
    """What can be offered, cheapest first; nothing where nothing is to be sent.

    While the country is not known only pickups can be promised, those of every zone.
    """
    if not parcel.requires_shipping:
        return ()
    offered = [
        _option(method, price_minor)
        for method in _methods_for(zones, address)
        if (price_minor := price_of(method, parcel)) is not None
    ]
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


def check_zone(zone: Zone, *, others: Iterable[Zone]) -> None:
    """Refuse a zone that does not hold in itself, or that claims what another zone has."""
    if not 1 <= len(zone.name) <= 60:
        raise model.BAD_ZONE(name=zone.name[:60]).at("name")
    others = tuple(others)
    _check_places(zone.places, {place: other.name for other in others for place in other.places})
    _check_count(zone.methods, model.METHODS, "methods")
    taken = {method.id for other in others for method in other.methods}
    for position, method in enumerate(zone.methods):
        path = f"methods[{position}]"
        _check_method(method, path)
        if method.id in taken:
            raise model.METHOD_TAKEN(method=method.id).at(f"{path}.id")
        taken.add(method.id)


def _check_places(places: tuple[str, ...], owners: dict[str, str]) -> None:
    _check_count(places, model.PLACES, "places")
    for position, place in enumerate(places):
        path = f"places[{position}]"
        if not _PLACE.fullmatch(place):
            raise model.BAD_PLACE(place=place[:16]).at(path)
        if place in owners or place in places[:position]:
            raise model.PLACE_TAKEN(place=place, zone=owners.get(place, "")).at(path)


def _check_method(method: Method, path: str) -> None:
    if not _METHOD_ID.fullmatch(method.id):
        raise model.BAD_METHOD_ID().at(f"{path}.id")
    if not method.names or not all(0 < len(name.strip()) <= 120 for name in method.names.values()):
        raise model.NO_NAME().at(f"{path}.names")
    if method.price_minor < 0 or (method.free_over_minor or 0) < 0:
        raise model.BAD_PRICE().at(f"{path}.price_minor")
    if not 0 <= method.days_min <= method.days_max <= model.DAYS:
        raise model.BAD_DAYS(most=model.DAYS).at(f"{path}.days_max")
    if (method.kind is MethodKind.PICKUP) != (method.location_id is not None):
        raise model.BAD_PICKUP().at(f"{path}.location_id")
    if method.kind in (MethodKind.BY_WEIGHT, MethodKind.BY_PRICE):
        _check_steps(method.steps, f"{path}.steps")
    elif method.steps:
        raise model.BAD_STEPS().at(f"{path}.steps")


def _check_steps(steps: tuple[Step, ...], path: str) -> None:
    _check_count(steps, model.STEPS, path)
    floor: int | None = -1
    for position, step in enumerate(steps):
        if step.price_minor < 0:
            raise model.BAD_PRICE().at(f"{path}[{position}].price_minor")
        if floor is None or (step.up_to is not None and step.up_to <= floor):
            raise model.BAD_STEPS().at(f"{path}[{position}].up_to")
        floor = step.up_to


def _check_count(items: Collection[object], most: int, path: str) -> None:
    if not 1 <= len(items) <= most:
        raise model.TOO_MANY(most=most).at(path)
