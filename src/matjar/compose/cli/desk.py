"""What the commands share: the storage for as long as one command takes, a shop by its handle, and their options."""

import asyncio
from collections.abc import Awaitable, Callable
from difflib import get_close_matches
from typing import Annotated, TypeVar

import typer

from matjar.compose.settings import read
from matjar.compose.wiring import storage_of_command_line
from matjar.core.refusal import Kind, declare
from matjar.domain import shops
from matjar.storage.desk import Desk, Storage

NO_SUCH_SHOP = declare("shop.no_such_shop", Kind.NOT_FOUND, "There is no shop {handle}, but {handles}.")
NO_SHOP = declare("shop.none_yet", Kind.NOT_FOUND, "There is no shop {handle}, nor any other.")

NAMED = 8
"""Candidates that a refusal names: more helps nobody."""

T = TypeVar("T")

ShopName = Annotated[str, typer.Argument(metavar="SHOP", help="The shop's handle.")]


def with_storage(work: Callable[[Storage], Awaitable[T]]) -> T:
    """Do the work on the platform's storage, through its writer where one runs."""

    async def do() -> T:
        async with storage_of_command_line(read()) as storage:
            return await work(storage)

    return asyncio.run(do())


def at_desk(handle: str, work: Callable[[Desk], Awaitable[T]]) -> T:
    """Do the work at the desk of the shop with this handle; refuses ``shop.no_such_shop``."""

    async def do(storage: Storage) -> T:
        return await work(storage.desk((await find_shop(storage, handle)).id, request_id="command line"))

    return with_storage(do)


async def find_shop(storage: Storage, handle: str) -> shops.Shop:
    """The shop with this handle; refuses ``shop.no_such_shop``, with those that it may be."""
    known = {shop.handle: shop for shop in await storage.read(0, shops.list_shops)}
    if handle in known:
        return known[handle]
    if not known:
        raise NO_SHOP(handle=handle[:40])
    raise NO_SUCH_SHOP(handle=handle[:40], handles=candidates(handle, list(known)))


def candidates(typed: str, names: list[str]) -> str:
    """The names that may have been meant: all, if they are few, else those that are alike."""
    alike = names if len(names) <= NAMED else get_close_matches(typed, names, n=NAMED, cutoff=0.4) or names[:NAMED]
    return ", ".join(alike)
