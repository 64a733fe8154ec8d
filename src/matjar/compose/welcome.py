"""What `matjar run` says as soon as the shops are open: where they are, and how their owners come in.

A process of its own, gone once it has spoken.

In development a shop is at its handle below ``localhost``, which browsers find by themselves (RFC 6761, 6.3).
"""

import asyncio
from contextlib import suppress

from matjar.compose.addresses import admin_address, shop_address
from matjar.compose.identity import describe_shop, invite_owner, of_identity
from matjar.compose.settings import Settings, read
from matjar.compose.speech import gettext, sentence
from matjar.compose.wiring import open_storage
from matjar.core.refusal import Refusal
from matjar.domain import access, shops
from matjar.domain.shops import Shop
from matjar.storage import keeping
from matjar.storage.desk import Storage

MOST = 8
"""Shops that are named: more is no welcome."""
EARLIER = sentence("the link printed before is still good; `matjar owner {shop}` makes another")
_PAUSES_SECONDS = (0.3, 0.5, 1.0, 2.0, 4.0)
"""Between tries to reach identity, which starts after the shops are open."""


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
    return f"{shop_address(settings, shop.handle, ())}/"


def welcome_office(settings: Settings, opened: list[Shop] | None) -> list[str]:
    """The lines that say where people of the shops work."""
    lines = [f"  {admin_address(settings)}/{shop.handle}/" for shop in (opened or [])[:MOST]]
    return [gettext("The back office:"), *lines] if lines else []


def welcome_letters(settings: Settings) -> list[str]:
    """The line that says where the demo's letters can be read."""
    if settings.mail or not settings.development:
        return []
    mailbox = f"http://127.0.0.1:{settings.port_gateway_twin}/mailbox"
    return [gettext("Letters to buyers and staff:"), f"  {mailbox}"]


def welcome_owners(links: dict[str, str]) -> list[str]:
    """The lines for shops that nobody owns yet."""
    width = max(map(len, links), default=0)
    lines = [f"  {handle:<{width}}  {link}" for handle, link in links.items()]
    return [gettext("Sign up as the owner, once, within a week:"), *lines] if lines else []


async def _invite_owners(settings: Settings, opened: list[Shop]) -> dict[str, str]:
    """A link for each shop that nobody owns, once identity answers; where it does not, `matjar owner` makes them.

    A link that was printed before stays good, and cannot be printed again: nobody keeps it.
    """
    storage = open_storage(settings, of_identity)
    links = {}
    try:
        await _wait_for(storage)
        for shop in opened:
            await describe_shop(storage, shop)
        for shop in opened[:MOST]:
            invitations = await storage.read(shop.id, access.list_invitations)
            if any(each.role_id == access.OWNER for each in invitations):
                links[shop.handle] = gettext(EARLIER).format(shop=shop.handle)
                continue
            with suppress(Refusal):
                links[shop.handle] = await invite_owner(storage, settings, shop)
    except Refusal:
        return {}
    finally:
        await storage.close()
    return links


async def _wait_for(storage: Storage) -> None:
    """Until identity's writer is there; refuses ``storage.away`` when it does not come."""
    for pause_seconds in _PAUSES_SECONDS:
        with suppress(Refusal):
            return await storage.desk(0).submit(keeping.ask)()
        await asyncio.sleep(pause_seconds)
    return await storage.desk(0).submit(keeping.ask)()


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
    opened = asyncio.run(_list(settings))
    lines = (*welcome(settings, opened), *welcome_office(settings, opened), *welcome_letters(settings))
    print(*lines, sep="\n", flush=True)
    for line in welcome_owners(asyncio.run(_invite_owners(settings, opened or []))):
        print(line)


if __name__ == "__main__":
    main()
