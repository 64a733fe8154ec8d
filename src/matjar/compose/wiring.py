"""The wiring: the only file that names adapters, and the one list of rooms whose operations may be submitted."""

# ruff: noqa: PLC0415 - a process loads only the database and the gateways that it uses

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from matjar.compose.settings import Settings
from matjar.core.clock import now_ms
from matjar.domain import (
    attempts,
    carts,
    catalog,
    checkout,
    customers,
    discounts,
    inventory,
    orders,
    shipping,
    shops,
    tasks,
    tax,
)
from matjar.domain.payments.ports import Gateway
from matjar.edge.paying import Cashier
from matjar.edge.tokens import Tokens
from matjar.storage import keeping
from matjar.storage.carrier import Carrier, InProcess, Socket
from matjar.storage.desk import Storage
from matjar.storage.operations import Operations, operations

ROOMS = (
    shops, attempts, tasks, catalog, inventory, customers, tax, shipping, discounts, carts, orders, checkout, keeping,
)  # fmt: skip


def all_operations() -> Operations:
    """Every operation that a command may name."""
    return operations(room.COMMANDS for room in ROOMS)


def open_storage(settings: Settings) -> Storage:
    """The storage as surfaces and workers use it: SQLite through the writer's process, PostgreSQL from here."""
    if settings.postgres_url:
        from matjar.storage.postgres import PostgresEngine, PostgresReader

        engine = PostgresEngine(settings.postgres_url)
        return Storage(InProcess(engine, all_operations(), now_ms), PostgresReader(settings.postgres_url, now_ms))
    return _open_sqlite(settings, Socket(str(settings.socket_path)))


@asynccontextmanager
async def storage_of_command_line(settings: Settings) -> AsyncIterator[Storage]:
    """The storage for one command: through the writer where it runs, else as the writer, for as long as it takes."""
    if settings.postgres_url:
        storage = open_storage(settings)
        try:
            yield storage
        finally:
            await storage.close()
        return
    from matjar.storage.schema import migrate
    from matjar.storage.sqlite import SqliteEngine, WriterLock, connect

    lock = WriterLock(settings.sqlite_path)
    carrier: Carrier
    if lock.take():
        engine = SqliteEngine(connect(settings.sqlite_path))
        migrate(engine)
        carrier = InProcess(engine, all_operations(), now_ms)
    else:
        carrier = Socket(str(settings.socket_path))
    storage = _open_sqlite(settings, carrier)
    try:
        yield storage
    finally:
        await storage.close()
        lock.release()


def _open_sqlite(settings: Settings, carrier: Carrier) -> Storage:
    from matjar.storage.sqlite import SqliteReader

    return Storage(carrier, SqliteReader(settings.sqlite_path, now_ms))


def gateway_names(settings: Settings) -> tuple[str, ...]:
    """The gateways that this platform can reach."""
    twin = ("twin",) if settings.development else ()
    stripe = ("stripe",) if settings.stripe_secret_key else ()
    return (*twin, *stripe, "cash_on_delivery", "bank_transfer")


def card_forms(settings: Settings) -> dict[str, str]:
    """The gateways that take a card on a page of their own, and where a buyer's browser finds it."""
    return {"twin": f"http://127.0.0.1:{settings.port_gateway_twin}/card-form"} if settings.development else {}


def open_gateway(settings: Settings, name: str) -> Gateway:
    """A gateway by its name, one of ``gateway_names``. It belongs to the event loop that first calls it."""
    match name:
        case "twin":
            from matjar.adapters.gateways.twin import Twin

            return Twin(
                f"http://127.0.0.1:{settings.port_gateway_twin}",
                webhook_secret=settings.webhook_secret.reveal(),
                timeout_seconds=settings.gateway_deadline_seconds,
            )
        case "stripe":
            from matjar.adapters.gateways.stripe import Stripe

            return Stripe(
                settings.stripe_secret_key.reveal(),
                webhook_secret=settings.stripe_webhook_secret.reveal(),
                timeout_seconds=settings.gateway_deadline_seconds,
            )
        case "cash_on_delivery":
            from matjar.adapters.gateways.cash_on_delivery import CashOnDelivery

            return CashOnDelivery()
        case "bank_transfer":
            from matjar.adapters.gateways.bank_transfer import BankTransfer

            return BankTransfer()
        case _:
            raise LookupError(name)


def open_cashier(settings: Settings) -> Cashier:
    """Every gateway that this platform can reach, ready to take payments."""
    gateways = {name: open_gateway(settings, name) for name in gateway_names(settings)}
    return Cashier(gateways, Tokens(settings.secret.reveal()), settings.gateway_deadline_seconds)
