"""Zones are drawn, redrawn and taken away; what does not hold is refused at its field."""

from typing import Any

import msgspec
import pytest

from matjar.core.address import Address
from matjar.core.refusal import Refusal
from matjar.domain import shipping
from matjar.domain.shipping import Method, MethodKind, Step, Zone, model
from matjar.storage.tx import ShopTx

SOAP = shipping.Parcel(5000, 300, True)
STANDARD = Method("standard", MethodKind.FLAT, {"en": "Standard", "ar": "عادي"}, 1500, days_min=1, days_max=3)
STEPPED = Method("courier", MethodKind.BY_WEIGHT, {"en": "Courier"}, steps=(Step(1000, 900), Step(None, 2500)))


def draw(tx: ShopTx, **changes: Any) -> Zone:
    return shipping.set_zone(tx, **{"name": "Emirates", "places": ("AE",), "methods": (STANDARD,), **changes})


def offered(tx: ShopTx, country: str) -> list[str]:
    return [option.id for option in shipping.options_for(tx, address=Address(country=country), parcel=SOAP)]


def test_a_zone_comes_back_as_it_was_drawn(tx: ShopTx) -> None:
    zone = draw(tx, places=("AE", "OM-MA"), methods=(STANDARD, STEPPED))
    assert shipping.list_zones(tx) == (zone,)
    assert offered(tx, "AE") == ["courier", "standard"]
    assert offered(tx, "SA") == []


def test_who_asked_before_is_offered_what_was_drawn_redrawn_and_removed_since(tx: ShopTx) -> None:
    assert offered(tx, "AE") == []
    zone = draw(tx)
    assert offered(tx, "AE") == ["standard"]
    draw(tx, zone_id=zone.id, methods=(STEPPED,))
    assert offered(tx, "AE") == ["courier"]
    shipping.remove_zone(tx, zone_id=zone.id)
    assert offered(tx, "AE") == []


def test_a_zone_is_redrawn_in_its_place(tx: ShopTx) -> None:
    zone = draw(tx)
    redrawn = draw(tx, zone_id=zone.id, name="Gulf", places=("SA", "AE"))
    assert shipping.list_zones(tx) == (redrawn,)
    assert offered(tx, "SA") == ["standard"]


def test_a_zone_that_is_gone_serves_nobody(tx: ShopTx) -> None:
    zone = draw(tx)
    shipping.remove_zone(tx, zone_id=zone.id)
    assert offered(tx, "AE") == []
    with pytest.raises(Refusal, match=r"shipping\.no_such_zone"):
        shipping.remove_zone(tx, zone_id=zone.id)


def test_a_change_is_announced(tx: ShopTx) -> None:
    draw(tx)
    assert tx._head.announced[-1]["type"] == "shipping_zone_changed"


def test_nothing_to_send_asks_nobody(tx: ShopTx) -> None:
    draw(tx)
    assert shipping.options_for(tx, address=Address(country="AE"), parcel=shipping.Parcel(5000, 0, False)) == ()


def test_a_place_belongs_to_one_zone_and_a_method_has_one_id(tx: ShopTx) -> None:
    draw(tx)
    with pytest.raises(Refusal, match=r"shipping\.place_taken"):
        draw(tx, places=("SA", "AE"), methods=(STEPPED,))
    with pytest.raises(Refusal, match=r"shipping\.method_taken"):
        draw(tx, places=("SA",))


def changed(**changes: Any) -> tuple[Method, ...]:
    return (msgspec.structs.replace(STANDARD, **changes),)


def stepped(*steps: Step) -> tuple[Method, ...]:
    return (msgspec.structs.replace(STEPPED, steps=steps),)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"zone_id": 5}, "no_such_zone", None),
        ({"name": " "}, "bad_zone", "name"),
        ({"places": ()}, "too_many", "places"),
        ({"places": ("ae",)}, "bad_place", "places[0]"),
        ({"places": ("AE", "AE-")}, "bad_place", "places[1]"),
        ({"places": ("**",)}, "bad_place", "places[0]"),
        ({"places": ("AE", "AE")}, "place_taken", "places[1]"),
        ({"methods": ()}, "too_many", "methods"),
        ({"methods": (STANDARD,) * (model.METHODS + 1)}, "too_many", "methods"),
        ({"methods": (STANDARD, STANDARD)}, "method_taken", "methods[1].id"),
        ({"methods": changed(id="")}, "bad_method_id", "methods[0].id"),
        ({"methods": changed(id="By Air")}, "bad_method_id", "methods[0].id"),
        ({"methods": changed(names={})}, "no_name", "methods[0].names"),
        ({"methods": changed(names={"en": " "})}, "no_name", "methods[0].names"),
        ({"methods": changed(price_minor=-1)}, "bad_price", "methods[0].price_minor"),
        ({"methods": changed(free_over_minor=-1)}, "bad_price", "methods[0].price_minor"),
        ({"methods": changed(days_min=4)}, "bad_days", "methods[0].days_max"),
        ({"methods": changed(days_max=366)}, "bad_days", "methods[0].days_max"),
        ({"methods": changed(kind=MethodKind.PICKUP)}, "bad_pickup", "methods[0].location_id"),
        ({"methods": changed(location_id=7)}, "bad_pickup", "methods[0].location_id"),
        ({"methods": changed(steps=(Step(None, 1),))}, "bad_steps", "methods[0].steps"),
        ({"methods": stepped()}, "too_many", "methods[0].steps"),
        ({"methods": stepped(Step(None, -1))}, "bad_price", "methods[0].steps[0].price_minor"),
        ({"methods": stepped(Step(None, 1), Step(9, 1))}, "bad_steps", "methods[0].steps[1].up_to"),
        ({"methods": stepped(Step(9, 1), Step(9, 1))}, "bad_steps", "methods[0].steps[1].up_to"),
        ({"methods": stepped(Step(-1, 1))}, "bad_steps", "methods[0].steps[0].up_to"),
    ],
)
def test_what_is_no_zone_is_refused(tx: ShopTx, change: dict[str, Any], code: str, field: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        draw(tx, **change)
    assert (refused.value.code, refused.value.field) == (f"shipping.{code}", field)
    assert shipping.list_zones(tx) == ()


def test_a_shop_has_only_so_many_zones(tx: ShopTx) -> None:
    for number in range(model.ZONES):
        place = f"AE-{number}"
        draw(tx, places=(place,), methods=changed(id=f"method-{number}"))
    with pytest.raises(Refusal, match=r"shipping\.too_many"):
        draw(tx)
