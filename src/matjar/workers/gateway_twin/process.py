"""The process: one event loop, one book, until SIGTERM."""

import asyncio
import signal
from collections.abc import Collection
from pathlib import Path

import uvicorn
import uvloop

from matjar.workers.gateway_twin.app import Twin
from matjar.workers.gateway_twin.book import Book
from matjar.workers.gateway_twin.limits import IDLE_SECONDS, MAX_CONNECTIONS, STOPPING_SECONDS
from matjar.workers.gateway_twin.mailbox import MailboxDoor
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
    mail_folder: Path | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is being answered and return.

    ``allowed_hosts`` are sent buyers and webhooks, beside loopback and ``*.localhost``; ``slow_seconds`` is how long
    the slow card makes its shop wait; ``mail_folder`` is where the demo's letters lie. Whoever knows
    ``webhook_secret`` can sign the twin's webhooks.
    """
    # Uvicorn stops on these, then raises them again for whoever handled them before: that must not kill a clean stop.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    book = Book(book_path)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            mailbox = MailboxDoor(mail_folder)
            hosts = frozenset(allowed_hosts)
            runner.run(_serve(host, port, book, webhook_secret, webhook_url, hosts, slow_seconds, mailbox))
    finally:
        book.close()


async def _serve(
    host: str,
    port: int,
    book: Book,
    secret: str,
    webhook_url: str,
    allowed_hosts: frozenset[str],
    slow_seconds: float,
    mailbox: MailboxDoor,
) -> None:
    async with Courier(secret, webhook_url) as courier:
        twin = Twin(book, courier, secret, allowed_hosts, slow_seconds, mailbox)
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
