"""Routes that surfaces have for each other, without the surface, at an address on this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from litestar import Litestar, Request, Response, Router

from matjar.core.refusal import Refusal
from matjar.edge.answers import status_of


@asynccontextmanager
async def listening(*routes: Router) -> AsyncIterator[str]:
    """The address, for as long as they are served."""
    app = Litestar(routes, exception_handlers={Refusal: _answer}, openapi_config=None)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


def _answer(_: Request[Any, Any, Any], refusal: Refusal) -> Response[str]:
    return Response(refusal.code, status_code=status_of(refusal), media_type="text/plain")
