"""The door of a surface: the first and the last that a request sees of it, as plain ASGI.

It names the request, finds the shop by its host, turns away what is too much, gives what is cached without another
step, and afterwards counts and logs. Whatever else goes wrong behind it, an answer leaves.
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence
from typing import Any

import msgspec
import structlog

from matjar.core.clock import monotonic_seconds, now_ms
from matjar.core.ids import mint_uuid7
from matjar.core.refusal import Kind, Refusal, declare
from matjar.domain.shops import Shop
from matjar.edge import metrics
from matjar.edge.answers import Send, send_refusal
from matjar.edge.bodies import Bodies, Gone, Receive
from matjar.edge.languages import choose
from matjar.edge.visit import Proxies, Visit
from matjar.resilience.shedding import Door as Shedding
from matjar.resilience.shedding import Weight
from matjar.storage import refusals

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

NO_SHOP_HERE = declare("door.no_shop", Kind.NOT_FOUND, "There is no shop at this address.")

_log = structlog.get_logger("matjar.edge")


class Cached(msgspec.Struct, frozen=True):
    """An answer that is ready as bytes."""

    start: MutableMapping[str, Any]
    body: MutableMapping[str, Any]

    @classmethod
    def of(
        cls, content: bytes, content_type: bytes, more: Iterable[tuple[bytes, bytes]] = (), *, status: int = 200,
        etag: bytes = b"",
    ) -> "Cached":  # fmt: skip
        """Make ready an answer that any client may have; ``more`` are its other headers."""
        headers = [(b"content-type", content_type), (b"content-length", str(len(content)).encode()), *more]
        if etag:
            headers += [(b"etag", etag), (b"cache-control", b"no-cache")]
        return cls(
            {"type": "http.response.start", "status": status, "headers": headers},
            {"type": "http.response.body", "body": content},
        )


class Door:
    """Wraps a surface's application."""

    def __init__(
        self,
        app: App,
        *,
        surface: str,
        shop_at: Callable[[str, str], Shop | None],
        proxies: Proxies,
        shedding: Shedding,
        weigh: Callable[[str], Weight],
        ready: Callable[[Shop, str, Scope], Cached | None],
        scheme: str = "http",
        languages: Sequence[str] = (),
    ) -> None:
        """``shop_at`` finds the shop of a host and a path; ``ready`` gives a GET's cached answer, or refuses.

        ``languages`` are what the surface speaks, where it is not each shop's own.
        """
        self._app = app
        self._surface = surface
        self._shop_at = shop_at
        self._proxies = proxies
        self._shedding = shedding
        self._weigh = weigh
        self._ready = ready
        self._scheme = scheme
        self._languages = languages
        self._bodies = Bodies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        method, path = scope["method"], scope["path"]
        if path in ("/healthz", "/readyz", "/metrics"):
            await self._app(scope, receive, send)
            return
        began = monotonic_seconds()
        request_id = _request_id(headers)
        host = headers.get(b"host", b"").decode("latin-1")
        shop = self._shop_at(host, path)
        if shop is None:
            await send_refusal(send, NO_SHOP_HERE(), "en", request_id)
            return
        language = choose(self._languages or shop.languages, headers.get(b"accept-language", b"").decode("latin-1"))
        try:
            if method not in ("GET", "HEAD"):
                receive = await self._bodies.take(headers.get(b"content-length", b""), receive)
            elif (cached := self._ready(shop, language, scope)) is not None:
                await send(cached.start)
                await send(cached.body if method == "GET" else _EMPTY)
                metrics.CACHED.inc()
                return
        except Refusal as refusal:
            await send_refusal(send, refusal, language, request_id)
            return
        except Gone:
            return
        if not self._shedding.enter(self._weigh(path)):
            metrics.SHED.inc()
            await send_refusal(send, refusals.BUSY(), language, request_id)
            return
        try:
            await self._let_in(scope, receive, send, headers, shop, language, request_id, host, began)
        finally:
            self._shedding.leave()

    async def _let_in(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, bytes], shop: Shop, language: str,
        request_id: str, host: str, began: float,
    ) -> None:  # fmt: skip
        peer = scope["client"][0] if scope.get("client") else ""
        address = self._proxies.client(peer, headers.get(b"x-forwarded-for", b"").decode("latin-1"))
        visit = Visit(shop, language, address, request_id, f"{self._scheme}://{host}")
        scope["visit"] = visit
        status = 0

        async def send_named(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_named)
        except Exception:  # noqa: BLE001 - whatever it was, an answer leaves and the log has it
            _log.exception("request_failed", request=request_id, path=scope["path"])
            if not status:
                await send_refusal(send_named, refusals.FAULT(), language, request_id)
        seconds = monotonic_seconds() - began
        metrics.observe(self._surface, scope["method"], status, seconds)
        if scope["method"] not in ("GET", "HEAD") or status >= 500:
            _log.info(
                "request", request=request_id, shop=shop.id, method=scope["method"], path=scope["path"],
                status=status, ms=round(seconds * 1000, 1),
            )  # fmt: skip


_EMPTY = {"type": "http.response.body", "body": b""}


def _request_id(headers: dict[bytes, bytes]) -> str:
    """The client's own name for the request if it is a sensible one, so that it can be followed on both sides."""
    given = headers.get(b"x-request-id", b"")
    if 8 <= len(given) <= 64 and given.replace(b"-", b"").isalnum():
        return given.decode("ascii")
    return mint_uuid7(now_ms())
