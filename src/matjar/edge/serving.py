"""Serving a surface: uvicorn in this very process, so that killing the process is killing the surface."""

import asyncio
import gc
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, cast

import structlog
import uvicorn
import uvloop

from matjar.edge.connections import Connections, make_room

BACKLOG = 2048
EARS = 16
"""New connections that are let in at a turn of the loop. uvloop takes in one for each listening socket, and under load
a turn takes 20 ms: with a single one a crowd's newcomers would wait for seconds behind those who are in."""
STOP_SECONDS = 2
"""What is under way may end; then the process does."""

_log = structlog.get_logger("matjar.edge")


def serve(
    app: Callable[..., Any],
    host: str,
    port: int,
    background: Sequence[Callable[[], Coroutine[Any, Any, None]]] = (),
    connections: Connections | None = None,
) -> None:
    """Serve until SIGTERM, with work in the background that lives as long as the server.

    ``connections`` says how many there may be, and for how long, where not as many as the platform's limits say.
    """
    uvloop.run(_serve(app, host, port, background, connections or Connections(make_room())))


async def _serve(
    app: Callable[..., Any],
    host: str,
    port: int,
    background: Sequence[Callable[[], Coroutine[Any, Any, None]]],
    connections: Connections,
) -> None:
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=cast(type[asyncio.Protocol], connections.protocol),
        ws="none",
        loop="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    # What is there at the start stays: a full collection that leaves it out takes 3 ms, and else 50, while all wait.
    gc.collect()
    gc.freeze()
    tasks = [asyncio.create_task(work()) for work in (*background, connections.watch)]
    for task in tasks:
        task.add_done_callback(_report)
    ear = config.bind_socket()
    try:
        await uvicorn.Server(config).serve([ear, *(ear.dup() for _ in range(EARS - 1))])
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _report(task: asyncio.Task[None]) -> None:
    """A background task that ends by itself has failed: that must be heard."""
    if not task.cancelled() and task.exception() is not None:
        _log.error("background_failed", exc_info=task.exception())
