"""The demo's shops, opened through a real writer."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from matjar.compose.demo import SHOPS, load
from matjar.compose.demo.open_shops import open_demo_shops
from matjar.compose.wiring import all_operations
from matjar.core.clock import now_ms
from matjar.domain import catalog, inventory, shipping, shops
from matjar.storage import feed
from matjar.storage.carrier import InProcess
from matjar.storage.desk import Storage
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    engine = SqliteEngine(connect(tmp_path / "shops.sqlite"))
    migrate(engine)
    return Storage(InProcess(engine, all_operations(), now_ms), SqliteReader(tmp_path / "shops.sqlite", now_ms))


def test_every_shop_opens_once_with_all_its_goods(storage: Storage, tmp_path: Path) -> None:
    async def story() -> None:
        await open_demo_shops(storage, tmp_path / "media")
        opened = {shop.handle: shop for shop in await storage.read(0, shops.list_shops)}
        assert opened.keys() == set(SHOPS)
        for handle in SHOPS:
            goods, shop = load(handle), opened[handle]
            products = await storage.read(shop.id, catalog.list_products)
            assert {product.handle for product in products} == {product.handle for product in goods.products}
            for path in (shop.settings.logo, *shop.settings.hero.values()):
                assert (tmp_path / "media" / path).is_file()
            for product in products:
                assert all((tmp_path / "media" / image.path).is_file() for image in product.images)
            items = [variant.inventory_item_id for product in products for variant in product.variants]
            free = await storage.read(shop.id, partial(inventory.available, item_ids=items))
            counted = sum(sum(variant.stock) for product in goods.products for variant in product.variants)
            assert sum(free.values()) == counted
            collections = await storage.read(shop.id, catalog.list_collections)
            assert {each.handle for each in collections} == {each.handle for each in goods.collections}
            for each in collections:
                assert await storage.read(shop.id, partial(catalog.members, collection_id=each.id))
            assert len(await storage.read(shop.id, shipping.list_zones)) == len(goods.zones)
        before = await storage.read(0, feed.positions)
        await open_demo_shops(storage, tmp_path / "media")
        assert await storage.read(0, feed.positions) == before
        await storage.close()

    asyncio.run(story())
