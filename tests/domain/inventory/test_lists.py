"""The list that people count by: goods by name, as one location has them."""

import pytest

from matjar.domain import catalog, inventory
from matjar.domain.catalog import NewVariant, Status
from matjar.domain.inventory import Goods
from matjar.storage.tx import ShopTx


@pytest.fixture
def dubai(tx: ShopTx) -> int:
    """A location that has a soap to spare and no candles; a book was sold once, and is put away."""
    location = inventory.create_location(tx, name="Dubai")
    for title, sku in (("Rose soap", "SOAP-1"), ("Amber candle", "CANDLE-1"), ("Old book", "BOOK-1")):
        product = catalog.create_product(tx, title=title, variants=(NewVariant(price_minor=100, sku=sku, barcode=sku),))
        item_id = product.variants[0].inventory_item_id
        if sku == "SOAP-1":
            inventory.set_stock(tx, inventory_item_id=item_id, location_id=location.id, on_hand=9)
        if sku == "BOOK-1":
            catalog.set_status(tx, product_id=product.id, status=Status.ARCHIVED)
    return location.id


def titles(goods: list[Goods]) -> list[str]:
    return [each.product_title for each in goods]


def test_what_is_sold_is_listed_with_its_count_and_what_never_lay_there_with_none(tx: ShopTx, dubai: int) -> None:
    soap, candle = inventory.goods_at(tx, location_id=dubai)
    assert (soap.product_title, soap.sku, soap.level.on_hand) == ("Rose soap", "SOAP-1", 9)
    assert (candle.product_title, candle.level.on_hand, candle.level.available) == ("Amber candle", 0, 0)


@pytest.mark.parametrize("words", ["rose", "SOAP", "soap-1", " Rose "])
def test_goods_are_found_by_a_part_of_their_name(tx: ShopTx, dubai: int, words: str) -> None:
    assert titles(inventory.goods_at(tx, location_id=dubai, words=words)) == ["Rose soap"]


def test_signs_of_patterns_are_signs_like_others(tx: ShopTx, dubai: int) -> None:
    assert inventory.goods_at(tx, location_id=dubai, words="%") == []


def test_scarce_goods_stand_alone(tx: ShopTx, dubai: int) -> None:
    assert titles(inventory.goods_at(tx, location_id=dubai, at_most=3)) == ["Amber candle"]
    assert inventory.count_scarce(tx, at_most=3) == 0
    assert inventory.count_scarce(tx, at_most=9) == 1


def test_the_list_goes_on_after_the_last_that_was_seen(tx: ShopTx, dubai: int) -> None:
    (first,) = inventory.goods_at(tx, location_id=dubai, most=1)
    assert titles(inventory.goods_at(tx, location_id=dubai, after_id=first.variant_id)) == ["Amber candle"]


def test_what_is_scarce_anywhere_is_counted_once_and_listed_by_location(tx: ShopTx, dubai: int) -> None:
    (soap,) = inventory.goods_at(tx, location_id=dubai, words="soap")
    ajman, shut = (inventory.create_location(tx, name=name, priority=place).id for place, name in enumerate("AS", 1))
    for at, on_hand in ((dubai, 2), (ajman, 3), (shut, 0)):
        inventory.set_stock(tx, inventory_item_id=soap.inventory_item_id, location_id=at, on_hand=on_hand)
    inventory.set_stock(tx, inventory_item_id=soap.inventory_item_id, location_id=shut, on_hand=0)
    inventory.update_location(tx, location_id=shut, active=False)
    found = inventory.goods_wherever(tx, at_most=5)
    assert [(each.product_title, each.level.location_id, each.level.on_hand) for each in found] == [
        ("Rose soap", dubai, 2), ("Rose soap", ajman, 3),
    ]  # fmt: skip
    assert inventory.count_scarce(tx, at_most=5) == 1
    assert inventory.goods_wherever(tx, at_most=1) == []
