"""Documents are made alike from both engines."""

from matjar.domain import catalog, inventory, shops
from matjar.domain.catalog import NewImage, NewVariant, Option, Status
from matjar.edge.catalogue import Fact, Picture
from matjar.edge.catalogue.documents import load_collections, load_products, load_shop
from matjar.storage.tx import ShopTx

LAST = 1 << 62


def test_a_product_becomes_a_document_with_all_that_is_said_of_it(tx: ShopTx) -> None:
    soap = catalog.create_product(
        tx, title="Rose Soap", vendor="Nur", product_type="Soap", tags=("rose",),
        options=(Option("Size", ("Small", "Large"), {"Small": "#aa3355"}),),
        images=(NewImage("demo/soap.svg", "A soap"),),
        variants=(NewVariant(1_900, ("Small",), picture=0), NewVariant(3_400, ("Large",), tracked=False)),
    )  # fmt: skip
    counted, _ = soap.variants
    place = inventory.create_location(tx, name="Store")
    inventory.set_stock(tx, inventory_item_id=counted.inventory_item_id, location_id=place.id, on_hand=5)
    gifts = catalog.create_collection(tx, title="Gifts")
    catalog.put_in_collection(tx, collection_id=gifts.id, product_ids=(soap.id,))
    catalog.set_metafield(
        tx, owner_type="product", owner_id=soap.id, namespace="care", key="use", type="text", value="Daily"
    )
    texts = {
        "title": "صابون الورد", "product_type": "صابون", "option:Size": "الحجم", "value:Small": "صغير",
        f"alt:{soap.images[0].id}": "صابونة", "metafield:care.use": "يوميًا",
    }  # fmt: skip
    catalog.translate(tx, owner_type="product", owner_id=soap.id, language="ar", texts=texts)
    catalog.translate(tx, owner_type="collection", owner_id=gifts.id, language="ar", texts={"title": "هدايا"})

    made = load_products(tx, first=1, last=LAST, most=10)
    assert made.last_id == soap.id
    [document] = made.documents
    assert (document.handle, document.places, document.price_minor) == ("rose-soap", ((gifts.id, 1),), 1_900)
    assert document.images == (Picture(soap.images[0].id, "demo/soap.svg", 0, 0),)
    assert [(each.available, each.image_id) for each in document.variants] == [(5, soap.images[0].id), (None, None)]
    assert list(document.words) == ["en", "ar"]
    arabic = document.in_language("ar")
    assert (arabic.title, arabic.product_type, arabic.body_html) == ("صابون الورد", "صابون", "")
    assert arabic.options == {"Size": "الحجم", "Small": "صغير"}
    assert arabic.alts == {soap.images[0].id: "صابونة"}
    assert document.facts_in("ar") == (Fact("care", "use", "text", "يوميًا"),)
    assert document.facts_in("en") == (Fact("care", "use", "text", "Daily"),)
    [collection] = load_collections(tx)
    assert collection.in_language("ar").title == "هدايا"
    assert load_shop(tx).shop == shops.load(tx)


def test_drafts_are_passed_over_but_not_lost_count_of(tx: ShopTx) -> None:
    names = ("One", "Two", "Three")
    made = [catalog.create_product(tx, title=name, variants=(NewVariant(1),)) for name in names]
    catalog.set_status(tx, product_id=made[1].id, status=Status.DRAFT)
    first = load_products(tx, first=1, last=LAST, most=2)
    assert ([each.id for each in first.documents], first.last_id) == ([made[0].id], made[1].id)
    second = load_products(tx, first=first.last_id + 1, last=LAST, most=2)
    assert ([each.id for each in second.documents], second.last_id) == ([made[2].id], made[2].id)
    assert load_products(tx, first=second.last_id + 1, last=LAST, most=2) == ([], 0)
