"""Fetching: bundles from another surface, over HTTP; and telling it something."""

from collections.abc import Collection

import aiohttp
import msgspec

from matjar.core.ids import mint_token
from matjar.edge.following import Away, Place
from matjar.edge.sharing import TIME, Shared, authorization
from matjar.edge.trust import Trust
from matjar.resilience.bundles.shelf import BUNDLE_BYTES, Found

_TIMEOUT = aiohttp.ClientTimeout(total=5.0)
_MOST_BYTES = BUNDLE_BYTES * 3 // 2
"""A bundle in Base64."""

_read_numbers = msgspec.json.Decoder(dict[str, dict[int, int]]).decode
_read_shared = msgspec.json.Decoder(Shared).decode


class Surface:
    """A surface at an address. Each request is signed, for whoever wants to know who asks."""

    def __init__(self, url: str, trust: Trust) -> None:
        self.name = url.rstrip("/")
        self._trust = trust
        self._http: aiohttp.ClientSession | None = None
        self._its_time: int | None = None
        """What its clock says where our monotonic one says 0; None: it has not told."""

    async def list(self, kinds: Collection[str]) -> dict[Place, int]:
        """The numbers of what is newer there than here."""
        content = await self.ask("/bundles")
        if self._its_time is None:
            raise Away("tells no time")
        try:
            numbers = _read_numbers(content)
        except msgspec.MsgspecError as error:
            raise Away(str(error)) from None
        wants = self._trust.kept.wants
        return {
            (kind, shop_id): number
            for kind, shops in numbers.items() if kind in kinds
            for shop_id, number in shops.items() if wants(kind, shop_id, number)
        }  # fmt: skip

    async def fetch(self, place: Place) -> Found | None:
        """The newest there."""
        try:
            shared = _read_shared(await self.ask(f"/bundles/{place[0]}/{place[1]}"))
        except msgspec.MsgspecError:
            return None
        return Found(shared.token, shared.files)

    async def post(self, path: str, body: bytes) -> bytes:
        """Tell it something, which it believes once, for our signature; raises Away."""
        return await self._ask("POST", path, body, mint_token())

    async def ask(self, path: str) -> bytes:
        """What is at a path there, asked in this surface's name; raises Away."""
        return await self._ask("GET", path)

    async def _ask(self, method: str, path: str, body: bytes = b"", nonce: str = "") -> bytes:
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=_TIMEOUT)
        now, clock = self._trust.now(), self._trust.clock
        at = now if self._its_time is None else self._its_time + clock().monotonic
        signature = authorization(self._trust.keyring.signing(now), path, at, body, nonce)
        try:
            async with self._http.request(
                method, self.name + path, data=body or None, headers={"authorization": signature}, allow_redirects=False
            ) as answer:
                if TIME in answer.headers:
                    self._its_time = int(answer.headers[TIME]) - clock().monotonic
                if answer.status != 200:
                    raise Away(f"answers {answer.status}")
                return await _whole(answer)
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as error:
            raise Away(type(error).__name__) from None

    async def close(self) -> None:
        """Let go of the connection."""
        if self._http is not None:
            await self._http.close()


async def _whole(answer: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for piece in answer.content.iter_any():
        content += piece
        if len(content) > _MOST_BYTES:
            raise Away("answers without end")
    return bytes(content)
