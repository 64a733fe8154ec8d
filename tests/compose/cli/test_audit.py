"""Whether who did what is whole, at the surfaces and in the shops' logs, from the command line."""

import asyncio
from functools import partial
from pathlib import Path

import apsw
import pytest

from matjar.compose.settings import read
from matjar.compose.wiring import storage_of_command_line
from matjar.domain import audit
from matjar.domain.audit import Entry
from matjar.edge.audit import Audit
from matjar.edge.books import Own
from matjar.edge.forwarding import Forwarder
from tests.compose.cli.conftest import Call

SHOP = 1


def write(tmp_path: Path, count: int, *, surface: str = "admin", shop_id: int = SHOP) -> Path:
    """Write so many deeds into a surface's book; tells where it is."""
    path = tmp_path / "var" / surface / "audit.sqlite"
    book = Audit(path)
    for at in range(1, count + 1):
        book.write(shop_id, Entry(at, 1, "sid", "orders.refund", "order:1", "passkey", at, "192.0.2.1", age_ms=0))
    book.close()
    return path


def bring(path: Path) -> None:
    """Bring a book to the shop's log."""

    async def do() -> None:
        async with storage_of_command_line(read()) as storage:
            book = Audit(path)
            await Forwarder(storage, [Own(book)], book).forward(Own(book))
            book.close()

    asyncio.run(do())


def arrived(path: Path) -> int:
    """Up to which number a book is in the log."""

    async def ask() -> int:
        book = Audit(path)
        async with storage_of_command_line(read()) as storage:
            found = await storage.read(SHOP, partial(audit.arrived, surface=book.surface, book=book.name))
        book.close()
        return found

    return asyncio.run(ask())


def test_what_has_arrived_and_what_has_not_is_named(shop: Call, tmp_path: Path) -> None:
    path = write(tmp_path, 2)
    bring(path)
    assert shop("audit", "verify")[:2] == (0, "admin\t1\t2\t\twhole\nlog\t1\t1\t\twhole\n")
    write(tmp_path, 1)
    assert shop("audit", "verify", "demo").out.splitlines()[0] == "admin\t1\t3\t3\twhole"
    write(tmp_path, 2)
    assert shop("audit", "verify").out.splitlines()[0] == "admin\t1\t5\t3–5\twhole"
    bring(path)
    assert arrived(path) == 5


@pytest.mark.parametrize(
    ("place", "touch", "told"),
    [
        ("admin/audit.sqlite", "DELETE FROM entry WHERE number = 2", "admin\t1\t4\t4\tbroken at entry 3"),
        (
            "shops.sqlite",
            "UPDATE audit_entries SET content = replace(content, '\"192', '\"193') WHERE number = 2",
            "admin\t1\t4\t4\tthe log breaks at entry 2",
        ),
        (
            "shops.sqlite",
            "UPDATE audit_entries SET person_id = 9 WHERE number = 2",
            "admin\t1\t4\t4\tthe log breaks at entry 2",
        ),
        (
            "shops.sqlite",
            "DELETE FROM audit_entries WHERE number = 3",
            "admin\t1\t4\t4\tentry 3 of the log is another one, or gone",
        ),
        (
            "shops.sqlite",
            "UPDATE audit_links SET head = zeroblob(32)",
            "log\t1\t1\t\tthe log's own chain breaks at link 1",
        ),
    ],
)
def test_whatever_was_touched_is_named_and_fails_the_command(
    shop: Call, tmp_path: Path, place: str, touch: str, told: str
) -> None:
    bring(write(tmp_path, 3))
    write(tmp_path, 1)
    apsw.Connection(str(tmp_path / "var" / place)).execute(touch)
    called = shop("audit", "verify")
    assert called.code == 1
    assert told in called.out


def test_a_book_written_anew_with_a_chain_of_its_own_differs_from_the_log(shop: Call, tmp_path: Path) -> None:
    path = write(tmp_path, 3)
    bring(path)
    db, before = apsw.Connection(str(path)), audit.BEGINNING
    for written in Audit(path).entries_after(SHOP, 0, 9):
        forged = written.content.replace(b"order:1", b"order:9") if written.number > 1 else written.content
        before = audit.chained(before, forged)
        db.execute("UPDATE entry SET content = ?, chain = ? WHERE number = ?", (forged, before, written.number))
    db.close()
    called = shop("audit", "verify")
    assert called.code == 1
    assert "admin\t1\t3\t\tother than the log from entry 2 on" in called.out


def test_a_book_whose_surface_is_elsewhere_is_known_by_the_log(shop: Call, tmp_path: Path) -> None:
    path = write(tmp_path, 2, surface="till")
    bring(path)
    path.unlink()
    assert shop("audit", "verify").out == "till\t1\t2\t\twhole\nlog\t1\t1\t\twhole\n"


def test_programs_are_told_the_same(shop: Call, tmp_path: Path) -> None:
    bring(write(tmp_path, 2))
    write(tmp_path, 1)
    out = shop("audit", "verify", "--json").out
    assert '"entries":3,"arrived":2,"broken_at":0,"differs_at":0,"breaks":[]' in out


def test_books_alone_are_followed_where_there_is_no_database(call: Call, tmp_path: Path) -> None:
    path = write(tmp_path, 3)
    assert call("audit", "verify")[:2] == (75, "admin\t1\t3\t\tthe log cannot be asked\n")
    apsw.Connection(str(path)).execute("DELETE FROM entry WHERE number = 2")
    assert call("audit", "verify")[:2] == (1, "admin\t1\t3\t\tbroken at entry 3; the log cannot be asked\n")


def test_a_platform_without_books_has_nothing_to_verify(call: Call) -> None:
    assert call("audit", "verify")[:2] == (0, "")


def test_a_shop_that_is_not_there_is_refused(shop: Call) -> None:
    assert "shop.no_such_shop" in shop("audit", "verify", "nobody").err
