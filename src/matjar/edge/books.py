"""Books of other surfaces: how a surface that cannot reach the shops' logs lets another bring its entries there.

``GET /book`` says how far it has come, ``GET /book/<shop>/<after>`` gives what follows. Both are given to surfaces of
the shops' people alone, on a request that their key has signed.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.params import FromPath

from matjar.core.action import PUBLIC
from matjar.core.limits import AUDIT_BATCH
from matjar.domain.audit import Written
from matjar.edge.audit import Audit
from matjar.edge.fetching import Surface
from matjar.edge.following import Away
from matjar.edge.framework import answer_refusal
from matjar.edge.sharing import TIME, WHO_ASKS, is_of_staff
from matjar.edge.trust import Trust


class Told(msgspec.Struct, frozen=True):
    """A book's name, and how far it has come for each shop."""

    name: str
    heads: Mapping[int, int]


_read_told = msgspec.json.Decoder(Told).decode
_read_entries = msgspec.json.Decoder(list[Written]).decode


def book_routes(trust: Trust, audit: Audit) -> Router:
    """The two routes of a surface that has a book."""

    @get("/", action=PUBLIC, sync_to_thread=False)
    def heads(request: Request[Any, Any, Any]) -> Response[Told]:
        return _answer(request, lambda: Told(audit.name, audit.heads()))

    @get("/{shop_id:int}/{after:int}", action=PUBLIC, sync_to_thread=False)
    def entries(
        request: Request[Any, Any, Any], shop_id: FromPath[int], after: FromPath[int]
    ) -> Response[list[Written]]:
        return _answer(request, lambda: audit.entries_after(shop_id, after, AUDIT_BATCH))

    def _answer(request: Request[Any, Any, Any], give: Callable[[], Any]) -> Response[Any]:
        """With our time, to whoever is refused too: a surface whose clock is wrong is believed at its next try."""
        answer = Response(give()) if is_of_staff(trust, request) else answer_refusal(request, WHO_ASKS())
        answer.headers.update({TIME: str(trust.now()), "cache-control": "no-store"})
        return answer

    return Router("/book", route_handlers=[heads, entries], include_in_schema=False)


class Elsewhere:
    """The book of a surface at an address."""

    def __init__(self, name: str, surface: Surface) -> None:
        self.surface = name
        self._at = surface
        self.name = ""

    async def heads(self) -> Mapping[int, int]:
        """How far it has come for each shop; raises Away."""
        try:
            told = _read_told(await self._at.ask("/book"))
        except msgspec.MsgspecError as error:
            raise Away(str(error)) from None
        self.name = told.name
        return told.heads

    async def entries_after(self, shop_id: int, after: int) -> list[Written]:
        """What follows; raises Away."""
        try:
            return _read_entries(await self._at.ask(f"/book/{shop_id}/{after}"))
        except msgspec.MsgspecError as error:
            raise Away(str(error)) from None


class Own:
    """This surface's own book."""

    def __init__(self, audit: Audit) -> None:
        self.surface, self.name = audit.surface, audit.name
        self._audit = audit

    async def heads(self) -> Mapping[int, int]:
        """How far it has come for each shop."""
        return self._audit.heads()

    async def entries_after(self, shop_id: int, after: int) -> list[Written]:
        """What follows."""
        return self._audit.entries_after(shop_id, after, AUDIT_BATCH)
