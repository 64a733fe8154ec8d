"""`matjar policy`: what a shop promises to whoever buys."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.desk import ShopName, at_desk
from matjar.compose.cli.listing import Column, Json, listing
from matjar.compose.speech import gettext, sentence
from matjar.core.refusal import Kind, declare
from matjar.domain import shops
from matjar.domain.shops import Policy, PolicyKind
from matjar.storage.desk import Desk

UNREADABLE = declare("usage.unreadable_text", Kind.INVALID, "{path} cannot be read as text: {reason}.")

COLUMNS = (Column(sentence("Policy")), Column(sentence("Language")), Column(sentence("Begins"), shrinks=True))

app = part()
policy = part("See and write what a shop promises: terms, privacy, returns, delivery.")
app.add_typer(policy, name="policy")

Which = Annotated[PolicyKind, typer.Argument(help="Which promise.")]
Language = Annotated[str, typer.Option(metavar="CODE", help="One of the shop's own; its first if left out.")]


@command(policy, "list", example="matjar policy list layla-beauty")
def list_all(shop: ShopName, *, json: Json = False) -> None:
    """List what a shop promises, in which languages.

    In a pipe: kind, language, text.
    """

    async def ask(desk: Desk) -> list[Policy]:
        return await desk.read(shops.list_policies)

    with listing(COLUMNS, json=json) as out:
        for each in at_desk(shop, ask):
            out.add(each, each.kind.value, each.language, " ".join(each.body_html.split()))


@command(policy, "write", example="matjar policy write layla-beauty refund returns.html --language en")
def write(
    shop: ShopName,
    kind: Which,
    text: Annotated[Path, typer.Argument(metavar="FILE", help="A text in HTML; - reads it from the pipe.")],
    *,
    language: Language = "",
) -> None:
    """Write one of a shop's promises. An empty text takes it back."""
    body_html = _read(text)

    async def do(desk: Desk) -> str:
        spoken = language or (await desk.read(shops.load)).languages[0]
        await desk.submit(shops.write_policy)(kind=kind, language=spoken, body_html=body_html)
        return spoken

    spoken = at_desk(shop, do)
    typer.echo(gettext("Buyers of {shop} read it at /policies/{kind} ({language}).").format(
        shop=shop, kind=kind, language=spoken))  # fmt: skip


def _read(path: Path) -> str:
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UNREADABLE(path=str(path), reason=type(error).__name__) from None
