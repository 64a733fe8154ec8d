"""What `matjar run` says as soon as the shops are open: where they are. A process of its own, gone once it has spoken.

In development a shop is at its handle below ``localhost``, which browsers find by themselves (RFC 6761, 6.3).
"""

import asyncio

from matjar.compose.settings import Settings, read
from matjar.compose.speech import gettext
from matjar.compose.wiring import open_storage
from matjar.core.refusal import Refusal
from matjar.domain import shops
from matjar.domain.shops import Shop

MOST = 8
"""Shops that are named: more is no welcome."""


def welcome(settings: Settings, opened: list[Shop] | None) -> list[str]:
    """The lines; the first shop is also at the bare address, where no name has to be looked up. None: nobody knows."""
    bare = f"http://{settings.host}:{settings.port_storefront}/"
    if not opened:
        return [bare] if opened is None else [bare, gettext("There is no shop yet: `matjar shop create` opens one.")]
    addresses = [address_of(settings, shop) for shop in opened[:MOST]]
    width = max(map(len, addresses))
    also = gettext("also {address}").format(address=bare)
    lines = [f"  {addresses[0]:<{width}}  {also}", *(f"  {address}" for address in addresses[1:])]
    if len(opened) > MOST:
        lines.append(gettext("All of them: `matjar shop list`."))
    return [gettext("Open, until Ctrl-C:"), *lines]


def address_of(settings: Settings, shop: Shop) -> str:
    """Where buyers find a shop, by its handle."""
    if settings.development:
        return f"http://{shop.handle}.{settings.shops_domain}:{settings.port_storefront}/"
    return f"https://{shop.handle}.{settings.shops_domain}/"


async def _list(settings: Settings) -> list[Shop] | None:
    storage = open_storage(settings)
    try:
        return await storage.read(0, shops.list_shops)
    except Refusal:
        # The storefront answers without a database too; it only cannot say whose shops it shows.
        return None
    finally:
        await storage.close()


def main() -> None:
    """Say it."""
    settings = read()
    print(*welcome(settings, asyncio.run(_list(settings))), sep="\n")


if __name__ == "__main__":
    main()
