"""The wiring: the only file that names adapters, and the one list of rooms whose operations may be submitted."""

# ruff: noqa: PLC0415 - a process loads only the rooms, the database and the gateways that it uses

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from matjar.compose.settings import Settings
from matjar.core.clock import now_ms
from matjar.storage.carrier import Carrier, InProcess, Socket
from matjar.storage.operations import Operations, operations
from matjar.storage.schema import SHOPS

if TYPE_CHECKING:
    from matjar.domain.access.ports import Provider
    from matjar.domain.notices.ports import Post
    from matjar.domain.payments.ports import Gateway
    from matjar.edge.catalogue import Catalogue
    from matjar.edge.paying import Cashier
    from matjar.storage.desk import Storage


def all_operations() -> Operations:
    """Every operation that a command may name. Whoever writes loads these rooms, and nobody else."""
    from matjar.domain import (
        attempts,
        audit,
        carts,
        catalog,
        checkout,
        customers,
        discounts,
        inventory,
        notices,
        orders,
        payments,
        shipping,
        shops,
        tasks,
        tax,
        waiting,
    )
    from matjar.storage import keeping

    rooms = (
        shops, attempts, tasks, catalog, inventory, customers, tax, shipping, discounts, carts, payments, orders,
        checkout, notices, audit, waiting, keeping,
    )  # fmt: skip
    return operations(room.COMMANDS for room in rooms)


class Database(NamedTuple):
    """One of the platform's databases: PostgreSQL's by its ``url``, else a file that a writer's ``door`` leads to."""

    url: str
    path: Path
    door: Path
    operations: Callable[[], Operations]
    migrations: str


def of_shops(settings: Settings) -> Database:
    """The shops' database."""
    return Database(settings.postgres_url, settings.sqlite_path, settings.socket_path, all_operations, SHOPS)


def open_storage(settings: Settings, of: Callable[[Settings], Database] = of_shops) -> "Storage":
    """The storage as surfaces and workers use it: SQLite through the writer's process, PostgreSQL from here."""
    database = of(settings)
    if database.url:
        from matjar.storage.desk import Storage
        from matjar.storage.postgres import PostgresEngine, PostgresReader

        engine = PostgresEngine(database.url)
        return Storage(InProcess(engine, database.operations(), now_ms), PostgresReader(database.url, now_ms))
    return _open_sqlite(database, Socket(str(database.door)))


@asynccontextmanager
async def storage_of_command_line(
    settings: Settings, of: Callable[[Settings], Database] = of_shops
) -> AsyncIterator["Storage"]:
    """The storage for one command: through the writer where it runs, else as the writer, for as long as it takes."""
    database = of(settings)
    if database.url:
        storage = open_storage(settings, of)
        try:
            yield storage
        finally:
            await storage.close()
        return
    from matjar.storage.schema import migrate
    from matjar.storage.sqlite import SqliteEngine, WriterLock, connect

    lock = WriterLock(database.path)
    carrier: Carrier
    if lock.take():
        engine = SqliteEngine(connect(database.path))
        migrate(engine, database.migrations)
        carrier = InProcess(engine, database.operations(), now_ms)
    else:
        carrier = Socket(str(database.door))
    storage = _open_sqlite(database, carrier)
    try:
        yield storage
    finally:
        await storage.close()
        lock.release()


def _open_sqlite(database: Database, carrier: Carrier) -> "Storage":
    from matjar.storage.desk import Storage
    from matjar.storage.sqlite import SqliteReader

    return Storage(carrier, SqliteReader(database.path, now_ms))


def gateway_names(settings: Settings) -> tuple[str, ...]:
    """The gateways that this platform can reach."""
    twin = ("twin",) if settings.development else ()
    stripe = ("stripe",) if settings.stripe_secret_key else ()
    return (*twin, *stripe, "cash_on_delivery", "bank_transfer")


def card_forms(settings: Settings) -> dict[str, str]:
    """The gateways whose own form makes a token of a card, and where a buyer's browser finds it."""
    return {"twin": f"http://127.0.0.1:{settings.port_gateway_twin}/card-form"} if settings.development else {}


def payment_pages(settings: Settings) -> dict[str, str]:
    """The gateways that take the whole payment on a page of their own, and whose page a buyer is told that it is."""
    return {"stripe": "Stripe"} if settings.stripe_secret_key else {}


def open_gateway(settings: Settings, name: str) -> "Gateway":
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
                api_url=settings.stripe_api_url,
            )
        case "cash_on_delivery":
            from matjar.adapters.gateways.cash_on_delivery import CashOnDelivery

            return CashOnDelivery()
        case "bank_transfer":
            from matjar.adapters.gateways.bank_transfer import BankTransfer

            return BankTransfer()
        case _:
            raise LookupError(name)


def open_cashier(settings: Settings) -> "Cashier":
    """Every gateway that this platform can reach, ready to take payments."""
    from matjar.edge.paying import Cashier
    from matjar.edge.tokens import Tokens

    gateways = {name: open_gateway(settings, name) for name in gateway_names(settings)}
    return Cashier(gateways, Tokens(settings.secret.reveal()), settings.gateway_deadline_seconds)


def open_catalogue(settings: Settings, path: Path) -> "Catalogue":
    """What a surface shows of the shops, in its own file, with the addresses at which they live."""
    from matjar.edge.catalogue import Catalogue

    return Catalogue(
        path,
        shops_domain=settings.shops_domain,
        scheme="http" if settings.development else "https",
        port=settings.port_storefront if settings.development else None,
    )


def open_post(settings: Settings) -> "Post":
    """Whoever carries letters: a mail server, or a folder where none is named."""
    if settings.mail:
        from matjar.adapters.mail.smtp import Smtp

        return Smtp(settings.mail.reveal(), settings.mail_sender)
    from matjar.adapters.mail.folder import Folder

    return Folder(settings.home / "mail", settings.mail_sender)


def open_provider(settings: Settings) -> "Provider | None":
    """The provider by whose word people may sign in; None: there is none."""
    if not settings.provider_issuer:
        return None
    from matjar.adapters.outside.openid import OpenId

    return OpenId(
        settings.provider_issuer,
        settings.provider_client_id,
        settings.provider_client_secret.reveal(),
        settings.provider_name or "OpenID",
    )
