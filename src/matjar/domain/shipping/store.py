"""The shipping zones' SQL."""

import msgspec

from matjar.core.tx import Reading, Tx
from matjar.domain.shipping.model import Method, Zone

_LIST = "SELECT id, name, places, methods FROM shipping_zones WHERE shop_id = :shop_id ORDER BY id LIMIT 100"
_PUT = """
    INSERT INTO shipping_zones (shop_id, id, name, places, methods)
    VALUES (:shop_id, :id, :name, :places, :methods)
    ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name, places = excluded.places, methods = excluded.methods
"""
_DELETE = "DELETE FROM shipping_zones WHERE shop_id = :shop_id AND id = :id"

_places = msgspec.json.Decoder(tuple[str, ...]).decode
_methods = msgspec.json.Decoder(tuple[Method, ...]).decode
_encode = msgspec.json.Encoder().encode


def list_all(view: Reading) -> list[Zone]:
    """The shop's zones, the oldest first."""
    return [Zone(id_, name, _places(places), _methods(methods)) for id_, name, places, methods in view.all(_LIST)]


def put(tx: Tx, zone: Zone) -> None:
    """Write a zone, new or changed."""
    tx.run(
        _PUT,
        id=zone.id,
        name=zone.name,
        places=_encode(zone.places).decode(),
        methods=_encode(zone.methods).decode(),
    )


def delete(tx: Tx, zone_id: int) -> bool:
    """Delete a zone; False: there was none."""
    return tx.changed(_DELETE, id=zone_id) > 0
