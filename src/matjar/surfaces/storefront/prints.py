"""Prints: long lists for machines, packed: sitemaps and product feeds.

One is made at a time, a piece at a time, so that people's pages are served in between; it is kept as long as the shelf
is what it was made of, and a while longer, so that nobody who asks again and again keeps the process busy.
"""

import asyncio
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator

import msgspec
from litestar import Response
from litestar.response import Stream

from matjar.core.clock import monotonic_seconds
from matjar.core.limits import PRINTS_BYTES
from matjar.edge.framework import Ask

PRINTS_SECONDS = 60.0
"""How long a print may be older than the shelf: who asks again and again makes it work once a minute."""
_GZIP = 31
"""zlib's window for the gzip format (RFC 1952)."""
_PIECE = 1 << 16

Key = tuple[int, str]
Make = Callable[[], Iterator[str]]


class Print(msgspec.Struct, frozen=True):
    """One that is kept: what it was made of, when (seconds of the process), and its bytes in gzip."""

    version: int
    made_at: float
    packed: bytes


class Prints:
    """The prints of this process, bounded by their bytes; those that were not asked for longest go first."""

    def __init__(self, most_bytes: int = PRINTS_BYTES, clock: Callable[[], float] = monotonic_seconds) -> None:
        self._most_bytes = most_bytes
        self._clock = clock
        self._kept: OrderedDict[Key, Print] = OrderedDict()
        self._making: dict[Key, asyncio.Task[Print]] = {}
        self._one_at_a_time = asyncio.Lock()

    async def take(self, key: Key, version: int, make: Make) -> Print:
        """The print, kept or made of these pieces."""
        kept = self._kept.get(key)
        if kept and (kept.version == version or self._clock() - kept.made_at < PRINTS_SECONDS):
            self._kept.move_to_end(key)
            return kept
        if key not in self._making:
            task = self._making[key] = asyncio.create_task(self._make(key, version, make))
            task.add_done_callback(lambda _: self._making.pop(key, None))
        # Whoever goes away in the meantime does not take it from the others who wait for it.
        return await asyncio.shield(self._making[key])

    async def _make(self, key: Key, version: int, make: Make) -> Print:
        async with self._one_at_a_time:
            packing, pieces = zlib.compressobj(6, zlib.DEFLATED, _GZIP), []
            for piece in make():
                pieces.append(packing.compress(piece.encode()))
                await asyncio.sleep(0)
            made = Print(version, self._clock(), b"".join((*pieces, packing.flush())))
        self._keep(key, made)
        return made

    def _keep(self, key: Key, made: Print) -> None:
        self._kept.pop(key, None)
        self._kept[key] = made
        while len(self._kept) > 1 and sum(len(each.packed) for each in self._kept.values()) > self._most_bytes:
            self._kept.popitem(last=False)


def answer(request: Ask, made: Print) -> Response[bytes] | Stream:
    """The print as XML, as it is packed for who can unpack it; nothing for who has it already."""
    etag = f'"{made.version:x}"'
    headers = {"etag": etag, "cache-control": "public, max-age=0, must-revalidate", "vary": "accept-encoding",
               "x-content-type-options": "nosniff"}  # fmt: skip
    media_type = "application/xml; charset=utf-8"
    if request.headers.get("if-none-match") == etag:
        return Response(b"", status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(made.packed, media_type=media_type, headers=headers | {"content-encoding": "gzip"})
    return Stream(_unpacked(made.packed), media_type=media_type, headers=headers)


def _unpacked(packed: bytes) -> Iterator[bytes]:
    unpacking, rest = zlib.decompressobj(_GZIP), packed
    while rest:
        yield unpacking.decompress(rest, _PIECE)
        rest = unpacking.unconsumed_tail
