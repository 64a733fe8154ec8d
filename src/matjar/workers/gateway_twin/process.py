"""The process: one event loop, one book, until SIGTERM."""

import asyncio
import signal
from collections.abc import Collection

import uvicorn
import uvloop

from matjar.workers.gateway_twin.app import Twin
from matjar.workers.gateway_twin.book import Book
from matjar.workers.gateway_twin.limits import IDLE_SECONDS, MAX_CONNECTIONS, STOPPING_SECONDS
from matjar.workers.gateway_twin.webhooks import Courier
from matjar.workers.gateway_twin.wire import Protocol


def serve(
    host: str,
    port: int,
    book_path: str,
    webhook_secret: str,
    webhook_url: str = "",
    *,
    allowed_hosts: Collection[str] = (),
    slow_seconds: float = 10.0,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is being answered and return.

    ``allowed_hosts`` are sent buyers and webhooks, beside loopback and ``*.localhost``; ``slow_seconds`` is how long
    the slow card makes its shop wait. Whoever knows ``webhook_secret`` can sign the twin's webhooks.
    """
    # Uvicorn stops on these, then raises them again for whoever handled them before: that must not kill a clean stop.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    book = Book(book_path)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(host, port, book, webhook_secret, webhook_url, frozenset(allowed_hosts), slow_seconds))
    finally:
        book.close()


async def _serve(
    host: str, port: int, book: Book, secret: str, webhook_url: str, allowed_hosts: frozenset[str], slow_seconds: float
) -> None:
    async with Courier(secret, webhook_url) as courier:
        twin = Twin(book, courier, secret, allowed_hosts, slow_seconds)
        config = uvicorn.Config(
            twin,
            host=host,
            port=port,
            http=Protocol,
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=STOPPING_SECONDS,
        )
        await uvicorn.Server(config).serve()
