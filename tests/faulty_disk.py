"""A disk that fails as disks do: full, read-only, or without power in the middle of a write.

It lies below SQLite as a VFS. For every file it knows what is safe (synced) and what was only written since. When the
power goes, chance decides for each sector written since whether it reached the plate: none of it was promised.
"""

import random
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import apsw

SECTOR_BYTES = 512
_numbers = count(1)


class Image:
    """A file as it would be found after a crash: what is safe, and the writes of which nobody knows."""

    def __init__(self, safe: bytes) -> None:
        self._safe = bytearray(safe)
        self._pending: list[Callable[[bytearray, random.Random | None], None]] = []

    def write(self, data: bytes, offset: int) -> None:
        """Note a write that was not synced yet."""

        def replay(file: bytearray, chance: random.Random | None) -> None:
            for start in range(0, len(data), SECTOR_BYTES):
                if chance is None or chance.random() < 0.5:
                    _put(file, data[start : start + SECTOR_BYTES], offset + start)

        self._pending.append(replay)

    def truncate(self, size: int) -> None:
        """Note a truncation that was not synced yet."""

        def replay(file: bytearray, chance: random.Random | None) -> None:
            if chance is None or chance.random() < 0.5:
                del file[size:]

        self._pending.append(replay)

    def sync(self) -> None:
        """What was written is safe from now on."""
        for replay in self._pending:
            replay(self._safe, None)
        self._pending.clear()

    def after_crash(self, chance: random.Random) -> bytes:
        """The file as it is found: whole writes gone, some torn, some there, in any combination."""
        found = bytearray(self._safe)
        for replay in self._pending:
            if chance.random() < 0.8:
                replay(found, chance)
        return bytes(found)


def _put(file: bytearray, data: bytes, offset: int) -> None:
    file.extend(bytes(max(0, offset + len(data) - len(file))))
    file[offset : offset + len(data)] = data


class Disk(apsw.VFS):
    """Open a database on it with ``connect(path, vfs=disk.name)``."""

    def __init__(self) -> None:
        self.name = f"faulty-{next(_numbers)}"
        self.full = self.read_only = self.unable_to_sync = self.dead = False
        self._writes_left: int | None = None
        self._images: dict[str, Image] = {}
        super().__init__(self.name, "")

    def cut_power_after(self, writes: int) -> None:
        """Let so many more writes through; then nothing works any more."""
        self._writes_left = writes

    def restore(self, folder: Path, chance: random.Random) -> None:
        """Write every file into another folder as it is found after the crash."""
        for path, image in self._images.items():
            (folder / Path(path).name).write_bytes(image.after_crash(chance))

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        """Open a file; from now on it is known what of it is safe."""
        self.check()
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        if path not in self._images:
            self._images[path] = Image(Path(path).read_bytes() if Path(path).exists() else b"")
        return _File(self, self._images[path], name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        """Delete a file, at once and for good."""
        self.check()
        self._images.pop(filename, None)
        super().xDelete(filename, syncdir)

    def check(self, *, writing: bool = False) -> None:
        """Fail if the disk cannot do it now."""
        if writing and self._writes_left is not None:
            self._writes_left -= 1
            self.dead = self.dead or self._writes_left < 0
        if self.dead:
            raise apsw.IOError("no power")
        if writing and self.full:
            raise apsw.FullError("no space")
        if writing and self.read_only:
            raise apsw.ReadOnlyError("read only")


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, image: Image, name: Any, flags: list[int]) -> None:
        self._disk = disk
        self._image = image
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """Write, unsafely."""
        self._disk.check(writing=True)
        self._image.write(bytes(data), offset)
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        """Truncate, unsafely."""
        self._disk.check(writing=True)
        self._image.truncate(newsize)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        """Make safe what was written."""
        self._disk.check()
        if self._disk.unable_to_sync:
            raise apsw.IOError("not synced")
        self._image.sync()
        super().xSync(flags)
