"""A bundle's manifest: of which kind and shop it is, its number, and the SHA-256 of each file that belongs to it."""

import hashlib
from collections.abc import Mapping

import msgspec

from matjar.core.refusal import Kind, declare

UNSIGNED = declare("bundles.unsigned", Kind.FORBIDDEN, "This bundle of {kind} is not signed by whoever makes those.")
DAMAGED = declare("bundles.damaged", Kind.INVALID, "This bundle of {kind} is damaged.")
OLDER = declare("bundles.older", Kind.CONFLICT, "A newer bundle of {kind} is here than number {number}.")

KEYS, ACCESS, REVOCATIONS = "keys", "access", "revocations"
PLATFORM = 0
"""The shop that bundles of the whole platform are of."""


class Manifest(msgspec.Struct, frozen=True):
    """What is signed. ``issued_at`` is the maker's clock, milliseconds UTC; ``files`` maps names to SHA-256, in hex."""

    kind: str
    shop_id: int
    number: int
    previous: int
    issued_at: int
    files: dict[str, str]


class Bundle(msgspec.Struct, frozen=True):
    """A manifest with its token, the files by their names, and the key that signed it."""

    manifest: Manifest
    token: str
    files: Mapping[str, bytes]
    kid: str

    def content(self) -> bytes:
        """The file that most kinds have alone."""
        return self.files[name_of(self.manifest.kind)]


def name_of(kind: str) -> str:
    """What the one file of a kind is called."""
    return f"{kind}.json"


def next_number(previous: int, now_ms: int) -> int:
    """The number after ``previous``: tied to the clock, so that a maker restored from a backup does not fall behind."""
    return max(previous + 1, now_ms)


def digest(content: bytes) -> str:
    """What a file is known by."""
    return hashlib.sha256(content).hexdigest()


def holds(manifest: Manifest, files: Mapping[str, bytes]) -> bool:
    """Whether these are the manifest's files, all of them and as they were."""
    return {name: digest(content) for name, content in files.items()} == manifest.files
