"""Webhooks out: signed, sent again with growing pauses until the shop takes them.

The twin sends news that no answer brought: what a buyer decided on its page, and what was done although the shop had
gone or the connection broke. Every other change the shop reads in the answer to its own request.
"""

import asyncio
import logging
from types import TracebackType
from typing import Self

import aiohttp
import msgspec

from matjar.core.clock import SECOND, now_ms
from matjar.workers.gateway_twin.charges import Charge
from matjar.workers.gateway_twin.limits import (
    MAX_WAITING_WEBHOOKS,
    WEBHOOK_ATTEMPTS,
    WEBHOOK_FIRST_WAIT_SECONDS,
    WEBHOOK_TIMEOUT_SECONDS,
    WEBHOOKS_AT_ONCE,
)
from matjar.workers.gateway_twin.outcomes import news_of, sign

SIGNATURE_HEADER = "twin-signature"

_log = logging.getLogger(__name__)


class _Letter(msgspec.Struct, frozen=True):
    url: str
    body: bytes
    attempt: int = 0


class Courier:
    """Carries news to the shop's door. What waits is lost when the process dies: the shop's finisher asks anyway."""

    def __init__(self, secret: str, default_url: str) -> None:
        self._secret = secret
        self._default_url = default_url
        self._letters: asyncio.Queue[_Letter] = asyncio.Queue()
        self._waiting = 0

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WEBHOOK_TIMEOUT_SECONDS))
        self._carriers = [asyncio.create_task(self._carry()) for _ in range(WEBHOOKS_AT_ONCE)]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for carrier in self._carriers:
            carrier.cancel()
        await asyncio.gather(*self._carriers, return_exceptions=True)
        await self._session.close()

    def tell(self, charge: Charge) -> None:
        """Send word of how a charge stands, to its own address or the default one; without any, to nobody."""
        url = charge.ask.webhook_url or self._default_url
        if not url:
            return
        if self._waiting >= MAX_WAITING_WEBHOOKS:
            _log.warning("too many webhooks wait; one is dropped")
            return
        self._waiting += 1
        self._letters.put_nowait(_Letter(url, msgspec.json.encode(news_of(charge))))

    async def _carry(self) -> None:
        while True:
            letter = await self._letters.get()
            if await self._deliver(letter) or letter.attempt + 1 >= WEBHOOK_ATTEMPTS:
                self._waiting -= 1
                continue
            again = msgspec.structs.replace(letter, attempt=letter.attempt + 1)
            pause_seconds = WEBHOOK_FIRST_WAIT_SECONDS * 2**letter.attempt
            asyncio.get_running_loop().call_later(pause_seconds, self._letters.put_nowait, again)

    async def _deliver(self, letter: _Letter) -> bool:
        # Signed anew at each attempt: a door that refuses old timestamps must take the tenth as well as the first.
        headers = {
            "content-type": "application/json",
            SIGNATURE_HEADER: sign(self._secret, letter.body, now_ms() // SECOND),
        }
        try:
            async with self._session.post(
                letter.url, data=letter.body, headers=headers, allow_redirects=False
            ) as response:
                return 200 <= response.status < 300
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False
