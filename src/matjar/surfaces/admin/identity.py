"""Identity, for those who want to go there: it is asked whether it answers just before, so that nobody is sent away
to a page that never comes; and every few seconds, so that pages say beforehand what waits.
"""

import asyncio

import aiohttp

from matjar.core.clock import monotonic_seconds
from matjar.core.refusal import Kind, declare
from matjar.resilience.breaker import Breaker

AWAY = declare(
    "admin.identity_away", Kind.AWAY, "Where people sign in with e-mail and password, nobody answers at the moment."
)

WAIT_SECONDS = 1.0
"""Longer, and whoever waits wonders whether their press was felt."""
PAUSE_SECONDS = 3.0
"""Between looks; after silence, nobody else waits for so long."""


class Identity:
    """Where it is, and whether it answers."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._breaker = Breaker(failures=1, pause_seconds=PAUSE_SECONDS)

    @property
    def silent(self) -> bool:
        """Whether it did not answer when it was last asked."""
        return self._breaker.is_open

    async def run(self) -> None:
        """Look in on it, for as long as the process lives; nobody waits for that."""
        while True:
            await self.answers()
            await asyncio.sleep(PAUSE_SECONDS)

    async def answers(self) -> bool:
        """Whether somebody can be sent there now; known within a second, and at once where it was silent just now."""
        if not self._breaker.allows(monotonic_seconds()):
            return False
        if await self._ask():
            self._breaker.succeeded()
            return True
        self._breaker.failed(monotonic_seconds())
        return False

    async def _ask(self) -> bool:
        timeout = aiohttp.ClientTimeout(total=WAIT_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as http,
                http.get(f"{self.url}/readyz", allow_redirects=False) as answer,
            ):
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False
