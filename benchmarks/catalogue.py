"""The catalogue: what it takes to fill a surface's own file, to start from it, and to ask it something.

5,000 products of three variants in two languages, in this process, with a writer beside it. Questions are put to the
catalogue itself, without a surface around it; each is the mean of hundreds or thousands, measured once. What is not in
memory is a read of one row and its decoding.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from itertools import cycle
from pathlib import Path

from msgspec.structs import replace

from benchmarks.figures import BUSY, Figure, Pace
from benchmarks.machine import Meter
from matjar.core.clock import now_ms
from matjar.domain import catalog, inventory, shops
from matjar.domain.catalog import NewVariant, Option
from matjar.edge.catalogue import Catalogue, Follower, Shelf, Sought, Wanted
from matjar.storage.carrier import InProcess
from matjar.storage.desk import Desk, Storage
from matjar.storage.operations import operations
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect

PRODUCTS = 5_000
QUESTIONS = 5_000
SIZES = ("Small", "Medium", "Large")
TEXT = "<p>Pressed by hand from cold oils and the petals of the Taif rose, cured for six weeks in the dark.</p>" * 5


async def measure(_: Pace) -> AsyncIterator[Figure]:
    """A shop of many products, three variants and two languages each."""
    with Meter() as meter:
        figures = [figure async for figure in _measure()]
    busy = int(meter.others > BUSY)
    for figure in figures:
        yield replace(figure, runs=(figure.value,), others=meter.others, busy_runs=busy)


async def _measure() -> AsyncIterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        storage = _open(Path(folder) / "shops.sqlite")
        desk = storage.desk(1)
        variant_ids = await _fill(desk)
        file = Path(folder) / "catalogue.sqlite"
        began = time.perf_counter()
        catalogue = Catalogue(file)
        following = asyncio.create_task(Follower(storage, catalogue).run())
        await _until(lambda: catalogue.ready)
        yield Figure("catalogue", f"{PRODUCTS:,} products, loaded whole", "s", time.perf_counter() - began, most=10)
        yield Figure("catalogue", f"{PRODUCTS:,} products, on disk", "MB", file.stat().st_size / 1e6)
        fresh_ms = await _freshness(desk, catalogue, variant_ids)
        yield Figure("catalogue", "a price, until it is shown (p95)", "ms", fresh_ms, most=1_000)
        following.cancel()
        catalogue.close()
        await storage.close()
        began = time.perf_counter()
        catalogue = Catalogue(file)
        yield Figure("catalogue", "a start from the file alone", "ms", (time.perf_counter() - began) * 1e3, most=500)
        for name, seconds in _questions(catalogue).items():
            yield Figure("catalogue", name, "µs", seconds * 1e6)
        catalogue.close()


def _open(path: Path) -> Storage:
    engine = SqliteEngine(connect(path))
    migrate(engine)
    rooms = operations(room.COMMANDS for room in (shops, catalog, inventory))
    return Storage(InProcess(engine, rooms, now_ms), SqliteReader(path, now_ms))


async def _fill(desk: Desk) -> list[int]:
    await desk.submit(shops.create)(
        handle="bench", name="Bench", currency="AED", country="AE", time_zone="Asia/Dubai", languages=("en", "ar")
    )
    for vendor in ("Nur", "Atlas"):
        rule = catalog.Rule((catalog.Condition("vendor", "equals", vendor),))
        await desk.submit(catalog.create_collection)(title=vendor, rule=rule)
    variant_ids: list[int] = []
    for start in range(0, PRODUCTS, 50):
        made = await asyncio.gather(*(_product(desk, number) for number in range(start, start + 50)))
        variant_ids += [product.variants[0].id for product in made]
    return variant_ids


async def _product(desk: Desk, number: int) -> catalog.Product:
    made = await desk.submit(catalog.create_product)(
        title=f"Rose soap No. {number}", handle=f"soap-{number}", body_html=TEXT, product_type="Soap",
        vendor=("Nur", "Atlas")[number % 2], tags=("soap", f"edition {number % 40}"),
        options=(Option("Size", SIZES),),
        variants=tuple(NewVariant(1_900 + number + i, (size,), sku=f"S{number}-{i}") for i, size in enumerate(SIZES)),
    )  # fmt: skip
    texts = {"title": f"صابون الورد رقم {number}", "body_html": TEXT, "value:Large": "كبير"}
    await desk.submit(catalog.translate)(owner_type="product", owner_id=made.id, language="ar", texts=texts)
    return made


async def _freshness(desk: Desk, catalogue: Catalogue, variant_ids: list[int]) -> float:
    """Milliseconds from the answer of ``set_price`` until the shelf shows it."""
    shelf, waits = catalogue.shelf(1), []
    for number, variant_id in enumerate(variant_ids[:20], start=1):
        await desk.submit(catalog.set_price)(variant_id=variant_id, price_minor=number)
        began = time.perf_counter()
        await _until(partial(_costs, shelf, variant_id, number))
        waits.append(time.perf_counter() - began)
    return sorted(waits)[18] * 1e3


def _costs(shelf: Shelf, variant_id: int, price_minor: int) -> bool:
    found = shelf.variant(variant_id)
    return found is not None and found[1].price_minor == price_minor


async def _until(seen: Callable[[], object]) -> None:
    while not seen():  # noqa: ASYNC110 - a page asks too, nobody tells it
        await asyncio.sleep(0.002)


def _questions(catalogue: Catalogue) -> dict[str, float]:
    """What pages ask, each as the mean of many in seconds."""
    shelf = catalogue.shelf(1)
    handles = cycle(f"soap-{number}" for number in range(PRODUCTS))
    pages = cycle(range(1, 200))
    words = cycle(f"rose {number}" for number in range(1_000))
    return {
        "a product, not in memory": _mean(lambda: shelf.product(next(handles))),
        "a product, in memory": _mean(lambda: shelf.product("soap-7")),
        "a page of a list, new": _mean(lambda: shelf.products(Wanted(sort="price"), page=next(pages)), 199),
        "a page of a list, known": _mean(lambda: shelf.products(Wanted(sort="price"), page=1)),
        "a search, new": _mean(lambda: shelf.search(Sought(next(words))), 400),
    }


def _mean(question: Callable[[], object], times: int = QUESTIONS) -> float:
    began = time.perf_counter()
    for _ in range(times):
        question()
    return (time.perf_counter() - began) / times
