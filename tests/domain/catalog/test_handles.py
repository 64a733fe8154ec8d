"""Handles that were left behind: where they lead, however often something is renamed."""

from matjar.core.limits import FORMER_HANDLES_KEPT_MS
from matjar.domain import catalog
from matjar.domain.catalog import CollectionEdit, FormerHandle, Product, ProductEdit
from matjar.storage.tx import ShopTx


def rename(tx: ShopTx, product: Product, handle: str) -> None:
    catalog.update_product(tx, product_id=product.id, edit=ProductEdit(handle=handle))


def left(tx: ShopTx, owner_type: str = "product") -> dict[str, int]:
    """Every handle that was left, and to whom it leads."""
    found = catalog.list_former_handles(tx, owner_type=owner_type)
    return {each.handle: each.owner_id for each in found}


def test_a_handle_that_was_left_leads_to_its_product_in_one_step(tx: ShopTx, soap: Product) -> None:
    for handle in ("soap-of-roses", "rose-bar"):
        rename(tx, soap, handle)
    assert left(tx) == {"rose-soap": soap.id, "soap-of-roses": soap.id}


def test_a_change_that_keeps_the_handle_leaves_nothing(tx: ShopTx, soap: Product) -> None:
    catalog.update_product(tx, product_id=soap.id, edit=ProductEdit(title="Another"))
    assert not left(tx)


def test_whoever_had_a_handle_last_has_its_visitors(tx: ShopTx, soap: Product, oil: Product) -> None:
    rename(tx, soap, "first")
    rename(tx, oil, "rose-soap")
    rename(tx, oil, "second")
    assert left(tx)["rose-soap"] == oil.id


def test_a_product_that_is_gone_takes_all_its_handles_along(tx: ShopTx, soap: Product) -> None:
    rename(tx, soap, "rose-bar")
    catalog.remove_product(tx, product_id=soap.id)
    assert left(tx) == {"rose-soap": 0, "rose-bar": 0}


def test_collections_leave_their_handles_too(tx: ShopTx) -> None:
    gifts = catalog.create_collection(tx, title="Gifts")
    catalog.update_collection(tx, collection_id=gifts.id, edit=CollectionEdit(handle="presents"))
    assert left(tx, "collection") == {"gifts": gifts.id}
    assert not left(tx)
    catalog.remove_collection(tx, collection_id=gifts.id)
    assert left(tx, "collection") == {"gifts": 0, "presents": 0}


def test_handles_are_asked_for_by_name(tx: ShopTx, soap: Product) -> None:
    rename(tx, soap, "rose-bar")
    asked = ("rose-soap", "rose-bar", "never")
    found = catalog.former_handles(tx, owner_type="product", asked=asked)
    assert found == [FormerHandle("product", "rose-soap", soap.id)]


def test_handles_are_forgotten_after_three_years(tx: ShopTx, soap: Product) -> None:
    rename(tx, soap, "rose-bar")
    tx.now += FORMER_HANDLES_KEPT_MS
    assert catalog.sweep(tx) == 0
    tx.now += 1
    assert catalog.sweep(tx) == 1
    assert not left(tx)
