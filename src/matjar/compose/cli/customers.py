"""`matjar customer`: what a shop knows of somebody, handed over or forgotten; and news for those who want them."""

import sys
from typing import Annotated

import msgspec
import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.compose.speech import gettext
from matjar.core.refusal import Kind, declare
from matjar.domain import customers
from matjar.edge import persons
from matjar.storage.desk import Desk

NOT_SURE = declare("customers.not_sure", Kind.INVALID, "This cannot be undone. If you mean it, say --yes.")

app = part()
customer = part("Hand over what is known of a customer, forget it; tell news to who wants them.")
app.add_typer(customer, name="customer")

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="Their e-mail address.")]
Yes = Annotated[bool, typer.Option("--yes", help="Yes, for good.")]


@command(customer, "export", example="matjar customer export layla-beauty mona@example.org")
def export(shop: ShopName, email: Email) -> None:
    """Print everything that the shop knows of a customer, as JSON."""

    async def ask(desk: Desk) -> persons.Told:
        return await persons.known_of(desk, await _find(desk, email))

    told = at_desk(shop, ask)
    typer.echo(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())


@command(customer, "forget", example="matjar customer forget layla-beauty mona@example.org --yes")
def forget(shop: ShopName, email: Email, *, yes: Yes = False) -> None:
    """Forget a customer, here and in their orders, for good.

    Orders keep their numbers, goods and money; invoices keep the name and address that the law asks for.
    """
    if not yes:
        raise NOT_SURE()

    async def do(desk: Desk) -> None:
        await persons.forget(desk, await _find(desk, email))

    at_desk(shop, do)
    typer.echo(gettext("Forgotten."))


@command(customer, "news", example="matjar customer news layla-beauty --subject 'New: rose' --text 'It is here.'")
def news(
    shop: ShopName,
    subject: Annotated[str, typer.Option(metavar="TEXT", help="What stands above it.")],
    text: Annotated[str, typer.Option(metavar="TEXT", help="The letter, a line for each paragraph; - reads it.")],
    language: Annotated[str, typer.Option(metavar="CODE", help="Only to those who read this language.")] = "",
) -> None:
    """Write to everybody who agreed to be told of news; each letter carries the way out."""
    words = sys.stdin.read() if text == "-" else text

    async def do(desk: Desk) -> None:
        since_id = 0
        while since_id := await desk.submit(customers.tell_news)(
            subject=subject, text=words, language=language, since_id=since_id
        ):
            pass

    at_desk(shop, do)
    typer.echo(gettext("The letters leave within the next minutes."))


async def _find(desk: Desk, email: str) -> int:
    """The customer with this address; refuses ``customers.not_found``."""
    found = await desk.read(lambda view: customers.find(view, email=email))
    if found is None:
        raise customers.NOT_FOUND()
    return found.id
