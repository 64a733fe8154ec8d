"""What the commands share: the storage for as long as one command takes, and a shop by its handle."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from matjar.compose.settings import read
from matjar.compose.wiring import storage_of_command_line
from matjar.domain import shops
from matjar.storage.desk import Desk, Storage

T = TypeVar("T")


def with_storage(work: Callable[[Storage], Awaitable[T]]) -> T:
    """Do the work on the platform's storage, through its writer where one runs."""

    async def do() -> T:
        async with storage_of_command_line(read()) as storage:
            return await work(storage)

    return asyncio.run(do())


def at_desk(handle: str, work: Callable[[Desk], Awaitable[T]]) -> T:
    """Do the work at the desk of the shop with this handle; refuses ``shops.not_found``."""

    async def do(storage: Storage) -> T:
        return await work(storage.desk((await find_shop(storage, handle)).id, request_id="command line"))

    return with_storage(do)


async def find_shop(storage: Storage, handle: str) -> shops.Shop:
    """The shop with this handle; refuses ``shops.not_found``."""
    for shop in await storage.read(0, shops.list_shops):
        if shop.handle == handle:
            return shop
    raise shops.NOT_FOUND()
