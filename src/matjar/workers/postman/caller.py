"""The caller: has those written to who wait for something, as soon as it is back.

It looks where a shop's feed has moved, since nothing comes back without a word on it; and once everywhere when it
begins, so that what came back while it was away is not missed.
"""

from functools import partial

from matjar.domain import waiting
from matjar.storage import feed
from matjar.storage.desk import Storage
from matjar.storage.feed import Position
from matjar.workers.postman.rounds import for_ever


class Caller:
    """One round at a time, over the shops that have news."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._seen: dict[int, Position] = {}

    async def run(self) -> None:
        """Look for ever."""
        await for_ever(self.look)

    async def look(self) -> int:
        """Call whoever waits for what is back; tells how many letters are owed by it."""
        called = 0
        for position in await self._storage.read(0, feed.positions):
            if self._seen.get(position.shop_id) != position:
                called += await self._call(position.shop_id)
                self._seen[position.shop_id] = position
        return called

    async def _call(self, shop_id: int) -> int:
        desk, called, last = self._storage.desk(shop_id, request_id="caller"), 0, 0
        while wanted := await self._storage.read(shop_id, partial(waiting.list_wanted, after=last)):
            for variant_id in (each for each, back in wanted.items() if back):
                while told := await desk.submit(waiting.call)(variant_id=variant_id):
                    called += told
            last = max(wanted)
        return called
