"""The clerk: reads each shop's feed, and owes the letters that its events ask for, each once.

How far it has read stands beside the letters and is written with them, in one transaction: a clerk that dies reads the
same events again, and owes nothing twice. Where a database was restored, that note was restored with it, so the clerk
goes on from there: of what the lost hours had told, nobody knows any more.
"""

from collections.abc import Sequence
from functools import partial

import msgspec
import structlog

from matjar.core.clock import MINUTE
from matjar.core.refusal import Refusal
from matjar.domain import notices
from matjar.domain.notices import Letter, Wanted
from matjar.storage import feed
from matjar.storage.desk import Storage
from matjar.storage.feed import Entry, Position
from matjar.workers.postman.rounds import for_ever

LETTERS_READ = 500
"""Events between two notes of how far the feed was read: a clerk that died reads so many again."""
PAYMENT_LETTER_MS = 15 * MINUTE
"""How long a letter about a payment that failed waits: who tries again with another card, and pays, needs none."""

_log = structlog.get_logger("matjar.postman")


class _Told(msgspec.Struct):
    """What letters need of an event."""

    order_id: int = 0
    fulfilment_id: int = 0
    refund_id: int = 0
    checkout_id: int = 0
    amount_minor: int = 0
    given: bool = True


_told = msgspec.json.Decoder(_Told).decode


class Trail(msgspec.Struct):
    """How far one shop's feed was read, and up to where that is written down."""

    epoch: int
    number: int
    noted: int


class Clerk:
    """One round at a time, over the feeds of every shop."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._trails: dict[int, Trail] = {}

    async def run(self) -> None:
        """Look for ever."""
        await for_ever(self.look)

    async def look(self) -> int:
        """Owe what is new; tells how many letters. A feed that cannot be read holds up no other shop's."""
        owed = 0
        for position in await self._storage.read(0, feed.positions):
            try:
                owed += await self._follow(position)
            except Refusal:
                raise
            except Exception:  # noqa: BLE001 - one shop's trouble is told, and tried again, while all others go on
                _log.exception("feed_not_read", shop=position.shop_id)
        return owed

    async def _follow(self, position: Position) -> int:
        shop_id, owed = position.shop_id, 0
        trail = self._trails.get(shop_id)
        if trail is None or trail.epoch != position.epoch:
            number = await self._storage.read(shop_id, notices.read_up_to)
            trail = self._trails[shop_id] = Trail(position.epoch, number, number)
        while trail.number < position.number:
            question = partial(feed.entries_after, number=trail.number, most=LETTERS_READ)
            entries = await self._storage.read(shop_id, question)
            if not entries:
                return owed
            wanted = wanted_by(entries)
            last = entries[-1].number
            if wanted or last - trail.noted >= LETTERS_READ:
                desk = self._storage.desk(shop_id, request_id="postman")
                await desk.submit(notices.take_down)(epoch=trail.epoch, number=last, wanted=wanted)
                trail.noted = last
            trail.number = last
            owed += len(wanted)
        return owed


def wanted_by(entries: Sequence[Entry]) -> tuple[Wanted, ...]:
    """The letters that a stretch of the feed asks for."""
    told = [(entry, _told(entry.body)) for entry in entries if entry.type in _LETTERS]
    placed = {each.order_id for entry, each in told if entry.type == "order_placed"}
    return tuple(_wanted(entry, each) for entry, each in told if _is_news(entry, each, placed))


_LETTERS = {
    "order_placed": Letter.ORDER_CONFIRMED,
    "order_paid": Letter.ORDER_PAID,
    "order_fulfilled": Letter.PARCEL_SENT,
    "parcel_tracked": Letter.PARCEL_SENT,
    "order_cancelled": Letter.ORDER_CANCELLED,
    "refund_settled": Letter.REFUNDED,
    "payment_failed": Letter.PAYMENT_FAILED,
}


def _is_news(entry: Entry, told: _Told, placed: set[int]) -> bool:
    """Whether the buyer does not hear of it anyhow: an order that is paid at once is confirmed as that."""
    if entry.type == "order_paid":
        return told.order_id not in placed
    return entry.type != "refund_settled" or (told.given and told.amount_minor > 0)


def _wanted(entry: Entry, told: _Told) -> Wanted:
    part = told.fulfilment_id or told.refund_id
    return Wanted(
        event=entry.number,
        letter=_LETTERS[entry.type],
        subject_id=told.order_id or told.checkout_id,
        facts={"part": str(part)} if part else {},
        after_ms=PAYMENT_LETTER_MS if entry.type == "payment_failed" else 0,
    )
