"""What has happened in identity's database since the last look: whose bundles are other ones now."""

from functools import partial

import msgspec

from matjar.domain import access
from matjar.storage import feed
from matjar.storage.desk import Storage
from matjar.storage.feed import Position

HOUSE = 0


class _Person(msgspec.Struct):
    person_id: int


_person = msgspec.json.Decoder(_Person).decode


class News:
    """Reads the feed of every shop from where it left off; a shop it has never seen is news as a whole."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._seen: dict[int, Position] = {}
        self.shops: dict[int, None] = {}
        """Whose access bundles are to be looked at, in this order."""
        self.revoked = False
        """Whether there is a revocation more."""

    @property
    def known(self) -> set[int]:
        """Every shop that the database knows."""
        return self._seen.keys() - {HOUSE}

    async def look(self) -> None:
        """Take in what is new; raises the storage's refusals, and then looks at the same again."""
        for position in await self._storage.read(HOUSE, feed.positions):
            before = self._seen.get(position.shop_id)
            if before == position:
                continue
            if before is None or before.epoch != position.epoch or before.number > position.number:
                self._begin_afresh(position.shop_id)
            else:
                await self._take(position.shop_id, before.number)
            self._seen[position.shop_id] = position

    def everything(self) -> None:
        """Look at every shop's bundle again."""
        self.shops |= dict.fromkeys(sorted(self.known))

    def _begin_afresh(self, shop_id: int) -> None:
        """A shop, or a database, that was not there before: it may tell anything."""
        self.revoked = True
        if shop_id == HOUSE:
            self.everything()
        else:
            self.shops[shop_id] = None

    async def _take(self, shop_id: int, number: int) -> None:
        while entries := await self._storage.read(shop_id, partial(feed.entries_after, number=number)):
            for entry in entries:
                if entry.type == "access_changed":
                    self.shops[shop_id] = None
                elif entry.type == "revoked":
                    self.revoked = True
                elif entry.type == "person_changed":
                    await self._follow(_person(entry.body).person_id)
            number = entries[-1].number

    async def _follow(self, person_id: int) -> None:
        """A person is another in every shop that they work in."""
        employed = await self._storage.read(HOUSE, lambda view: access.list_shops_of(view, person_id=person_id))
        self.shops |= dict.fromkeys(each.shop.id for each in employed)
