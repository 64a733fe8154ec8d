"""A shop with goods behind a real writer, and a catalogue that follows it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from matjar.core.clock import now_ms
from matjar.domain import catalog, inventory, shops
from matjar.domain.catalog import NewVariant, Option, Product
from matjar.edge.catalogue import Catalogue, Follower
from matjar.storage.carrier import InProcess
from matjar.storage.desk import Desk, Storage
from matjar.storage.operations import operations
from matjar.storage.postgres import PostgresEngine, PostgresReader
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect

OPERATIONS = operations(room.COMMANDS for room in (shops, catalog, inventory))


class House:
    """One platform's files: the shops' database and a surface's catalogue."""

    def __init__(self, folder: Path, postgres_url: str = "") -> None:
        self.database = folder / "shops.sqlite"
        self.file = folder / "catalogue.sqlite"
        self.storage = self.open_postgres(postgres_url) if postgres_url else self.open()

    def open_postgres(self, url: str) -> Storage:
        engine = PostgresEngine(url)
        migrate(engine)
        return Storage(InProcess(engine, OPERATIONS, now_ms), PostgresReader(url, now_ms))

    def open(self) -> Storage:
        engine = SqliteEngine(connect(self.database))
        migrate(engine)
        return Storage(InProcess(engine, OPERATIONS, now_ms), SqliteReader(self.database, now_ms))

    async def found(self, shop_id: int, handle: str) -> Desk:
        desk = self.storage.desk(shop_id)
        await desk.submit(shops.create)(
            handle=handle, name=handle.title(), currency="AED", country="AE", time_zone="Asia/Dubai",
            languages=("en", "ar"),
        )  # fmt: skip
        return desk

    @asynccontextmanager
    async def following(self) -> AsyncIterator[Catalogue]:
        """A surface's catalogue, kept fresh as long as the block runs."""
        catalogue = Catalogue(self.file)
        follower = asyncio.create_task(Follower(self.storage, catalogue).run())
        try:
            yield catalogue
        finally:
            follower.cancel()
            await asyncio.gather(follower, return_exceptions=True)
            catalogue.close()


async def until(seen: Callable[[], object], seconds: float = 5.0) -> float:
    """Wait until something is seen; tells how long it took."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    while not seen():
        assert loop.time() - began < seconds, "it was never seen"
        await asyncio.sleep(0.01)
    return loop.time() - began


async def make_soap(desk: Desk) -> Product:
    soap = await desk.submit(catalog.create_product)(
        title="Rose Soap", vendor="Nur", product_type="Soap", tags=("rose", "gift"),
        options=(Option("Size", ("Small", "Large")),),
        variants=(NewVariant(1_900, ("Small",), sku="SOAP-S"), NewVariant(3_400, ("Large",), sku="SOAP-L")),
    )  # fmt: skip
    words = {"title": "صابون الورد", "value:Large": "كبير", "option:Size": "الحجم"}
    await desk.submit(catalog.translate)(owner_type="product", owner_id=soap.id, language="ar", texts=words)
    return soap


async def make_oil(desk: Desk) -> Product:
    return await desk.submit(catalog.create_product)(
        title="Argan Oil", vendor="Atlas", product_type="Oil", tags=("hair",), variants=(NewVariant(12_500),)
    )
