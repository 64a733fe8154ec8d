"""Forwarding: entries of who did what, brought from surfaces' books to the shops' logs.

No deed waits for it: an entry is in its book already. How far a book has arrived is asked of the log itself, at the
start, after a restore and after whatever went wrong, so that nothing is left out; and what comes twice is taken once.
"""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

import structlog

from matjar.core.clock import HOUR, SECOND, monotonic_seconds, now_ms
from matjar.core.limits import AUDIT_BATCH
from matjar.core.refusal import Refusal
from matjar.domain import audit
from matjar.domain.audit import Written
from matjar.edge.audit import Audit
from matjar.edge.following import Away
from matjar.storage import feed
from matjar.storage.desk import Storage

EVERY_SECONDS = 1.0
"""Between looks for what was written: whoever did it finds it in the log when they look."""
LONGEST_PAUSE_SECONDS = 30.0
"""Between tries while the database, or the other surface, is away."""
SWEEP_SECONDS = HOUR / SECOND

_log = structlog.get_logger("matjar.audit")


class Book(Protocol):
    """A surface's book, here or elsewhere."""

    surface: str
    name: str
    """Known once ``heads`` was asked."""

    async def heads(self) -> Mapping[int, int]:
        """The newest number of each shop; raises Away."""

    async def entries_after(self, shop_id: int, after: int) -> list[Written]:
        """A batch of a shop's entries in order; raises Away."""


class Forwarder:
    """Brings books to the logs; ``run`` it beside whoever serves."""

    def __init__(self, storage: Storage, books: Sequence[Book], own: Audit) -> None:
        """``own`` is this surface's book, which is swept here too."""
        self._storage = storage
        self._books = books
        self._own = own
        self._epochs: dict[int, int] = {}
        self._arrived: dict[tuple[str, str, int], int] = {}
        self._swept_at = float("-inf")

    async def run(self) -> None:
        """Forward until cancelled. A book that is away holds up no other."""
        await asyncio.gather(*(self._forward_for_ever(book) for book in self._books))

    async def _forward_for_ever(self, book: Book) -> None:
        pause = EVERY_SECONDS
        while True:
            try:
                await self.forward(book)
                await self._sweep_seldom()
                pause = EVERY_SECONDS
            except (Away, Refusal) as trouble:
                if pause == EVERY_SECONDS:
                    _log.warning("entries_wait", surface=book.surface, reason=str(trouble))
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            except Exception:  # noqa: BLE001 - a full disk or a bug: the log says why entries wait
                _log.exception("entries_wait", surface=book.surface)
                pause = LONGEST_PAUSE_SECONDS
            await asyncio.sleep(pause)

    async def forward(self, book: Book) -> None:
        """Bring everything that has not arrived; a shop whose entries are refused holds up no other.

        Raises Away, and refuses ``storage.away`` and ``storage.busy``.
        """
        heads = await book.heads()
        await self._notice_restores()
        trouble: Refusal | None = None
        for shop_id in sorted(heads.keys() & self._epochs.keys()):
            try:
                await self._bring(book, shop_id, heads[shop_id])
            except Refusal as refusal:
                _log.error("entries_refused", surface=book.surface, shop=shop_id, code=refusal.code, **refusal.facts)
                self._arrived.pop((book.surface, book.name, shop_id), None)
                trouble = refusal
        if trouble is not None:
            raise trouble

    async def _notice_restores(self) -> None:
        """A shop's feed of another epoch is another database, which may have less than was brought: ask it anew."""
        epochs = {each.shop_id: each.epoch for each in await self._storage.read(0, feed.positions)}
        other = {shop_id for shop_id, epoch in epochs.items() if self._epochs.get(shop_id) != epoch}
        for known in [each for each in self._arrived if each[2] in other]:
            del self._arrived[known]
        self._epochs = epochs

    async def _bring(self, book: Book, shop_id: int, newest: int) -> None:
        cursor = (book.surface, book.name, shop_id)
        if cursor not in self._arrived:
            self._arrived[cursor] = await self._ask(book, shop_id)
        while self._arrived[cursor] < newest:
            entries = await book.entries_after(shop_id, self._arrived[cursor])
            take = self._storage.desk(shop_id, request_id="audit").submit(audit.take)
            self._arrived[cursor] = await take(surface=book.surface, book=book.name, entries=tuple(entries))
            if len(entries) < AUDIT_BATCH:
                return

    async def _ask(self, book: Book, shop_id: int) -> int:
        return await self._storage.read(shop_id, partial(audit.arrived, surface=book.surface, book=book.name))

    async def _sweep_seldom(self) -> None:
        if monotonic_seconds() < self._swept_at + SWEEP_SECONDS:
            return
        self._swept_at = monotonic_seconds()
        for shop_id in sorted({shop_id for _, _, shop_id in self._arrived}):
            while await self._storage.desk(shop_id, request_id="audit").submit(audit.sweep)():
                pass
            arrived = self._arrived.get((self._own.surface, self._own.name, shop_id), 0)
            self._own.sweep(shop_id, arrived=arrived, now=now_ms())
