"""Browsing: products and lists as JSON, and a shop's pages, from ready bytes and made anew, while prices change.

200 products in two languages, or their pages, are asked in rotation over 32 connections, and one product's price
changes each second. A storefront browses from its own disk and asks no database, so SQLite's platform stands for
both. *Ready* is an answer kept as bytes for as long as it is true; *made anew* is asked with `Cache-Control:
no-cache`, and is written from the catalogue each time. *Raw* is the same requests given to the very same application
in the generator's process, as plain ASGI calls one after another: the same bytes without a socket, without HTTP and
on one core.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import NamedTuple

from benchmarks import within
from benchmarks.client import connect, request
from benchmarks.figures import Figure, Pace, Run, milliseconds, of_runs, repeat
from benchmarks.machine import Meter
from benchmarks.platform import Platform, port_of, running
from benchmarks.shop import HOST, LANGUAGES, SHOP_ID, handle_of
from benchmarks.within import Asked
from matjar.domain import catalog
from matjar.domain.catalog import Condition, Rule

PRODUCTS = 200
LIST_PRODUCTS = 20
COLLECTIONS = 10
PREFIXES = ("", "/ar")
"""Of a page's address, in the shop's own language and in its other."""
ANY = "*"
CONNECTIONS = 32
RUN_SECONDS = 2.0
RAW_SECONDS = 1.0
LEAST_JSON = 8_000
LEAST_PAGES = (3_000, 600)
"""From ready bytes, and made anew."""

UNCACHED = (("Cache-Control", "no-cache"),)
"""Ready bytes are not good enough for whoever sends this."""


class Browsed(NamedTuple):
    """What is browsed: all its addresses, whom its language is told by, and how much is wanted of it."""

    group: str
    name: str
    paths: Sequence[str]
    languages: Sequence[str]
    least: int
    least_anew: int | None


async def measure(pace: Pace) -> AsyncIterator[Figure]:
    """Answers per second, by SQLite's platform; the other engine is not asked either while a storefront browses."""
    async with running("SQLite", products=PRODUCTS) as platform, _prices_change(platform):
        await _open_collections(platform)
        for browsed in _browsed():
            for how, headers in (("ready", ()), ("made anew", UNCACHED)):
                asked = [
                    Asked(path, (("Accept-Language", language), *headers))
                    for path in browsed.paths for language in browsed.languages
                ]  # fmt: skip
                await _run(platform, asked, pace)
                runs = await repeat(partial(_run, platform, asked, pace), pace)
                yield of_runs(
                    browsed.group, f"{browsed.name}, {how}", "answers/s", runs, "answers", raw="raw",
                    least=browsed.least_anew if headers else browsed.least, beside=("p50 ms", "p99 ms", "bytes"),
                )  # fmt: skip


def _browsed() -> list[Browsed]:
    """A page's language stands in its address."""
    handles = [handle_of(number) for number in range(PRODUCTS)]
    lists = [f"/products.json?page={page + 1}&limit={LIST_PRODUCTS}" for page in range(PRODUCTS // LIST_PRODUCTS)]
    pages = {
        "the home page": ["/"],
        "a collection's page": [f"/collections/soap-{number}" for number in range(COLLECTIONS)],
        "a product's page": [f"/products/{handle}" for handle in handles],
    }
    return [
        Browsed("JSON", "a product", [f"/products/{handle}.json" for handle in handles], LANGUAGES, LEAST_JSON, None),
        Browsed("JSON", f"a list of {LIST_PRODUCTS}", lists, LANGUAGES, LEAST_JSON, None),
        *(
            Browsed("pages", name, [start + path for path in paths for start in PREFIXES], (ANY,), *LEAST_PAGES)
            for name, paths in pages.items()
        ),
    ]


async def _open_collections(platform: Platform) -> None:
    """Each with all the soap."""
    storage = platform.storage()
    rule = Rule((Condition("tag", "equals", "soap"),))
    for number in range(COLLECTIONS):
        await storage.desk(SHOP_ID).submit(catalog.create_collection)(title=f"Soap {number}", rule=rule)
    await storage.close()


async def _run(platform: Platform, asked: list[Asked], pace: Pace) -> Run:
    turn = itertools.cycle([request("GET", each.path, HOST, headers=each.headers) for each in asked])
    seconds: list[float] = []
    taken = 0
    ends = time.perf_counter() + pace.seconds(RUN_SECONDS)

    async def browse() -> None:
        nonlocal taken
        connection = await connect(port_of(platform))
        began = time.perf_counter()
        while began < ends:
            answer = await connection.ask(next(turn))
            assert answer.status == 200, answer
            taken += len(answer.body)
            now = time.perf_counter()
            seconds.append(now - began)
            began = now
        connection.close()

    with Meter() as meter:
        await asyncio.gather(*(browse() for _ in range(CONNECTIONS)))
    straight = await within.answers(platform, asked, pace.seconds(RAW_SECONDS))
    return {
        "answers": len(seconds) / meter.seconds,
        "p50 ms": milliseconds(seconds, 0.5),
        "p99 ms": milliseconds(seconds, 0.99),
        "bytes": taken / len(seconds),
    } | (meter.shares() | straight)


@asynccontextmanager
async def _prices_change(platform: Platform) -> AsyncIterator[None]:
    """One product's price, and another's each second."""
    storage = platform.storage()
    desk = storage.desk(SHOP_ID)

    async def change() -> None:
        for number, variant_id in enumerate(itertools.cycle(platform.variant_ids)):
            await desk.submit(catalog.set_price)(variant_id=variant_id, price_minor=5000 + number)
            await asyncio.sleep(1)

    changing = asyncio.create_task(change())
    try:
        yield
    finally:
        changing.cancel()
        await storage.close()
