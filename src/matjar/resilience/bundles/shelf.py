"""The shelf: bundles on a disk, ``<kind>/<shop>/<number>.jws`` beside their files, each named by its SHA-256.

Makers publish on one, and each surface keeps its own. What is written is whole and durable before it can be found: the
files first, then the manifest, each under another name until it is on the disk.
"""

import base64
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec

from matjar.resilience.bundles.manifest import Manifest
from matjar.resilience.bundles.signing import TOKEN_BYTES

BUNDLE_BYTES = 8 << 20
"""The files of one bundle together: a shop with ten thousand people."""


class Found(msgspec.Struct, frozen=True):
    """What lies on a shelf, as it lies there: nobody has verified it yet."""

    token: str
    files: Mapping[str, bytes]


class Shelf:
    """One folder of bundles."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def list_places(self, kinds: Collection[str] | None = None) -> Iterator[tuple[str, int]]:
        """Every kind, or these, and every shop that there is something of."""
        for kind in sorted(self.folder.glob("[a-z]*")):
            if kinds is None or kind.name in kinds:
                yield from ((kind.name, int(shop.name)) for shop in kind.iterdir() if shop.name.isdigit())

    def numbers(self, kind: str, shop_id: int) -> list[int]:
        """The numbers that lie here, the lowest first."""
        names = (path.stem for path in self._place(kind, shop_id).glob("*.jws"))
        return sorted(int(name) for name in names if name.isdigit())

    def changed_at(self, kind: str, shop_id: int) -> int:
        """When something was last put here or taken away, nanoseconds; 0: there is nothing."""
        try:
            return self._place(kind, shop_id).stat().st_mtime_ns
        except OSError:
            return 0

    def find(self, kind: str, shop_id: int, number: int) -> Found | None:
        """What lies here under a number; None where a part of it cannot be read."""
        place = self._place(kind, shop_id)
        try:
            token = _read(place / f"{number}.jws", TOKEN_BYTES).decode("ascii")
            files = {name: _read(place / _safe(sha256), BUNDLE_BYTES) for name, sha256 in glance(token).files.items()}
        except (OSError, ValueError, msgspec.MsgspecError):
            return None
        return Found(token, files)

    def put(self, manifest: Manifest, token: str, files: Mapping[str, bytes]) -> None:
        """Put a bundle here, durably. Files that are here already are not written again."""
        place = self._place(manifest.kind, manifest.shop_id)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in files.items():
            path = place / manifest.files[name]
            if not path.exists() or path.read_bytes() != content:
                _write(path, content)
        _write(place / f"{manifest.number}.jws", token.encode("ascii"))
        _sync(place)

    def keep_only(self, kind: str, shop_id: int, numbers: set[int]) -> None:
        """Take away all other bundles of this kind and shop, and files that belong to none."""
        place = self._place(kind, shop_id)
        wanted = {f"{number}.jws" for number in numbers}
        for number in numbers:
            wanted |= _named_in(place / f"{number}.jws")
        for path in place.iterdir():
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _place(self, kind: str, shop_id: int) -> Path:
        return self.folder / kind / str(shop_id)


_manifest = msgspec.json.Decoder(Manifest).decode


def glance(token: str) -> Manifest:
    """What a token claims to hold: to find its files by, and to believe nothing of. Raises ValueError."""
    _, _, rest = token.partition(".")
    return _manifest(base64.urlsafe_b64decode(rest.partition(".")[0] + "=="))


def _named_in(manifest: Path) -> set[str]:
    """The names of the files that belong to a manifest; none where it cannot be read."""
    try:
        return set(glance(manifest.read_text("ascii")).files.values())
    except (OSError, ValueError, msgspec.MsgspecError):
        return set()


def _safe(sha256: str) -> str:
    if len(sha256) != 64 or not sha256.isalnum():
        raise ValueError("not a SHA-256")
    return sha256


def _read(path: Path, most_bytes: int) -> bytes:
    with path.open("rb") as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise ValueError("too large")
    return content


def _write(path: Path, content: bytes) -> None:
    under_way = path.with_name(f"{path.name}.{os.getpid()}")
    with under_way.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    under_way.replace(path)


def _sync(folder: Path) -> None:
    """A name is on the disk once its folder is."""
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
