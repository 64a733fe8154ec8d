"""What may be done with collections."""

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import catalog
from matjar.domain.catalog import CollectionEdit, Condition, Match, Product, ProductEdit, Rule
from matjar.storage.tx import ShopTx

CHEAP = Rule((Condition("price", "less_than", "2000"),))


def test_goods_stand_in_a_collection_as_a_hand_put_them(tx: ShopTx, soap: Product, oil: Product) -> None:
    made = catalog.create_collection(tx, title="Gifts")
    catalog.put_in_collection(tx, collection_id=made.id, product_ids=(oil.id, soap.id, oil.id))
    assert list(catalog.members(tx, collection_id=made.id)) == [oil.id, soap.id]
    catalog.arrange_collection(tx, collection_id=made.id, product_ids=(soap.id,))
    assert list(catalog.members(tx, collection_id=made.id)) == [soap.id, oil.id]
    assert catalog.load_sellable(tx, [oil.variants[0].id])[oil.variants[0].id].collection_ids == (made.id,)
    catalog.take_from_collection(tx, collection_id=made.id, product_ids=(oil.id,))
    assert list(catalog.members(tx, collection_id=made.id)) == [soap.id]
    assert catalog.find_collection(tx, handle="gifts") == made


def test_a_rule_fills_its_collection_and_keeps_it_true(tx: ShopTx, soap: Product, oil: Product) -> None:
    made = catalog.create_collection(tx, title="Small prices", rule=CHEAP)
    assert list(catalog.members(tx, collection_id=made.id)) == [soap.id]
    catalog.set_price(tx, variant_id=oil.variants[0].id, price_minor=1_999)
    catalog.set_price(tx, variant_id=soap.variants[0].id, price_minor=2_000)
    assert list(catalog.members(tx, collection_id=made.id)) == [oil.id]
    by_tag = Rule((Condition("tag", "equals", "Rose"), Condition("title", "contains", "argan")), Match.ANY)
    catalog.update_collection(tx, collection_id=made.id, edit=CollectionEdit(rule=by_tag))
    assert set(catalog.members(tx, collection_id=made.id)) == {soap.id, oil.id}
    catalog.update_product(tx, product_id=soap.id, edit=ProductEdit(tags=()))
    assert set(catalog.members(tx, collection_id=made.id)) == {oil.id}


def test_a_collection_by_rule_takes_nothing_by_hand(tx: ShopTx, soap: Product) -> None:
    made = catalog.create_collection(tx, title="Small prices", rule=CHEAP)
    with pytest.raises(Refusal, match=r"catalog\.by_rule"):
        catalog.take_from_collection(tx, collection_id=made.id, product_ids=(soap.id,))


def test_a_rule_without_meaning_is_refused_where_it_stands(tx: ShopTx) -> None:
    rule = Rule((Condition("tag", "equals", "x"), Condition("price", "contains", "12")))
    with pytest.raises(Refusal) as no:
        catalog.create_collection(tx, title="Odd", rule=rule)
    assert (no.value.code, no.value.field) == ("catalog.bad_rule", "rule.conditions.1")


def test_a_removed_collection_lets_its_goods_be(tx: ShopTx, soap: Product) -> None:
    made = catalog.create_collection(tx, title="Gifts")
    catalog.put_in_collection(tx, collection_id=made.id, product_ids=(soap.id,))
    catalog.remove_collection(tx, collection_id=made.id)
    assert catalog.places(tx, first=soap.id, last=soap.id) == []
    assert catalog.list_collections(tx) == []
    assert catalog.load_product(tx, product_id=soap.id) == soap


def test_what_is_reduced_stands_among_the_offers(tx: ShopTx, soap: Product, oil: Product) -> None:
    made = catalog.create_collection(tx, title="Offers", rule=Rule((Condition("compare_at", "is_set", ""),)))
    assert list(catalog.members(tx, collection_id=made.id)) == [soap.id]
    catalog.set_price(tx, variant_id=soap.variants[1].id, price_minor=3_400)
    assert catalog.members(tx, collection_id=made.id) == {}
