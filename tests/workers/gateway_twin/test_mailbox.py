"""The demo's mailbox: letters to be read in a browser, on this machine alone."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from matjar.adapters.mail.folder import Folder
from matjar.domain.notices import Message
from matjar.workers.gateway_twin.app import Twin
from matjar.workers.gateway_twin.book import Book
from matjar.workers.gateway_twin.mailbox import MailboxDoor
from matjar.workers.gateway_twin.webhooks import Courier

EVIL = Message(
    "k1", "sara@example.com", "en", "<script>alert(1)</script> hello", "In <b>plain</b> text",
    '<html lang="en"><head><title>t</title></head><body><p>Hello <b>Sara</b></p></body></html>',
)  # fmt: skip


class Mailbox:
    """A twin with a mailbox, asked without a network."""

    def __init__(self, folder: Path, letters: Path | None) -> None:
        self._book = Book(str(folder / "book.jsonl"))
        courier = Courier("secret", "")
        self._twin = Twin(self._book, courier, "secret", frozenset(), 1.0, MailboxDoor(letters))

    def close(self) -> None:
        """Give the book back."""
        self._book.close()

    def get(self, path: str, host: str = "127.0.0.1:8010") -> tuple[int, dict[bytes, bytes], str]:
        """Status, headers and body."""
        answers: list[dict[str, object]] = []

        async def send(message: dict[str, object]) -> None:
            answers.append(message)

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b""}

        scope = {
            "type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [(b"host", host.encode())],
            "extensions": {"transport": _Open()},
        }  # fmt: skip
        asyncio.run(self._twin(scope, receive, send))
        begun, body = answers
        return begun["status"], dict(begun["headers"]), body["body"].decode()  # type: ignore[return-value, call-overload, attr-defined]


class _Open:
    """A connection that nobody has hung up."""

    def is_closing(self) -> bool:
        """No."""
        return False


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder with one letter."""
    folder = tmp_path / "mail"
    asyncio.run(Folder(folder, "Demo <demo@example.com>").send(EVIL))
    return folder


@pytest.fixture
def mailbox(tmp_path: Path, letters: Path) -> Iterator[Mailbox]:
    """The mailbox of that folder."""
    made = Mailbox(tmp_path, letters)
    yield made
    made.close()


def test_letters_are_listed_and_opened_and_nothing_in_them_runs(mailbox: Mailbox, letters: Path) -> None:
    (letter,) = letters.glob("*.eml")
    status, _, listed = mailbox.get("/mailbox")
    assert status == 200
    assert "&lt;script&gt;" in listed
    assert "<script" not in listed
    assert f'href="/mailbox/{letter.stem}"' in listed
    _, _, page = mailbox.get(f"/mailbox/{letter.stem}")
    assert "In &lt;b&gt;plain&lt;/b&gt; text" in page
    _, headers, html = mailbox.get(f"/mailbox/{letter.stem}/html")
    assert "<b>Sara</b>" in html
    policy = headers[b"content-security-policy"].decode()
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


@pytest.mark.parametrize("path", ["/mailbox/nothing", "/mailbox/..%2fbook", "/mailbox/../book.jsonl/html"])
def test_nothing_else_can_be_read_there(mailbox: Mailbox, path: str) -> None:
    assert mailbox.get(path)[0] == 404


def test_who_came_by_a_name_that_is_not_this_machine_s_reads_nothing(mailbox: Mailbox) -> None:
    status, _, said = mailbox.get("/mailbox", host="rebound.example:8010")
    assert status == 400
    assert "sara@example.com" not in said


def test_where_a_mail_server_takes_the_letters_there_is_no_mailbox(tmp_path: Path) -> None:
    without = Mailbox(tmp_path, None)
    assert without.get("/mailbox")[0] == 404
    without.close()
