"""Keeps a catalogue fresh: follows every shop's feed, makes anew what changed, writes the file, then shows it.

A shop is loaded whole where there is nothing to follow from: the first time, after a restore (another epoch), behind a
feed that was swept, and when its languages change. Each document is right by itself while that goes on.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec

import structlog

from matjar.core.clock import SECOND, now_ms
from matjar.core.limits import CATALOGUE_CHUNK, CATALOGUE_STOCK
from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import catalog, inventory
from matjar.domain.catalog import FormerHandle
from matjar.edge.catalogue import documents
from matjar.edge.catalogue.documents import ProductDocument, ShopDocument
from matjar.edge.catalogue.file import Batch, Cursor, Damaged
from matjar.edge.catalogue.memory import Catalogue
from matjar.edge.catalogue.news import News
from matjar.storage import feed
from matjar.storage.desk import Storage
from matjar.storage.feed import Position

POLL_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 2.0
"""Between tries while the database is away: soon enough that nobody notices when it is back."""
STOCK_EVERY_MS = 1 * SECOND
FAR_BEHIND = 20_000
"""Entries: from here on, loading the shop whole is less work than reading what happened to it."""

P = ParamSpec("P")

_LAST = 1 << 62
_log = structlog.get_logger("matjar.catalogue")


class Trail:
    """Where we are on one shop's feed."""

    def __init__(self, epoch: int, number: int) -> None:
        self.epoch = epoch
        self.number = number
        self.waiting: set[int] = set()
        """Items whose stock has changed, until their second is over."""
        self.waiting_since = 0
        """The number before the first entry that told of them: here a restart must begin."""
        self.stock_at = 0


class Follower:
    """Follows; ``run`` it beside whoever serves from the catalogue."""

    def __init__(self, storage: Storage, catalogue: Catalogue, clock: Callable[[], int] = now_ms) -> None:
        self._storage = storage
        self._catalogue = catalogue
        self._clock = clock
        self._trails = {
            shop_id: Trail(cursor.epoch, cursor.number) for shop_id, cursor in catalogue.cursors().items()
        }
        self.loading: dict[int, asyncio.Task[None]] = {}
        self._one_at_a_time = asyncio.Lock()
        self._writing = asyncio.Lock()
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="catalogue")
        """What changes the file does so here, one after another, even where who asked for it is gone."""

    async def run(self) -> None:
        """Follow until cancelled, whatever happens to the database and to the file."""
        checking = asyncio.create_task(self._check_file())
        pause = POLL_SECONDS
        try:
            while True:
                pause = POLL_SECONDS if await self._try(self.catch_up()) else min(pause * 2, LONGEST_PAUSE_SECONDS)
                await asyncio.sleep(pause)
        finally:
            for task in (checking, *self.loading.values()):
                task.cancel()
            self._disk.shutdown()

    async def _check_file(self) -> None:
        """Once, beside the serving: damage that nobody has come across yet."""
        try:
            await asyncio.to_thread(self._catalogue.file.check)
        except Damaged:
            self._catalogue.lookups.damaged = True

    async def _try(self, work: Coroutine[None, None, None]) -> bool:
        """Do some work; False: it failed, and is to be tried again later. What is shown goes on being shown."""
        try:
            await work
        except Refusal as refusal:
            self._catalogue.away_since = self._catalogue.away_since or self._clock()
            _log.warning("catalogue_away", code=refusal.code)
        except Damaged as damage:
            self._catalogue.lookups.damaged = True
            _log.warning("catalogue_damaged", reason=str(damage))
        except Exception:  # noqa: BLE001 - a full disk or a bug: the log says why the goods shown are old
            _log.exception("catalogue_failed")
        else:
            return True
        return False

    async def catch_up(self) -> None:
        """Read what happened in every shop and show it; refuses ``storage.away`` when the database is."""
        if self._catalogue.lookups.damaged:
            await self._begin_anew()
        positions = await self._storage.read(0, feed.positions)
        for shop_id in self._trails.keys() - {position.shop_id for position in positions}:
            await self._forget(shop_id)
        for position in positions:
            if position.shop_id not in self.loading:
                await self._follow(position)
        self._catalogue.away_since = 0
        if not self.loading:
            self._catalogue.fresh_at = self._clock()
            self._catalogue.ready = True

    async def _begin_anew(self) -> None:
        for task in self.loading.values():
            task.cancel()
        async with self._writing:
            self._trails.clear()
            await self._on_disk(self._catalogue.begin_anew)

    async def _forget(self, shop_id: int) -> None:
        async with self._writing:
            await self._on_disk(self._catalogue.file.remove_shop, shop_id)
            self._catalogue.forget(shop_id)
            del self._trails[shop_id]

    # Following ------------------------------------------------------------------------------------------------------

    async def _follow(self, position: Position) -> None:
        trail = self._trails.get(position.shop_id)
        if trail is None or trail.epoch != position.epoch or not 0 <= position.number - trail.number < FAR_BEHIND:
            self._load(position)
            return
        while trail.number < position.number:
            question = partial(feed.entries_after, number=trail.number)
            entries = await self._storage.read(position.shop_id, question)
            if not entries or entries[0].number != trail.number + 1:
                self._load(position)
                return
            news = News()
            news.read(entries)
            shop = await self._storage.read(position.shop_id, documents.load_shop) if news.shop else None
            if shop and shop.shop.languages != self._catalogue.shelf(position.shop_id).shop.languages:
                self._load(position)
                return
            self._wait_with_stock(position.shop_id, trail, news)
            if news.documents:
                await self._make_anew(position.shop_id, trail, news, shop, entries[-1].number)
            trail.number = entries[-1].number
        await self._show_stock(position.shop_id, trail)

    def _wait_with_stock(self, shop_id: int, trail: Trail, news: News) -> None:
        """Gather what stock has changed, so that a product in demand is shown anew once a second, not at each sale."""
        changed = set(self._catalogue.lookups.item_ids(shop_id)) if news.all_stock else news.items
        if changed and not trail.waiting:
            trail.waiting_since = trail.number
        trail.waiting |= changed

    async def _make_anew(
        self, shop_id: int, trail: Trail, news: News, shop: ShopDocument | None, number: int
    ) -> None:
        """Show products, collections and the shop as they are now; ``number`` is the last of the entries."""
        lookups = self._catalogue.lookups
        product_ids = set(news.products)
        collections = await self._storage.read(shop_id, documents.load_collections) if news.collections else None
        for collection_id in news.collections:
            members = await self._storage.read(shop_id, partial(catalog.members, collection_id=collection_id))
            moved = lookups.places(shop_id, collection_id) ^ set(members.items())
            product_ids |= {product_id for product_id, _ in moved}
        settled = trail.waiting_since if trail.waiting else number
        left = await self._storage.read(shop_id, partial(_load_left, news.left)) if news.left else []
        last = Batch(shop_id, Cursor(trail.epoch, settled, 0), shop, collections=collections, former=left)
        for ids in _chunks(sorted(product_ids), CATALOGUE_CHUNK):
            goods = await self._storage.read(shop_id, partial(_load_each, ids))
            gone = set(ids) - {product.id for product in goods}
            if ids[-1] == max(product_ids):
                last.products, last.gone = goods, sorted(gone)
            else:
                await self._show(Batch(shop_id, products=goods, gone=sorted(gone)))
        await self._show(last)

    async def _show_stock(self, shop_id: int, trail: Trail) -> None:
        if not trail.waiting or self._clock() - trail.stock_at < STOCK_EVERY_MS:
            return
        trail.stock_at = self._clock()
        lookups = self._catalogue.lookups
        items = sorted(item_id for item_id in trail.waiting if lookups.find_id(shop_id, item_id=item_id))
        stock: list[tuple[int, int | None]] = []
        for ids in _chunks(items, CATALOGUE_STOCK):
            free = await self._storage.read(shop_id, partial(inventory.available, item_ids=ids))
            stock += [(item_id, free.get(item_id)) for item_id in ids]
        await self._show(Batch(shop_id, Cursor(trail.epoch, trail.number, 0), stock=stock))
        trail.waiting.clear()

    # Loading whole --------------------------------------------------------------------------------------------------

    def _load(self, position: Position) -> None:
        """Load a shop beside the following of the others."""
        self.loading[position.shop_id] = asyncio.create_task(self._try_to_load(position))

    async def _try_to_load(self, position: Position) -> None:
        try:
            async with self._one_at_a_time:
                if not await self._try(self._load_whole(position)):
                    await asyncio.sleep(LONGEST_PAUSE_SECONDS)
        finally:
            del self.loading[position.shop_id]

    async def _load_whole(self, position: Position) -> None:
        shop_id, seen, last_id = position.shop_id, set[int](), 0
        while True:
            question = partial(documents.load_products, first=last_id + 1, last=_LAST, most=CATALOGUE_CHUNK)
            goods = await self._storage.read(shop_id, question)
            last_id = goods.last_id
            if not last_id:
                break
            await self._show(Batch(shop_id, products=goods.documents))
            seen |= {product.id for product in goods.documents}
        shop = await self._storage.read(shop_id, documents.load_shop)
        collections = await self._storage.read(shop_id, documents.load_collections)
        gone = sorted(self._catalogue.lookups.product_ids(shop_id) - seen)
        cursor = Cursor(position.epoch, position.number, 0)
        await self._load_former(shop_id)
        await self._show(Batch(shop_id, cursor, shop, gone=gone, collections=collections))
        self._trails[shop_id] = Trail(position.epoch, position.number)

    async def _load_former(self, shop_id: int) -> None:
        """Every handle that was ever left, page by page."""
        for owner_type in ("product", "collection"):
            last = ""
            while True:
                question = partial(catalog.list_former_handles, owner_type=owner_type, after=last)
                page = await self._storage.read(shop_id, question)
                if not page:
                    break
                await self._show(Batch(shop_id, former=page))
                last = page[-1].handle

    async def _show(self, batch: Batch) -> None:
        """Write a batch to the file, then show it, under the shop's next version."""
        async with self._writing:
            before = self._catalogue.cursors().get(batch.shop_id)
            cursor = batch.cursor or before
            if cursor is not None:
                version = max(before.version + 1 if before else 0, self._clock())
                batch.cursor = cursor._replace(version=version)
            await self._on_disk(self._catalogue.file.write, batch)
            self._catalogue.take(batch)

    async def _on_disk(self, work: Callable[P, None], *arguments: P.args, **named: P.kwargs) -> None:
        await asyncio.get_running_loop().run_in_executor(self._disk, partial(work, *arguments, **named))


def _load_each(product_ids: Iterable[int], view: Reading) -> list[ProductDocument]:
    """Those of these products that are on sale."""
    slices = (documents.load_products(view, first=each, last=each, most=1) for each in product_ids)
    return [product for each in slices for product in each.documents]


def _load_left(left: Iterable[tuple[str, str]], view: Reading) -> list[FormerHandle]:
    """Who had these handles last."""
    return [
        each
        for owner_type, handle in sorted(left)
        for each in catalog.former_handles(view, owner_type=owner_type, asked=(handle,))
    ]


def _chunks(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
