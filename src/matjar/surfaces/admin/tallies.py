"""How much waits: the numbers beside the menu's entries, counted a few times a minute and not at every page."""

import msgspec

from matjar.core import clock
from matjar.core.refusal import Kind, Refusal
from matjar.core.tx import Reading
from matjar.domain import inventory, orders, tasks
from matjar.domain.orders import Filter
from matjar.storage.desk import Storage

FRESH_MS = 3 * clock.SECOND
"""Numbers may be so old; who has just changed something has them counted anew."""
SHOPS = 1_000
SCARCE = 5
"""So many left of something, or fewer: time to order more."""

TO_SEND = Filter(status="open", fulfilment_status="unsent")
TO_PAY = Filter(status="open", financial_status="unpaid")
HELD = Filter(status="open", financial_status="authorized")


class Tallies(msgspec.Struct, frozen=True):
    """What waits in one shop."""

    to_send: int
    to_pay: int
    held: int
    tasks: int
    scarce: int
    at: int


class Tallying:
    """Counts for one process, and remembers since when the database has not answered."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._known: dict[int, Tallies] = {}
        self.away_since = 0
        """Since when the database does not answer, in milliseconds UTC; 0: it does."""

    async def of(self, shop_id: int) -> Tallies | None:
        """What waits, as it was a moment ago; None: it was never known, and cannot be asked now."""
        known = self._known.get(shop_id)
        now = clock.now_ms()
        if known is not None and not self.away_since and now - known.at < FRESH_MS:
            return known
        try:
            counted = await self._storage.read(shop_id, _count)
        except Refusal as refusal:
            if refusal.kind not in (Kind.AWAY, Kind.BUSY):
                raise
            self.lose()
            return known
        self.away_since = 0
        if len(self._known) >= SHOPS:
            self._known.clear()
        self._known[shop_id] = counted
        return counted

    def lose(self) -> None:
        """The database did not answer just now."""
        self.away_since = self.away_since or clock.now_ms()

    def forget(self, shop_id: int) -> None:
        """Something has just changed."""
        self._known.pop(shop_id, None)


def _count(view: Reading) -> Tallies:
    return Tallies(
        to_send=orders.count(view, matching=TO_SEND),
        to_pay=orders.count(view, matching=TO_PAY),
        held=orders.count(view, matching=HELD),
        tasks=tasks.count_open(view),
        scarce=inventory.count_scarce(view, at_most=SCARCE),
        at=view.now,
    )
