"""`matjar domain`: the hosts of a shop's own."""

from typing import Annotated

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.compose.cli.listing import Column, Json, listing
from matjar.compose.settings import read
from matjar.compose.speech import gettext, sentence
from matjar.core.refusal import Kind, declare
from matjar.domain import shops
from matjar.storage.desk import Desk

OURS = declare("platform.own_domain", Kind.CONFLICT, "Below {domain} shops live by their handles: not {host}.")

app = part()
domain = part("See a shop's own domains, and let hosts lead to it.")
app.add_typer(domain, name="domain")

Host = Annotated[str, typer.Argument(help="Such as www.example.com.")]


@command(domain, "list", example="matjar domain list layla-beauty")
def list_all(shop: ShopName, *, json: Json = False) -> None:
    """List the hosts that lead to a shop, beside the one that its handle makes."""

    async def ask(desk: Desk) -> list[str]:
        return await desk.read(shops.list_hosts)

    hosts = at_desk(shop, ask)
    with listing((Column(sentence("Host")),), json=json) as out:
        for host in hosts:
            out.add(host, host)


@command(domain, "add", example="matjar domain add layla-beauty www.layla.example")
def add(shop: ShopName, host: Host) -> None:
    """Let a host lead to a shop. Its DNS has to lead to this platform, and your proxy has to hold its certificate."""
    settings = read()
    if f".{host.strip().lower()}".endswith(f".{settings.shops_domain}"):
        raise OURS(domain=settings.shops_domain, host=host)

    async def do(desk: Desk) -> str:
        return await desk.submit(shops.add_domain)(host=_as_sent(host))

    typer.echo(gettext("{host} leads to {shop} now.").format(host=at_desk(shop, do), shop=shop))


@command(domain, "first", example="matjar domain first layla-beauty www.layla.example")
def first(shop: ShopName, host: Host) -> None:
    """Be known at one of a shop's hosts: search engines and letters are told this one; the others lead there too."""

    async def do(desk: Desk) -> None:
        await desk.submit(shops.be_known_at)(host=_as_sent(host))

    at_desk(shop, do)
    typer.echo(gettext("{shop} is known at {host} now.").format(host=host, shop=shop))


@command(domain, "remove", example="matjar domain remove layla-beauty www.layla.example")
def remove(shop: ShopName, host: Host) -> None:
    """Let a host lead to a shop no more."""

    async def do(desk: Desk) -> None:
        await desk.submit(shops.remove_domain)(host=_as_sent(host))

    at_desk(shop, do)
    typer.echo(gettext("{host} leads to {shop} no more.").format(host=host, shop=shop))


def _as_sent(host: str) -> str:
    """As browsers send it: a name in Arabic letters is written ``xn--…``. What is no name, the room refuses."""
    try:
        return host.strip().encode("idna").decode()
    except UnicodeError:
        return host
