"""What is done with shipping zones."""

from matjar.core.tx import Tx
from matjar.domain.shipping import events, model, rules, store
from matjar.domain.shipping.model import Method, Zone


def set_zone(
    tx: Tx, *, name: str, places: tuple[str, ...], methods: tuple[Method, ...], zone_id: int | None = None
) -> Zone:
    """Draw a new zone, or redraw the one with this id. Orders keep what they were charged.

    Refuses ``shipping.no_such_zone``, ``shipping.too_many`` (zones, places, methods or steps), ``shipping.bad_zone``,
    ``shipping.bad_place``, ``shipping.place_taken``, ``shipping.bad_method`` and ``shipping.method_taken``.
    """
    zones = {zone.id: zone for zone in store.list_all(tx)}
    if zone_id is None:
        if len(zones) >= model.ZONES:
            raise model.TOO_MANY(most=model.ZONES)
    elif zones.pop(zone_id, None) is None:
        raise model.NO_SUCH_ZONE(zone_id=zone_id)
    zone = Zone(zone_id or tx.new_id(), name.strip(), places, methods)
    rules.check_zone(zone, others=zones.values())
    store.put(tx, zone)
    tx.forget("shipping")
    tx.emit(events.ShippingZoneChanged(zone.id))
    return zone


def remove_zone(tx: Tx, *, zone_id: int) -> None:
    """Serve its places no more, unless another zone names them; refuses ``shipping.no_such_zone``."""
    if not store.delete(tx, zone_id):
        raise model.NO_SUCH_ZONE(zone_id=zone_id)
    tx.forget("shipping")
    tx.emit(events.ShippingZoneChanged(zone_id))
