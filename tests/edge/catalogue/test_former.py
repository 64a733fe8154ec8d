"""Old links: what once had a handle is found by it, also from the file alone."""

import asyncio

from matjar.domain import catalog, shops
from matjar.domain.catalog import CollectionEdit, ProductEdit
from matjar.domain.shops import PolicyKind
from matjar.edge.catalogue import Catalogue
from tests.edge.catalogue.house import House, make_oil, make_soap, until


def test_a_handle_that_was_left_leads_to_whoever_had_it(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "bazaar")
        soap = await make_soap(desk)
        gifts = await desk.submit(catalog.create_collection)(title="Gifts")
        async with house.following() as shown:
            await until(lambda: shown.ready)
            shelf = shown.shelf(1)
            assert shelf.former("product", "rose-soap") is None
            await desk.submit(catalog.update_product)(product_id=soap.id, edit=ProductEdit(handle="rose-bar"))
            edit = CollectionEdit(handle="presents")
            await desk.submit(catalog.update_collection)(collection_id=gifts.id, edit=edit)
            await until(lambda: shelf.former("product", "rose-soap") == soap.id)
            await until(lambda: shelf.former("collection", "gifts") == gifts.id)
            await desk.submit(catalog.remove_product)(product_id=soap.id)
            await until(lambda: shelf.former("product", "rose-bar") == 0)
            assert shelf.former("product", "rose-soap") == 0
        await house.storage.close()

    asyncio.run(story())


def test_a_surface_that_comes_later_knows_what_was_left_before_it(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "bazaar")
        soap = await make_soap(desk)
        await desk.submit(catalog.update_product)(product_id=soap.id, edit=ProductEdit(handle="rose-bar"))
        async with house.following() as shown:
            await until(lambda: shown.ready and shown.shelf(1).former("product", "rose-soap") == soap.id)
        kept = Catalogue(house.file)
        assert kept.shelf(1).former("product", "rose-soap") == soap.id
        kept.close()
        await house.storage.close()

    asyncio.run(story())


def test_all_goods_are_gone_through_in_order_with_their_stock(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "bazaar")
        soap, oil = await make_soap(desk), await make_oil(desk)
        async with house.following() as shown:
            await until(lambda: shown.ready and len(shown.shelf(1).goods()) == 2)
            shelf = shown.shelf(1)
            assert [each.id for each in shelf.goods(after_id=soap.id)] == [oil.id]
            assert [each.id for each in shelf.goods(skip=1, most=5)] == [oil.id]
            assert [each.id for each in shelf.goods(most=1)] == [soap.id]
            assert shelf.goods()[0] == shelf.product_by_id(soap.id)
        await house.storage.close()

    asyncio.run(story())


def test_a_shop_is_known_at_its_own_host_or_else_by_its_handle(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "bazaar")
        async with house.following() as shown:
            await until(lambda: shown.ready)
            assert shown.shelf(1).home == "http://bazaar.localhost"
            await desk.submit(shops.add_domain)(host="www.bazaar.example")
            await until(lambda: shown.shelf(1).home == "http://www.bazaar.example")
        await house.storage.close()

    asyncio.run(story())


def test_policies_come_without_what_could_run(house: House) -> None:
    async def story() -> None:
        desk = await house.found(1, "bazaar")
        text = "<p>Two weeks<script>alert(1)</script></p>"
        await desk.submit(shops.write_policy)(kind=PolicyKind.REFUND, language="en", body_html=text)
        async with house.following() as shown:
            await until(lambda: shown.ready and shown.shelf(1).document.policies)
            document = shown.shelf(1).document
            for language in ("en", "ar"):
                found = document.policy("refund", language)
                assert found is not None
                assert found.body_html == "<p>Two weeks</p>"
            assert document.policy("terms", "en") is None
        await house.storage.close()

    asyncio.run(story())
