"""Places to send from."""

import pytest

from matjar.core.address import Address
from matjar.core.refusal import Refusal
from matjar.domain import inventory
from matjar.domain.inventory import model
from matjar.storage.tx import ShopTx
from tests.domain.inventory.shelf import available, hold, open_location, want


def test_locations_are_listed_in_the_order_in_which_they_are_asked(shop: ShopTx) -> None:
    ajman = open_location(shop, "Ajman", priority=2)
    dubai = open_location(shop, "Dubai", priority=1)
    closed = open_location(shop, "Closed", priority=0)
    inventory.update_location(shop, location_id=closed, active=False)
    assert [each.id for each in inventory.list_locations(shop)] == [dubai, ajman, closed]


def test_a_location_keeps_what_is_not_changed(shop: ShopTx) -> None:
    address = Address(city="Dubai", country="AE")
    made = inventory.create_location(shop, name=" Dubai ", address=address, pickup=True)
    changed = inventory.update_location(shop, location_id=made.id, name="Dubai Marina", priority=4)
    assert changed == inventory.load_location(shop, location_id=made.id)
    assert (changed.address, changed.pickup, changed.active) == (address, True, True)
    assert (changed.name, changed.priority) == ("Dubai Marina", 4)


def test_from_a_closed_location_nothing_is_sold_but_what_was_promised(shop: ShopTx) -> None:
    dubai = open_location(shop, "Dubai", soap=5)
    hold(shop, 1, want(2))
    inventory.update_location(shop, location_id=dubai, active=False)
    assert available(shop) == 0
    with pytest.raises(Refusal, match="sold_out"):
        hold(shop, 2, want(1))
    assert sum(share.quantity for share in inventory.commit(shop, checkout_id=1, order_id=9)) == 2


def test_a_location_has_a_name(shop: ShopTx) -> None:
    with pytest.raises(Refusal, match="bad_name"):
        inventory.create_location(shop, name="  ")


def test_a_shop_has_so_many_locations_and_no_more(shop: ShopTx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inventory.operations, "LOCATIONS", 1)
    open_location(shop, "Dubai")
    with pytest.raises(Refusal, match="too_many_locations"):
        open_location(shop, "Ajman")
    assert model.LOCATIONS == 250
