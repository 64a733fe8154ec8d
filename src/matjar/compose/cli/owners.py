"""`matjar owner`: the link by which a shop's first owner comes in."""

import asyncio

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, find_shop, with_storage
from matjar.compose.identity import invite_owner, of_identity
from matjar.compose.settings import Settings, read
from matjar.compose.wiring import storage_of_command_line
from matjar.domain.shops import Shop

app = part()


@command(app, "owner", example="matjar owner demo")
def owner(shop: ShopName) -> None:
    """Print the link by which a shop's first owner signs up: good for a week, once; an earlier one ends.

    Refused when the shop has an owner, who invites everybody else.
    """
    settings = read()
    found = with_storage(lambda storage: find_shop(storage, shop))
    typer.echo(asyncio.run(_invite(settings, found)))


async def _invite(settings: Settings, shop: Shop) -> str:
    async with storage_of_command_line(settings, of_identity) as storage:
        return await invite_owner(storage, settings, shop)
