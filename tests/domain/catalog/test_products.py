"""What may be done with products."""

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import catalog
from matjar.domain.catalog import NewImage, NewVariant, Option, Product, ProductEdit, Seo, Status, VariantEdit
from matjar.storage.tx import ShopTx


def test_a_product_is_read_as_it_was_written(tx: ShopTx, soap: Product) -> None:
    assert catalog.load_product(tx, product_id=soap.id) == soap
    assert soap.handle == "rose-soap"
    assert [variant.title for variant in soap.variants] == ["Small", "Large"]
    assert soap.options == (Option("Size", ("Small", "Large")),)


def test_a_taken_title_gets_a_handle_of_its_own(tx: ShopTx, soap: Product) -> None:
    again = catalog.create_product(tx, title="Rose soap", variants=(NewVariant(100),))
    assert again.handle == "rose-soap-1"


def test_a_handle_given_twice_is_refused(tx: ShopTx, soap: Product, oil: Product) -> None:
    with pytest.raises(Refusal) as no:
        catalog.update_product(tx, product_id=oil.id, edit=ProductEdit(handle="rose-soap"))
    assert (no.value.code, no.value.field) == ("catalog.handle_taken", "handle")


def test_an_edit_changes_what_it_names_and_nothing_else(tx: ShopTx, soap: Product) -> None:
    after = catalog.update_product(
        tx, product_id=soap.id, edit=ProductEdit(title="Rose bar", tags=("Bar", "bar", " new "), seo=Seo("A bar"))
    )
    assert (after.title, after.tags, after.seo.title) == ("Rose bar", ("Bar", "new"), "A bar")
    assert (after.vendor, after.handle, after.variants) == (soap.vendor, soap.handle, soap.variants)
    assert catalog.load_product(tx, product_id=soap.id) == after


def test_a_price_changes_in_one_variant(tx: ShopTx, soap: Product) -> None:
    after = catalog.set_price(tx, variant_id=soap.variants[0].id, price_minor=1_500, compare_at_minor=1_900)
    assert [variant.price_minor for variant in after.variants] == [1_500, 3_400]
    assert catalog.load_product(tx, product_id=soap.id).variants[0].compare_at_minor == 1_900


def test_a_negative_price_is_refused_where_it_stands(tx: ShopTx, soap: Product) -> None:
    with pytest.raises(Refusal) as no:
        catalog.set_price(tx, variant_id=soap.variants[1].id, price_minor=-1)
    assert (no.value.code, no.value.field) == ("catalog.bad_price", "variants.1.price_minor")


def test_more_variants_bring_more_values(tx: ShopTx, soap: Product) -> None:
    after = catalog.add_variants(tx, product_id=soap.id, variants=(NewVariant(5_000, ("Giant",)),))
    assert after.options == (Option("Size", ("Small", "Large", "Giant")),)
    assert [variant.position for variant in after.variants] == [1, 2, 3]
    fewer = catalog.remove_variants(tx, product_id=soap.id, variant_ids=(soap.variants[0].id,))
    assert fewer.options == (Option("Size", ("Large", "Giant")),)
    assert catalog.load_product(tx, product_id=soap.id) == fewer


def test_the_same_choice_twice_is_refused(tx: ShopTx, soap: Product) -> None:
    with pytest.raises(Refusal) as no:
        catalog.add_variants(tx, product_id=soap.id, variants=(NewVariant(5_000, ("Large",)),))
    assert (no.value.code, no.value.field) == ("catalog.same_choices", "variants.2.choices")


def test_the_last_variant_stays(tx: ShopTx, oil: Product) -> None:
    with pytest.raises(Refusal, match=r"catalog\.last_variant"):
        catalog.remove_variants(tx, product_id=oil.id, variant_ids=(oil.variants[0].id,))


def test_another_option_is_given_to_every_variant(tx: ShopTx, oil: Product) -> None:
    after = catalog.set_options(
        tx, product_id=oil.id, options=(Option("Size"),), choices={oil.variants[0].id: ("50 ml",)}
    )
    assert after.options == (Option("Size", ("50 ml",)),)
    assert after.variants[0].title == "50 ml"
    with pytest.raises(Refusal, match=r"catalog\.bad_choices"):
        catalog.set_options(tx, product_id=oil.id, options=(Option("Size"), Option("Scent")), choices={})


def test_pictures_are_added_arranged_and_given_to_variants(tx: ShopTx, soap: Product) -> None:
    catalog.add_image(tx, product_id=soap.id, image=NewImage("demo/soap.webp", "Soap", 800, 800))
    two = catalog.add_image(tx, product_id=soap.id, image=NewImage("demo/box.webp"))
    first, second = two.images
    catalog.update_variant(tx, variant_id=soap.variants[0].id, edit=VariantEdit(image_id=first.id))
    turned = catalog.arrange_images(tx, product_id=soap.id, image_ids=(second.id, first.id))
    assert [image.path for image in turned.images] == ["demo/box.webp", "demo/soap.webp"]
    only = catalog.arrange_images(tx, product_id=soap.id, image_ids=(second.id,))
    assert only.variants[0].image_id is None
    assert catalog.load_product(tx, product_id=soap.id) == only


def test_a_colour_is_kept_with_its_value_and_its_picture_with_the_variant(tx: ShopTx) -> None:
    shades = Option("Shade", ("Rose", "Fig"), {"Rose": "#c05070", "Fig": "#503040"})
    made = catalog.create_product(
        tx, title="Lipstick", options=(shades,), images=(NewImage("a.svg"), NewImage("b.svg")),
        variants=(NewVariant(4_900, ("Rose",), picture=0), NewVariant(4_900, ("Fig",), picture=1)),
    )  # fmt: skip
    assert made.options == (shades,)
    assert [variant.image_id for variant in made.variants] == [image.id for image in made.images]
    fewer = catalog.remove_variants(tx, product_id=made.id, variant_ids=(made.variants[0].id,))
    assert fewer.options == (Option("Shade", ("Fig",), {"Fig": "#503040"}),)
    with pytest.raises(Refusal, match=r"catalog\.bad_options"):
        catalog.set_options(tx, product_id=made.id, options=(Option("Shade", ("Fig",), {"Fig": "red"}),), choices={})


@pytest.mark.parametrize("path", ["../secrets", "/etc/passwd", "a//b", "", "a\\b", "a/../../b"])
def test_a_path_out_of_the_media_folder_is_refused(tx: ShopTx, soap: Product, path: str) -> None:
    with pytest.raises(Refusal, match=r"catalog\.bad_path"):
        catalog.add_image(tx, product_id=soap.id, image=NewImage(path))


def test_only_active_products_can_be_sold(tx: ShopTx, soap: Product, oil: Product) -> None:
    small, large, bottle = soap.variants[0], soap.variants[1], oil.variants[0]
    catalog.set_status(tx, product_id=oil.id, status=Status.DRAFT)
    found = catalog.load_sellable(tx, [small.id, bottle.id, large.id, 5])
    assert found.keys() == {small.id, large.id}
    line = found[large.id]
    assert (line.product_title, line.variant_title, line.price_minor) == ("Rose Soap", "Large", 3_400)
    assert (line.tags, line.collection_ids, line.inventory_item_id) == (("rose", "gift"), (), large.inventory_item_id)
    assert catalog.load_sellable(tx, []) == {}


def test_a_removed_product_leaves_nothing_but_its_events(tx: ShopTx, soap: Product) -> None:
    catalog.add_image(tx, product_id=soap.id, image=NewImage("demo/soap.webp"))
    catalog.set_metafield(
        tx, owner_type="variant", owner_id=soap.variants[0].id, namespace="care", key="ph", type="json", value="7"
    )
    catalog.remove_product(tx, product_id=soap.id)
    assert catalog.find_product(tx, handle="rose-soap") is None
    assert catalog.load_sellable(tx, [variant.id for variant in soap.variants]) == {}
    assert catalog.metafields(tx, owner_type="variant", first=soap.variants[0].id) == []
    with pytest.raises(Refusal, match=r"catalog\.not_found"):
        catalog.load_product(tx, product_id=soap.id)


def test_products_are_found_by_what_they_are(tx: ShopTx, soap: Product, oil: Product) -> None:
    assert catalog.find_product(tx, inventory_item_id=oil.variants[0].inventory_item_id) == oil
    assert catalog.list_products(tx, vendor="Atlas") == [oil]
    assert catalog.list_products(tx, words="GIFT") == [soap]
    assert catalog.list_products(tx, since_id=soap.id) == [oil]
    assert catalog.load_between(tx, first=soap.id, last=oil.id) == [soap, oil]
