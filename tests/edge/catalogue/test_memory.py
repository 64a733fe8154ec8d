"""What pages can ask."""

import asyncio
from collections.abc import Iterator

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import catalog
from matjar.domain.catalog import NewVariant
from matjar.edge.catalogue import Catalogue, Shelf, Sought, Wanted
from matjar.edge.catalogue.folding import fold, split
from tests.edge.catalogue.house import House, make_oil, make_soap, until


@pytest.fixture
def shelf(house: House) -> Iterator[Shelf]:
    """Two products of the demo shop, from the file."""

    async def fill() -> None:
        desk = await house.found(1, "demo")
        await make_soap(desk)
        await make_oil(desk)
        await desk.submit(catalog.create_product)(
            title="أحمر شفاه", body_html="<p>Matte <b>lipstick</b></p>", variants=(NewVariant(4_900, tracked=False),)
        )
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
        await house.storage.close()

    asyncio.run(fill())
    catalogue = Catalogue(house.file)
    yield catalogue.shelf(1)
    catalogue.close()


def handles(shelf: Shelf, wanted: Wanted) -> list[str]:
    return [product.handle for product in shelf.products(wanted).products]


def test_a_product_is_found_by_handle_by_id_and_by_variant(shelf: Shelf) -> None:
    soap = shelf.product("rose-soap")
    assert soap is not None
    assert shelf.product_by_id(soap.id) is soap
    assert shelf.variant(soap.variants[1].id) == (soap, soap.variants[1])
    assert shelf.product("nothing") is None
    assert shelf.variant(7) is None
    assert soap.in_language("ar").options == {"Large": "كبير", "Size": "الحجم"}
    assert soap.in_language("fr").title == "Rose Soap"


def test_lists_are_sorted_filtered_and_paged(shelf: Shelf) -> None:
    assert handles(shelf, Wanted(sort="price")) == ["rose-soap", "أحمر-شفاه", "argan-oil"]
    assert handles(shelf, Wanted(sort="price_descending"))[0] == "argan-oil"
    assert handles(shelf, Wanted(sort="title"))[:2] == ["argan-oil", "rose-soap"]
    assert handles(shelf, Wanted(tag="Gift")) == ["rose-soap"]
    assert handles(shelf, Wanted(vendor="Atlas", product_type="Oil")) == ["argan-oil"]
    assert handles(shelf, Wanted(price_from=2_000, price_to=5_000)) == ["أحمر-شفاه"]
    assert handles(shelf, Wanted(on_sale=True)) == ["أحمر-شفاه"]
    page = shelf.products(Wanted(sort="price"), page=2, size=2)
    assert ([product.handle for product in page.products], page.total) == (["argan-oil"], 3)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rose", "rose-soap"), ("soa ros", "rose-soap"), ("SOAP-S", "rose-soap"), ("صابون", "rose-soap"),
        ("نور", None), ("كبير", "rose-soap"), ("احمر", "أحمر-شفاه"), ("شفاة", "أحمر-شفاه"), ("lipst", "أحمر-شفاه"),
        ("b", None), ("atlas hair", "argan-oil"), ('"', None), ("s1", None), ("shop:", None),
    ],
)  # fmt: skip
def test_a_search_finds_beginnings_of_words_in_every_language(shelf: Shelf, words: str, found: str | None) -> None:
    assert [product.handle for product in shelf.search(Sought(words)).products] == ([found] if found else [])


def test_hosts_lead_to_their_shops(shelf: Shelf, house: House) -> None:
    catalogue = Catalogue(house.file, shops_domain="matjar.example")
    assert catalogue.shop_by_host("Demo.Matjar.Example.") == shelf.shop
    assert catalogue.shop_by_host("demo.localhost") is None
    assert catalogue.shop_by_host("127.0.0.1:8000") is None
    assert catalogue.shop_by_host("") is None
    catalogue.close()


def test_a_shop_that_was_never_loaded_is_away(shelf: Shelf, house: House) -> None:
    catalogue = Catalogue(house.file)
    with pytest.raises(Refusal, match=r"catalogue\.away"):
        catalogue.shelf(2)
    catalogue.close()


def test_words_are_compared_as_readers_write_them() -> None:
    assert fold("Crème BRÛLÉE") == "creme brulee"
    assert fold("إِصْدَارٌ مُمَيَّزٌ") == "اصدار مميز"
    assert fold("مدرسة") == fold("مدرسه")
    assert fold("٥٠ مل") == "50 مل"
    assert split("50ml, oil!") == ["50ml", "oil"]
