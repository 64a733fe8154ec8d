"""The platform that is measured: its real processes, in a home of their own, on SQLite or on PostgreSQL."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from benchmarks.client import connect, request
from benchmarks.shop import HOST
from tests.platform import Platform

__all__ = ["ENGINES", "Platform", "port_of", "running"]

ENGINES = {"SQLite": "sqlite", "PostgreSQL": "postgres"}
"""As people call them, and as the tests do."""

READY_SECONDS = 30.0


@asynccontextmanager
async def running(engine: str, *, products: int = 200, stock: int = 1_000_000) -> AsyncIterator[Platform]:
    """A platform with one shop, without a supervisor, ready to sell; nothing is left of it afterwards."""
    platform = Platform(ENGINES[engine])
    try:
        await asyncio.to_thread(platform.open, products=products, stock=stock)
        deadline = time.monotonic() + READY_SECONDS
        while await _products_shown(platform) < products:
            assert time.monotonic() < deadline, f"not every product is shown:\n{platform.logs()}"
            await asyncio.sleep(0.05)
        yield platform
    finally:
        await asyncio.to_thread(platform.stop)


def port_of(platform: Platform) -> int:
    """Where its storefront answers."""
    return platform.settings.port_storefront


async def _products_shown(platform: Platform) -> int:
    connection = await connect(port_of(platform))
    answer = await connection.ask(request("GET", "/products.json?limit=1", HOST))
    connection.close()
    shown: int = msgspec.json.decode(answer.body).get("total", 0) if answer.status == 200 else 0
    return shown
