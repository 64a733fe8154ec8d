"""The postman's rounds: what is due, written, sent, and settled."""

import asyncio

import structlog

from matjar.core.refusal import Refusal
from matjar.domain import notices, shops
from matjar.domain.notices import UNDELIVERABLE, Notice, Post
from matjar.domain.shops import Shop
from matjar.storage.desk import Storage
from matjar.workers.postman.letters import write

LOOK_SECONDS = 1.0
"""Between looks: somebody waits for their code."""
_AT_ONCE = 32

_log = structlog.get_logger("matjar.postman")


class Postman:
    """One round at a time, over the letters of every shop."""

    def __init__(self, storage: Storage, post: Post) -> None:
        self._storage = storage
        self._post = post
        self._storage_is_away = False

    async def run(self) -> None:
        """Look for ever."""
        while True:
            try:
                found = await self.look()
                self._storage_is_away = False
            except Refusal as refusal:
                found = 0
                if not self._storage_is_away:
                    _log.warning("storage_away", code=refusal.code)
                self._storage_is_away = True
            if not found:
                await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> int:
        """Send what is due; tells how many letters were."""
        due = await self._storage.read(0, lambda view: notices.due(view, most=_AT_ONCE))
        if due:
            known = {shop.id: shop for shop in await self._storage.read(0, shops.list_shops)}
            await asyncio.gather(*(self._send(notice, known[notice.shop_id]) for notice in due))
        return len(due)

    async def _send(self, notice: Notice, shop: Shop) -> None:
        desk = self._storage.desk(shop.id, request_id="postman")
        try:
            await self._post.send(write(notice, shop))
        except Refusal as refusal:
            _log.warning("not_sent", shop=shop.id, id=notice.id, code=refusal.code, reason=refusal.facts.get("reason"))
            gone = refusal.code == UNDELIVERABLE.code
            await desk.submit(notices.undeliverable if gone else notices.failed)(notice_id=notice.id)
        except Exception:  # noqa: BLE001 - one letter that cannot be written must not hold up all others
            _log.exception("not_sent", shop=shop.id, id=notice.id)
            await desk.submit(notices.failed)(notice_id=notice.id)
        else:
            await desk.submit(notices.sent)(notice_id=notice.id)
