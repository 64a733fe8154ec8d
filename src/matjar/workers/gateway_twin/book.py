"""The twin's book: one line of JSON per change, appended before the answer is given.

A line holds the charge as it stands after the change, so the last line of a key is the truth and reading the book is
one pass. `write` reaches the kernel before it returns, which outlives SIGKILL; only the machine's own death could cost
the last lines, and that is not what the twin is for.
"""

import fcntl
import os
from collections.abc import Iterator

import msgspec

from matjar.core.clock import now_ms
from matjar.core.refusal import Kind, declare
from matjar.workers.gateway_twin.charges import Charge
from matjar.workers.gateway_twin.limits import BOOK_PAGE_BYTES, MAX_BOOK_BYTES, MAX_CHARGES

BOOK_FULL = declare("twin.book_full", Kind.BUSY, "The twin's book is full.")


class Line(msgspec.Struct, frozen=True):
    """One change: when, what was done, and the charge as it stands since."""

    at: int
    did: str
    charge: Charge


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Line).decode


class Book:
    """The charges by key, in memory and on disk. One process writes a book, and holds its lock while it lives."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.charges: dict[str, Charge] = {}
        self._size = 0
        for line in self._read_lines():
            self.charges[line.charge.ask.key] = line.charge

    def write(self, did: str, charge: Charge) -> None:
        """Enter a change; refuses ``twin.book_full``, and then nothing has changed."""
        full = self._size >= MAX_BOOK_BYTES or len(self.charges) >= MAX_CHARGES
        if full and charge.ask.key not in self.charges:
            raise BOOK_FULL()
        text = _encode(Line(now_ms(), did, charge)) + b"\n"
        if not self._append(text):
            raise BOOK_FULL()
        self._size += len(text)
        self.charges[charge.ask.key] = charge

    def read(self, start: int) -> tuple[bytes, int]:
        """Whole lines from this byte on, at most a page of them, and where the next page starts."""
        page = os.pread(self._file, BOOK_PAGE_BYTES, start)
        page = page[: page.rfind(b"\n") + 1]
        return page, start + len(page)

    def close(self) -> None:
        """Give the book and its lock back."""
        os.close(self._file)

    def _append(self, text: bytes) -> bool:
        try:
            written = os.write(self._file, text)
        except OSError:
            written = 0
        if written < len(text):
            # A full disk takes part of a line; without this the next line would be glued to the torn one.
            os.ftruncate(self._file, self._size)
        return written == len(text)

    def _read_lines(self) -> Iterator[Line]:
        """Every line of the book; a torn last one was never answered for, and is cut off."""
        with open(self._file, "rb", closefd=False) as lines:
            for text in lines:
                if not text.endswith(b"\n"):
                    os.ftruncate(self._file, self._size)
                    return
                self._size += len(text)
                yield _decode(text)
