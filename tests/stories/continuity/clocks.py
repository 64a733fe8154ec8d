"""The clocks of a platform's processes, to be turned while they run: two hours of an outage take no time."""

import struct
from collections.abc import Iterable
from pathlib import Path

from matjar.core.clock import now_ms

TURNED = Path(__file__).parent / "turned"
"""What every process starts with, so that it looks here."""

_NS = 1_000_000


class Clocks:
    """How much time has gone by for all of them, and how wrong each one's own wall clock is, milliseconds."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self.folder = folder
        self.passed_ms = 0
        self._wrong_ms = dict.fromkeys(names, 0)
        folder.mkdir()
        for name in self._wrong_ms:
            (folder / name).write_bytes(bytes(16))

    @property
    def now(self) -> int:
        """The right time of day in that house, milliseconds UTC."""
        return now_ms() + self.passed_ms

    def let_pass(self, ms: int) -> None:
        """So much time goes by for everybody."""
        self.passed_ms += ms
        for name in self._wrong_ms:
            self._write(name)

    def set_wrong(self, name: str, ms: int) -> None:
        """From now on this one's wall clock is so far ahead; below 0, behind."""
        self._wrong_ms[name] = ms
        self._write(name)

    def _write(self, name: str) -> None:
        off = struct.pack("<qq", (self.passed_ms + self._wrong_ms[name]) * _NS, self.passed_ms * _NS)
        with (self.folder / name).open("r+b") as file:
            file.write(off)
