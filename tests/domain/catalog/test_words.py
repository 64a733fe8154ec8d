"""What may be said about goods beside their own texts."""

from typing import Any

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import catalog
from matjar.domain.catalog import Product
from matjar.storage.tx import ShopTx


def test_a_product_speaks_the_shops_other_language(tx: ShopTx, soap: Product) -> None:
    texts = {"title": "صابون الورد", "option:Size": "الحجم", "value:Large": "كبير"}
    catalog.translate(tx, owner_type="product", owner_id=soap.id, language="ar", texts=texts)
    catalog.translate(tx, owner_type="product", owner_id=soap.id, language="ar", texts={"value:Large": ""})
    written = catalog.translations(tx, owner_type="product", first=soap.id)
    assert {each.field: each.value for each in written} == {"title": "صابون الورد", "option:Size": "الحجم"}


@pytest.mark.parametrize(
    ("language", "field", "code"),
    [
        ("fr", "title", "catalog.bad_language"),
        ("en", "title", "catalog.bad_language"),
        ("ar", "colour", "catalog.bad_field"),
        ("ar", "option:Scent", "catalog.bad_field"),
    ],
)
def test_what_cannot_be_translated_is_refused(
    tx: ShopTx, soap: Product, language: str, field: str, code: str
) -> None:
    with pytest.raises(Refusal) as no:
        catalog.translate(tx, owner_type="product", owner_id=soap.id, language=language, texts={field: "x"})
    assert no.value.code == code


def test_a_metafield_is_set_changed_and_removed(tx: ShopTx, soap: Product) -> None:
    named: Any = {"owner_type": "product", "owner_id": soap.id, "namespace": "care", "key": "ph"}
    catalog.set_metafield(tx, **named, type="number_decimal", value="5.5")
    catalog.set_metafield(tx, **named, type="number_decimal", value="6")
    assert [each.value for each in catalog.metafields(tx, owner_type="product", first=soap.id)] == ["6"]
    catalog.translate(tx, owner_type="product", owner_id=soap.id, language="ar", texts={"metafield:care.ph": "٦"})
    catalog.remove_metafield(tx, **named)
    assert catalog.metafields(tx, owner_type="product", first=soap.id) == []


@pytest.mark.parametrize(
    ("type_", "value"),
    [("number_integer", "x"), ("boolean", "yes"), ("json", "{"), ("list.number_integer", "1,2"), ("json", "[" * 9999)],
)
def test_a_value_that_is_not_of_its_type_is_refused(tx: ShopTx, soap: Product, type_: str, value: str) -> None:
    with pytest.raises(Refusal, match=r"catalog\.bad_metafield"):
        catalog.set_metafield(
            tx, owner_type="product", owner_id=soap.id, namespace="care", key="ph", type=type_, value=value
        )


def test_only_what_exists_carries_a_metafield(tx: ShopTx) -> None:
    with pytest.raises(Refusal, match=r"catalog\.no_variant"):
        catalog.set_metafield(
            tx, owner_type="variant", owner_id=7, namespace="care", key="ph", type="json", value="7"
        )
    with pytest.raises(Refusal, match=r"catalog\.bad_owner"):
        catalog.set_metafield(tx, owner_type="moon", owner_id=7, namespace="care", key="ph", type="json", value="7")
