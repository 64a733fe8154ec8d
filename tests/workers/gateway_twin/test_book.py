"""The book on a disk that tears lines, fills up, or was damaged."""

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from matjar.core.refusal import Refusal
from matjar.workers.gateway_twin import book as module
from matjar.workers.gateway_twin.book import Book
from matjar.workers.gateway_twin.cards import mint_token
from matjar.workers.gateway_twin.charges import Ask, Charge, begin


def charge(key: str) -> Charge:
    return begin(Ask(key, 100, "AED", mint_token("4242424242424242")))


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Where a book with two charges lies."""
    made = str(tmp_path / "book.jsonl")
    book = Book(made)
    book.write("charge", charge("7-1"))
    book.write("charge", charge("7-2"))
    book.close()
    return made


def test_every_torn_end_is_cut_off_and_written_over(path: str) -> None:
    whole = Path(path).read_bytes()
    first = whole.index(b"\n") + 1
    for end in range(first, len(whole)):
        Path(path).write_bytes(whole[:end])
        book = Book(path)
        assert list(book.charges) == ["7-1"]
        book.write("charge", charge("7-3"))
        book.close()
        again = Book(path)
        assert list(again.charges) == ["7-1", "7-3"]
        again.close()


def test_a_damaged_line_in_the_middle_stops_loudly(path: str) -> None:
    text = Path(path).read_bytes()
    Path(path).write_bytes(b"x" + text)
    with pytest.raises(msgspec.DecodeError):
        Book(path)


def test_a_full_disk_refuses_and_changes_nothing(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    book, write = Book(path), os.write
    before = Path(path).read_bytes()

    def write_half(file: int, text: bytes) -> int:
        return write(file, text[: len(text) // 2])

    def write_none(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    for broken in (write_half, write_none):
        monkeypatch.setattr(os, "write", broken)
        with pytest.raises(Refusal, match="twin.book_full"):
            book.write("charge", charge("7-3"))
        assert Path(path).read_bytes() == before
        assert "7-3" not in book.charges
    monkeypatch.setattr(os, "write", write)
    book.write("charge", charge("7-3"))
    book.close()


def test_a_full_book_takes_no_new_charge_but_goes_on_with_the_old(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CHARGES", 2)
    book = Book(path)
    book.write("void", charge("7-1"))
    with pytest.raises(Refusal, match="twin.book_full"):
        book.write("charge", charge("7-3"))
    book.close()


def test_pages_end_at_whole_lines(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = Path(path).read_bytes().splitlines(keepends=True)
    monkeypatch.setattr(module, "BOOK_PAGE_BYTES", len(lines[0]) + 5)
    book = Book(path)
    page, following = book.read(0)
    assert (page, following) == (lines[0], len(lines[0]))
    assert book.read(following) == (lines[1], len(lines[0]) + len(lines[1]))
    assert book.read(10**9) == (b"", 10**9)
    book.close()
