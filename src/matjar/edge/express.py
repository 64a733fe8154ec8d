"""The express lane: the few hottest routes go past the framework, which serves all others.

The same handler functions run in both; here one is called with its arguments at once: ``data`` from the body, what
stands in the path, ``visit``, ``parts`` and ``key``.
"""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, get_type_hints

import msgspec
from litestar import Response
from litestar.handlers import HTTPRouteHandler

from matjar.core.refusal import Refusal
from matjar.edge.answers import Send, send_json, send_refusal
from matjar.edge.bodies import Receive
from matjar.edge.door import App, Scope
from matjar.edge.framework import BAD_REQUEST, UNREADABLE, check_key
from matjar.edge.visit import Visit


class _Lane:
    """One route: its place, its handler, and how its body is read."""

    def __init__(self, handler: HTTPRouteHandler) -> None:
        (path,) = handler.paths
        self.method = next(iter(handler.http_methods))
        segments = path.strip("/").split("/")
        self.shape = tuple(None if segment.startswith("{") else segment for segment in segments)
        self.names = [segment[1:].split(":")[0] for segment in segments if segment.startswith("{")]
        self.call: Callable[..., Awaitable[Any]] = handler.fn
        self.status: int = handler.status_code or 200
        self.wants_key = "key" in inspect.signature(handler.fn).parameters
        self.decode = msgspec.json.Decoder(get_type_hints(handler.fn)["data"]).decode


class Express:
    """Serves its lanes, and passes everything else on."""

    def __init__(self, app: App, handlers: Sequence[HTTPRouteHandler], parts: Any) -> None:
        self._app = app
        self._parts = parts
        self._lanes = {(lane.method, len(lane.shape)): lane for lane in map(_Lane, handlers)}
        assert len(self._lanes) == len(handlers), "two lanes cannot be told apart"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        segments = scope["path"].strip("/").split("/")
        lane = self._lanes.get((scope["method"], len(segments)))
        if lane is None or any(fixed not in (None, given) for fixed, given in zip(lane.shape, segments, strict=True)):
            await self._app(scope, receive, send)
            return
        visit: Visit = scope["visit"]
        named = (given for fixed, given in zip(lane.shape, segments, strict=True) if fixed is None)
        arguments: dict[str, Any] = dict(zip(lane.names, named, strict=True))
        try:
            if lane.wants_key:
                arguments["key"] = check_key(_key_of(scope))
            data = lane.decode((await receive())["body"])
            answer = await lane.call(data=data, visit=visit, parts=self._parts, **arguments)
        except Refusal as refusal:
            await send_refusal(send, refusal, visit.language, visit.request_id)
        except UNREADABLE as error:
            await send_refusal(send, BAD_REQUEST(reason=str(error)), visit.language, visit.request_id)
        else:
            if isinstance(answer, Response):
                await send_json(send, answer.status_code or lane.status, answer.content)
            else:
                await send_json(send, lane.status, answer)


def _key_of(scope: Scope) -> str | None:
    header: bytes | None = dict(scope["headers"]).get(b"idempotency-key")
    return None if header is None else header.decode("latin-1")
