"""`matjar key`: which keys sign here, and that one counts no more."""

import asyncio
from datetime import UTC
from typing import Annotated

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.listing import Column, Json, Moment, listing
from matjar.compose.identity import of_identity
from matjar.compose.settings import Settings, read
from matjar.compose.speech import gettext, sentence
from matjar.compose.wiring import storage_of_command_line
from matjar.core.refusal import Kind, declare
from matjar.domain import access
from matjar.edge.keyring import list_public
from matjar.resilience.bundles import PublicKey

NO_SUCH_KEY = declare("key.no_such_key", Kind.NOT_FOUND, "There is no key {kid}.")

COLUMNS = (Column(sentence("Key")), Column(sentence("Surface")), Column(sentence("From")), Column(sentence("Until")))

app = part()
key = part("See which keys sign here, and revoke one.")
app.add_typer(key, name="key")


@command(key, "list", example="matjar key list")
def list_all(*, json: Json = False) -> None:
    """List the keys that bundles and sessions are signed with, those that ended too.

    In a pipe: key, surface, from, until.
    """
    with listing(COLUMNS, json=json) as out:
        for each in list_public(read().home):
            out.add(each, each.kid, each.owner, Moment(each.not_before, UTC), Moment(each.not_after, UTC))


@command(key, "revoke", example="matjar key revoke bXkta2V5LWlkLWZyb20tdGhlLWxpc3Q")
def revoke(kid: Annotated[str, typer.Argument(metavar="KEY", help="As `matjar key list` names it.")]) -> None:
    """Let nothing count that this key signed: it was stolen. Its surface mints another by itself."""
    settings = read()
    found = next((each for each in list_public(settings.home) if each.kid == kid), None)
    if found is None:
        raise NO_SUCH_KEY(kid=kid[:50])
    asyncio.run(_revoke(settings, found))
    typer.echo(gettext("{kid} counts no more, as soon as a surface hears of it.").format(kid=found.kid))


async def _revoke(settings: Settings, found: PublicKey) -> None:
    async with storage_of_command_line(settings, of_identity) as storage:
        desk = storage.desk(0, request_id="command line")
        await desk.submit(access.revoke_key)(kid=found.kid, until=found.not_after)
