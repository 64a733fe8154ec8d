"""The catalogue follows what happens, and outlives what breaks."""

import asyncio
from pathlib import Path

import pytest

from matjar.domain import catalog, inventory, shops
from matjar.domain.catalog import CollectionEdit, Condition, ProductEdit, Rule, Status, VariantEdit
from matjar.edge.catalogue import Catalogue, Follower, Sought, Wanted
from matjar.storage.sqlite import connect
from tests.edge.catalogue.house import House, make_oil, make_soap, until


@pytest.mark.postgres
def test_a_price_is_shown_within_a_second_on_postgresql(tmp_path: Path, postgres_database: str) -> None:
    watch_a_price(House(tmp_path, postgres_database))


def test_a_price_is_shown_within_a_second(house: House) -> None:
    watch_a_price(house)


def watch_a_price(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "demo")
        soap = await make_soap(desk)
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
            shelf = catalogue.shelf(1)
            version = shelf.version
            await desk.submit(catalog.set_price)(variant_id=soap.variants[0].id, price_minor=1_500)
            took = await until(lambda: shelf.product("rose-soap").price_minor == 1_500)  # type: ignore[union-attr]
            assert took < 1.0
            assert shelf.version > version
        await house.storage.close()

    asyncio.run(story())


def test_pages_are_served_from_the_file_alone(house: House) -> None:
    async def first_life() -> int:
        desk = await house.found(1, "demo")
        await make_soap(desk)
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
            version = catalogue.shelf(1).version
        await house.storage.close()
        return version

    version = asyncio.run(first_life())
    house.database.unlink()

    async def second_life() -> None:
        async with house.following() as catalogue:
            assert catalogue.ready
            shop = catalogue.shop_by_host("demo.localhost:8000")
            assert shop is not None
            shelf = catalogue.shelf(shop.id)
            assert shelf.version == version
            soap = shelf.product("rose-soap")
            assert soap is not None
            assert soap.in_language("ar").title == "صابون الورد"
            await until(lambda: catalogue.away_since)
            assert shelf.product("rose-soap") == soap

    asyncio.run(second_life())


def test_it_goes_on_where_it_left_off(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "demo")
        soap = await make_soap(desk)
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
        await desk.submit(catalog.update_product)(product_id=soap.id, edit=ProductEdit(title="Rose Bar"))
        await make_oil(desk)
        async with house.following() as catalogue:
            assert catalogue.shelf(1).product("argan-oil") is None
            await until(lambda: catalogue.shelf(1).product("argan-oil"))
            assert catalogue.shelf(1).product("rose-soap").in_language("en").title == "Rose Bar"  # type: ignore[union-attr]

    asyncio.run(story())


def test_stock_is_shown_and_a_product_sold_out_says_so(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "demo")
        oil = await make_oil(desk)
        place = await desk.submit(inventory.create_location)(name="Store")
        item = oil.variants[0].inventory_item_id
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
            shelf = catalogue.shelf(1)
            assert not shelf.product("argan-oil").on_sale  # type: ignore[union-attr]
            assert shelf.products(Wanted(on_sale=True)).total == 0
            await desk.submit(inventory.set_stock)(inventory_item_id=item, location_id=place.id, on_hand=7)
            await until(lambda: shelf.product("argan-oil").variants[0].available == 7)  # type: ignore[union-attr]
            assert shelf.products(Wanted(on_sale=True)).total == 1
            await desk.submit(catalog.update_variant)(variant_id=oil.variants[0].id, edit=VariantEdit(tracked=False))
            await until(lambda: shelf.product("argan-oil").variants[0].available is None)  # type: ignore[union-attr]

    asyncio.run(story())


def test_stock_that_waits_for_its_second_is_not_forgotten_by_a_restart(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "demo")
        oil, soap = await make_oil(desk), await make_soap(desk)
        place = await desk.submit(inventory.create_location)(name="Store")
        item = oil.variants[0].inventory_item_id
        catalogue = Catalogue(house.file)
        follower = Follower(house.storage, catalogue, clock=lambda: 1_000_000)  # its second is never over
        await follower.catch_up()
        await until(lambda: not follower.loading)
        for on_hand in (5, 6):
            await desk.submit(inventory.set_stock)(inventory_item_id=item, location_id=place.id, on_hand=on_hand)
            await follower.catch_up()
        await desk.submit(catalog.set_price)(variant_id=soap.variants[0].id, price_minor=1)
        await follower.catch_up()
        shelf = catalogue.shelf(1)
        assert shelf.product("argan-oil").variants[0].available == 5  # type: ignore[union-attr]
        assert shelf.product("rose-soap").price_minor == 1  # type: ignore[union-attr]
        catalogue.close()
        async with house.following() as again:
            await until(lambda: again.shelf(1).product("argan-oil").variants[0].available == 6)  # type: ignore[union-attr]

    asyncio.run(story())


def test_collections_by_hand_and_by_rule_are_followed(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "demo")
        soap, oil = await make_soap(desk), await make_oil(desk)
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
            shelf = catalogue.shelf(1)
            gifts = await desk.submit(catalog.create_collection)(title="Gifts")
            await desk.submit(catalog.put_in_collection)(collection_id=gifts.id, product_ids=(oil.id, soap.id))
            wanted = Wanted(gifts.id, "manual")
            await until(lambda: [each.id for each in shelf.products(wanted).products] == [oil.id, soap.id])
            assert shelf.product("rose-soap").places == ((gifts.id, 2),)  # type: ignore[union-attr]
            rule = Rule((Condition("vendor", "equals", "Nur"),))
            await desk.submit(catalog.update_collection)(collection_id=gifts.id, edit=CollectionEdit(rule=rule))
            await until(lambda: [each.id for each in shelf.products(wanted).products] == [soap.id])
            await desk.submit(catalog.remove_collection)(collection_id=gifts.id)
            await until(lambda: shelf.collections() == ())
            await until(lambda: shelf.product("rose-soap").places == ())  # type: ignore[union-attr]

    asyncio.run(story())


@pytest.mark.parametrize("removed", [True, False])
def test_what_is_not_on_sale_any_more_is_gone(house: House, removed: bool) -> None:
    async def story() -> None:
        desk = await house.found(1, "demo")
        soap = await make_soap(desk)
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
            shelf = catalogue.shelf(1)
            if removed:
                await desk.submit(catalog.remove_product)(product_id=soap.id)
            else:
                await desk.submit(catalog.set_status)(product_id=soap.id, status=Status.DRAFT)
            await until(lambda: shelf.product("rose-soap") is None)
            assert shelf.variant(soap.variants[0].id) is None
            assert shelf.search(Sought("soap")).total == 0

    asyncio.run(story())


def test_a_new_shop_and_a_changed_one_appear_without_a_restart(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "demo")
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
            assert catalogue.shop_by_host("second.localhost:8000") is None
            second = await house.found(2, "second")
            await until(lambda: catalogue.shop_by_host("second.localhost:8000"))
            await make_oil(second)
            await until(lambda: catalogue.shelf(2).product("argan-oil"))
            assert catalogue.shelf(1).product("argan-oil") is None
            await desk.submit(shops.configure)(settings=shops.Settings(accent="#123456"))
            await until(lambda: catalogue.shop_by_host("127.0.0.1:8000").settings.accent == "#123456")  # type: ignore[union-attr]
            await make_soap(desk)
            await until(lambda: catalogue.shelf(1).product("rose-soap"))
            await desk.submit(shops.configure)(settings=shops.Settings(), languages=("ar", "en"))
            await until(lambda: next(iter(catalogue.shelf(1).product("rose-soap").words)) == "ar")  # type: ignore[union-attr]

    asyncio.run(story())


@pytest.mark.parametrize(
    "wound",
    ["UPDATE heads SET epoch = epoch + 1", "DELETE FROM feed", "UPDATE heads SET feed_number = 1"],
    ids=["restored", "swept", "behind"],
)
def test_where_there_is_nothing_to_follow_from_all_is_loaded_anew(house: House, wound: str) -> None:
    async def story() -> None:
        desk = await house.found(1, "demo")
        soap = await make_soap(desk)
        await make_oil(desk)
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
        await desk.submit(catalog.set_price)(variant_id=soap.variants[0].id, price_minor=77)
        database = connect(house.database)
        database.execute(wound)
        database.execute("DELETE FROM variants WHERE sku = ''; DELETE FROM products WHERE handle = 'argan-oil'")
        async with house.following() as catalogue:
            await until(lambda: catalogue.shelf(1).product("rose-soap").price_minor == 77)  # type: ignore[union-attr]
            await until(lambda: catalogue.shelf(1).product("argan-oil") is None)

    asyncio.run(story())


def test_a_shop_that_a_restore_has_lost_is_gone(house: House) -> None:
    async def story() -> None:
        await house.found(1, "demo")
        await make_oil(await house.found(2, "second"))
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
            database = connect(house.database)
            database.execute("PRAGMA foreign_keys = OFF; DELETE FROM heads WHERE shop_id = 2")
            await until(lambda: catalogue.shop_by_host("second.localhost") is None)

    asyncio.run(story())


def test_a_damaged_file_is_made_anew(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "demo")
        await make_soap(desk)
        house.file.write_bytes(b"this is no database" * 1000)
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
            assert catalogue.shelf(1).product("rose-soap")

    asyncio.run(story())


def test_damage_that_shows_only_while_serving_is_mended(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "demo")
        for _ in range(30):
            await make_soap(desk)
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready)
        content = bytearray(house.file.read_bytes())
        for page in range(2, len(content) // 4096):
            if page % 3:
                content[page * 4096 : page * 4096 + 600] = b"\xff" * 600
        house.file.write_bytes(content)
        async with house.following() as catalogue:
            await until(lambda: catalogue.ready and catalogue.file.rebuilt)
            await until(lambda: catalogue.fresh_at and catalogue.shelf(1).products(Wanted()).total == 30)

    asyncio.run(story())
