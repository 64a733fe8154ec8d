"""What the back office saw last of each shop's open orders: on its own disk, for the hours when the database is away.

Only shops that somebody looks after here are kept; a shop's file is written anew when its feed has gone on.
"""

import asyncio
import contextlib
from functools import partial
from pathlib import Path

import msgspec
import structlog

from matjar.core import clock
from matjar.core.limits import PAGE_ROWS
from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import orders
from matjar.domain.orders import Allocation, Dossier, Filter
from matjar.storage import feed
from matjar.storage.desk import Storage
from matjar.storage.feed import Position

EVERY_SECONDS = 5.0
"""How far a snapshot may lie behind."""
OPEN = Filter(status="open", fulfilment_status="unsent")

_log = structlog.get_logger("matjar.admin")


class Kept(msgspec.Struct, frozen=True):
    """One order with all that a packer needs to know."""

    dossier: Dossier
    allocations: tuple[Allocation, ...]


class Snapshot(msgspec.Struct, frozen=True):
    """A shop's orders that are still to be sent, at most a page of them, the oldest first."""

    position: Position
    """How far the feed had come."""
    orders: tuple[Kept, ...]

    def find(self, number: int) -> Kept | None:
        """The order with this number."""
        return next((each for each in self.orders if each.dossier.order.number == number), None)


_decode = msgspec.msgpack.Decoder(Snapshot).decode
_encode = msgspec.msgpack.Encoder().encode


class Snapshots:
    """The files, one for each shop."""

    def __init__(self, folder: Path, storage: Storage) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._storage = storage
        self._wanted: set[int] = {int(path.stem) for path in folder.glob("*.snapshot") if path.stem.isdigit()}

    def want(self, shop_id: int) -> None:
        """Somebody looks after this shop here."""
        self._wanted.add(shop_id)

    def find(self, shop_id: int) -> Snapshot | None:
        """The last that was seen of a shop; None: nothing ever was."""
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            return _decode(self._path(shop_id).read_bytes())
        return None

    async def run(self) -> None:
        """Keep them fresh, for as long as the process lives."""
        while True:
            try:
                await self.refresh()
            except Refusal as refusal:
                _log.debug("snapshots_wait", code=refusal.code)
            await asyncio.sleep(EVERY_SECONDS)

    async def refresh(self) -> None:
        """Write anew the files of shops where anything has happened since; refuses ``storage.away``."""
        positions = {each.shop_id: each for each in await self._storage.read(0, feed.positions)}
        for shop_id in self._wanted & positions.keys():
            position, before = positions[shop_id], self.find(shop_id)
            if before is not None and before.position == position:
                self._path(shop_id).touch()
                continue
            taken = await self._storage.read(shop_id, partial(_take, position))
            fresh = self._path(shop_id).with_suffix(".fresh")
            fresh.touch(mode=0o600)
            fresh.write_bytes(_encode(taken))
            fresh.replace(self._path(shop_id))

    def seen_at(self, shop_id: int) -> int:
        """When a shop's snapshot was last known to be how things stand, milliseconds UTC; 0: never."""
        try:
            return int(self._path(shop_id).stat().st_mtime * clock.SECOND)
        except OSError:
            return 0

    def _path(self, shop_id: int) -> Path:
        return self._folder / f"{shop_id}.snapshot"


def _take(position: Position, view: Reading) -> Snapshot:
    waiting = orders.list_orders(view, matching=OPEN, most=PAGE_ROWS)
    kept = tuple(
        Kept(orders.load_dossier(view, order_id=order.id), tuple(orders.allocations_of(view, order_id=order.id)))
        for order in waiting
    )
    return Snapshot(position, kept)
