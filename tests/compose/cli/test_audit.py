"""Whether the books of who did what are whole, from the command line."""

from pathlib import Path

import apsw

from matjar.edge.audit import Audit, Entry
from tests.compose.cli.conftest import Call


def test_a_broken_chain_is_named_and_fails_the_command(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "var" / "admin" / "audit.sqlite"
    book = Audit(path)
    for at in range(3):
        book.write(7, Entry(at, 1, "sid", "orders.refund", "order:1", "passkey", at, "192.0.2.1"))
    book.close()
    assert call("audit", "verify")[:2] == (0, "admin\t7\t3\twhole\n")
    apsw.Connection(str(path)).execute("DELETE FROM entry WHERE number = 2")
    assert call("audit", "verify")[:2] == (1, "admin\t7\t2\tbroken at entry 3\n")


def test_a_platform_without_books_has_nothing_to_verify(call: Call) -> None:
    assert call("audit", "verify")[:2] == (0, "")
