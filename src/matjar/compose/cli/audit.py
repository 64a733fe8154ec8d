"""`matjar audit`: whether the surfaces' books of who did what are whole. It asks nothing but the files themselves."""

import msgspec
import typer

from matjar.compose.cli.command import command, part
from matjar.compose.cli.listing import Column, Json, listing
from matjar.compose.settings import read
from matjar.compose.speech import gettext, sentence
from matjar.edge.audit import Audit

COLUMNS = (
    Column(sentence("Surface")),
    Column(sentence("Shop"), number=True),
    Column(sentence("Entries"), number=True),
    Column(sentence("Chain")),
)
WHOLE, BROKEN = sentence("whole"), sentence("broken at entry {number}")

app = part()
audit = part("Check the books of who did what.")
app.add_typer(audit, name="audit")


class Book(msgspec.Struct, frozen=True):
    """One shop's book at one surface. ``broken_at`` is the first entry that does not follow; 0: it is whole."""

    surface: str
    shop_id: int
    entries: int
    broken_at: int


@command(audit, "verify", example="matjar audit verify")
def verify(*, json: Json = False) -> None:
    """Follow every chain from its first entry to its last; exits with 1 where one is broken."""
    books = _books()
    with listing(COLUMNS, json=json) as out:
        for book in books:
            chain = gettext(BROKEN).format(number=book.broken_at) if book.broken_at else gettext(WHOLE)
            out.add(book, book.surface, book.shop_id, book.entries, chain)
    if any(book.broken_at for book in books):
        raise typer.Exit(1)


def _books() -> list[Book]:
    """Every shop's book at every surface of this platform."""
    found = []
    for path in sorted(read().home.glob("*/audit.sqlite")):
        book = Audit(path)
        found += [
            Book(path.parent.name, shop_id, entries, book.broken_at(shop_id))
            for shop_id, entries in book.entries().items()
        ]
        book.close()
    return found
