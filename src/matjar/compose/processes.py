"""The processes: one for each surface and worker, in one list. `python -m matjar.compose.processes <name>` runs one."""

# ruff: noqa: PLC0415 - each process loads its own parts and no other's, and the supervisor none at all

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from matjar.compose import running
from matjar.compose.settings import Settings, read
from matjar.core.refusal import Kind, Refusal, declare

NICE = 10
"""How far the finisher steps back, nice(2): with another on the core it gets a tenth of it."""
ALREADY_RUNNING = declare("platform.already_running", Kind.CONFLICT, "{name} runs already, as process {pid}.")
PORT_TAKEN = declare(
    "platform.port_taken", Kind.CONFLICT,
    "Port {port}, which is for {name}, belongs to another program. End it, or choose another port by {setting}.",
)  # fmt: skip


class Process(NamedTuple):
    """A surface or a worker: what it does until SIGTERM, and where it answers."""

    name: str
    work: Callable[[Settings], None]
    port: Callable[[Settings], int] | None = None
    page: str = "/"
    """What answers once it is ready."""
    door: Callable[[Settings], Path] | None = None
    """The Unix socket of a worker without a port: whoever calls there and hangs up is hung up on."""
    wanted: Callable[[Settings], bool] = lambda _: True


def _writer(settings: Settings) -> None:
    from matjar.compose.wiring import all_operations
    from matjar.core.clock import now_ms
    from matjar.workers import writer

    writer.serve(settings.sqlite_path, settings.socket_path, all_operations(), now_ms)


def _gateway_twin(settings: Settings) -> None:
    from matjar.workers import gateway_twin

    book = str(settings.home / "gateway_twin.jsonl")
    told = f"http://127.0.0.1:{settings.port_storefront}/webhooks/twin"
    letters = None if settings.mail else settings.home / "mail"
    gateway_twin.serve(
        settings.host, settings.port_gateway_twin, book, settings.webhook_secret.reveal(), told, mail_folder=letters
    )


def _storefront(settings: Settings) -> None:
    from matjar.compose.storefront import open_storefront
    from matjar.edge.serving import serve
    from matjar.surfaces.storefront import app

    parts, behind = open_storefront(settings)
    serve(app.make(parts), settings.host, settings.port_storefront, behind)


def _finisher(settings: Settings) -> None:
    import asyncio
    from functools import partial

    from matjar.compose import wiring
    from matjar.compose.addresses import shop_address
    from matjar.edge.tokens import Tokens
    from matjar.workers import finisher
    from matjar.workers.postman import Caller, Clerk, Links, Postman

    if not settings.postgres_url:
        # Nobody waits for it, so under load the core is for those who are waited for. On PostgreSQL it writes for
        # itself, and whoever is slow with a shop's lock in hand is slow for all.
        os.nice(NICE)
    storage = wiring.open_storage(settings)
    links = Links(Tokens(settings.secret.reveal()), partial(shop_address, settings))
    beside = (Clerk(storage).run, Caller(storage).run, Postman(storage, wiring.open_post(settings), links).run)
    asyncio.run(finisher.serve(storage, wiring.open_cashier(settings), _finisher_door(settings), *beside))


def _finisher_door(settings: Settings) -> Path:
    return settings.run_folder / "finisher.sock"


def _identity(settings: Settings) -> None:
    from matjar.compose import identity, wiring
    from matjar.compose.bundles import open_follower, open_trust
    from matjar.edge.serving import serve
    from matjar.surfaces.identity import app
    from matjar.surfaces.identity.letters import Writer
    from matjar.surfaces.identity.posting import Carrier
    from matjar.surfaces.identity.scribe import Scribe

    storage, trust = identity.open_identity(settings), open_trust(settings, "identity")
    publisher = identity.open_publisher(settings, storage, trust)
    parts = identity.open_pages(settings, storage, trust)
    carrier = Carrier(storage, wiring.open_post(settings), Writer(parts.address))
    behind = [
        publisher.run, publisher.sweep_for_ever, open_follower(settings, trust).run, carrier.run,
        parts.local.sweep_for_ever, Scribe(storage, parts.audit).run,
    ]  # fmt: skip
    serve(app.make(parts, carrier), settings.host, settings.port_identity, behind)


def _admin(settings: Settings) -> None:
    from matjar.compose.admin import open_admin
    from matjar.edge.serving import serve
    from matjar.surfaces.admin import app

    parts, behind = open_admin(settings)
    serve(app.make(parts), settings.host, settings.port_admin, behind)


PROCESSES = (
    Process(
        "writer",
        _writer,
        door=lambda settings: settings.socket_path,
        wanted=lambda settings: not settings.postgres_url,
    ),
    Process("storefront", _storefront, port=lambda settings: settings.port_storefront, page="/healthz"),
    Process(
        "gateway_twin",
        _gateway_twin,
        port=lambda settings: settings.port_gateway_twin,
        page="/health",
        wanted=lambda settings: settings.development,
    ),
    Process("finisher", _finisher, door=_finisher_door),
    Process("admin", _admin, port=lambda settings: settings.port_admin, page="/healthz"),
    Process("identity", _identity, port=lambda settings: settings.port_identity, page="/healthz"),
)
"""In the order in which they start. They end in the opposite order: the writer answers what the others have in hand."""


def wanted(settings: Settings) -> tuple[Process, ...]:
    """The processes that make up this platform."""
    return tuple(process for process in PROCESSES if process.wanted(settings))


def address(process: Process, settings: Settings) -> str:
    """Where the process answers; empty: nowhere."""
    return f"http://{settings.host}:{process.port(settings)}" if process.port else ""


def run(process: Process, settings: Settings) -> None:
    """Do the process's work under its name, once on this machine; refuses ``platform.already_running``."""
    earlier = running.find(settings.run_folder, process.name)
    if earlier is not None:
        raise ALREADY_RUNNING(name=process.name, pid=earlier.pid)
    running.record(settings.run_folder, process.name, address(process, settings))
    from matjar.edge import logs

    logs.set_up(process.name, settings.log_level, settings.log_folder)
    process.work(settings)


def main(name: str) -> None:
    """Run one process of this name; what stops it stands last in its log."""
    try:
        run(next(process for process in PROCESSES if process.name == name), read())
    except Refusal as no:
        sys.exit(f"{name}: {no}")


if __name__ == "__main__":
    main(sys.argv[1])
