"""The postman's rounds: what is due, written, sent, and settled."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

import structlog

from matjar.core.refusal import Refusal
from matjar.domain import notices, shops
from matjar.domain.notices import ABOUT_ORDERS, POST_AWAY, UNDELIVERABLE, Letter, Message, Notice, Post
from matjar.domain.shops import Shop
from matjar.storage.desk import Desk, Storage
from matjar.workers.postman import letters, matters
from matjar.workers.postman.matters import Links

LOOK_SECONDS = 1.0
"""Between looks: somebody waits for their code."""
BREATH_SECONDS = 0.125
"""Between full rounds: some sixty letters a second, so that those of a great sale leave the machine to the sale."""
_AT_ONCE = 8

_log = structlog.get_logger("matjar.postman")


async def for_ever(look: Callable[[], Awaitable[int]]) -> None:
    """Look again and again, also while the storage is away, which is told once."""
    away = False
    while True:
        try:
            found = await look()
            away = False
        except Refusal as refusal:
            found = 0
            if not away:
                _log.warning("storage_away", code=refusal.code)
            away = True
        await asyncio.sleep(BREATH_SECONDS if found >= _AT_ONCE else LOOK_SECONDS)


class Postman:
    """One round at a time, over the letters of every shop.

    A letter goes once, as far as SMTP lets anybody promise that: where this process dies after the mail server's 250
    and before that is written down, the next one sends the letter again, under the same Message-ID.
    """

    def __init__(self, storage: Storage, post: Post, links: Links) -> None:
        self._storage = storage
        self._post = post
        self._links = links
        self._ended: dict[tuple[int, int], Callable[[], Awaitable[None]]] = {}
        """Letters that are done with, by shop and id, and how that is written down: it may have to wait."""

    async def run(self) -> None:
        """Look for ever."""
        await for_ever(self.look)

    async def look(self) -> int:
        """Send what is due; tells how many letters were.

        What cannot be written down now is, before any other letter goes: else it would go again.
        """
        await self._write_down()
        due = await self._storage.read(0, lambda view: notices.due(view, most=_AT_ONCE))
        if due:
            known = {each: await self._storage.read(each, shops.load) for each in {notice.shop_id for notice in due}}
            await asyncio.gather(*(self._send(notice, known[notice.shop_id]) for notice in due))
            await self._write_down()
        return len(due)

    async def _write_down(self) -> None:
        """What became of letters; refuses ``storage.away`` only once each was tried."""
        outcomes = await asyncio.gather(*map(self._settle, list(self._ended)), return_exceptions=True)
        for failure in filter(None, outcomes):
            raise failure

    async def _settle(self, which: tuple[int, int]) -> None:
        await self._ended[which]()
        del self._ended[which]

    async def _send(self, notice: Notice, shop: Shop) -> None:
        desk = self._storage.desk(shop.id, request_id="postman")
        try:
            message = await self._write(desk, notice, shop)
            if message is not None:
                await self._post.send(message)
        except Refusal as refusal:
            if refusal.code not in (POST_AWAY.code, UNDELIVERABLE.code):
                return  # the storage's: nothing was sent, and the letter is still due
            reason = str(refusal.facts.get("reason", ""))
            _log.warning("not_sent", shop=shop.id, id=notice.id, code=refusal.code, reason=reason)
            verb = notices.undeliverable if refusal.code == UNDELIVERABLE.code else notices.failed
            ended = partial(desk.submit(verb), notice_id=notice.id, reason=reason)
        except Exception:  # noqa: BLE001 - one letter that cannot be written must not hold up all others
            _log.exception("not_sent", shop=shop.id, id=notice.id)
            ended = partial(desk.submit(notices.failed), notice_id=notice.id, reason="it could not be written")
        else:
            ended = partial(desk.submit(notices.sent if message else notices.unwanted), notice_id=notice.id)
        self._ended[shop.id, notice.id] = ended
        with suppress(Refusal):
            await self._settle((shop.id, notice.id))

    async def _write(self, desk: Desk, notice: Notice, shop: Shop) -> Message | None:
        """The letter; None where it is not wanted any more."""
        from matjar.workers.postman import order_letters  # noqa: PLC0415 - by the first letter, not by the process

        if notice.letter in ABOUT_ORDERS:
            matter = await desk.read(partial(matters.load_order, notice=notice))
            return order_letters.Writer(notice, shop, matter, self._links).write() if matter else None
        if notice.letter is Letter.PAYMENT_FAILED:
            unpaid = await desk.read(partial(matters.find_unpaid, notice=notice))
            return None if unpaid is None else order_letters.write_unpaid(notice, shop, unpaid, self._links)
        if notice.letter is Letter.NEWS:
            hosts = await desk.read(partial(matters.still_wants_news, notice=notice))
            return None if hosts is None else letters.write_news(notice, shop, hosts, self._links)
        if notice.letter is Letter.MESSAGE:
            return letters.write_message(notice, shop)
        if notice.letter is Letter.BACK_IN_STOCK:
            return letters.write_back(notice, shop)
        return letters.write(notice, shop)
