"""What identity's process is made of beside its pages: its own database, the publisher, the first owner's link."""

from contextlib import suppress

from matjar.compose.addresses import admin_address, identity_address
from matjar.compose.settings import Settings, keep_secret
from matjar.compose.wiring import Database, open_provider, open_storage
from matjar.core.clock import now_ms
from matjar.core.ids import mint_token
from matjar.core.refusal import Refusal
from matjar.domain import access, attempts
from matjar.domain.shops import Shop
from matjar.edge.audit import Audit
from matjar.edge.local import Local
from matjar.edge.passkeys import Passkeys
from matjar.edge.passwords import Passwords
from matjar.edge.trust import Trust
from matjar.edge.visit import Proxies
from matjar.storage import keeping
from matjar.storage.desk import Storage
from matjar.storage.operations import Operations, operations
from matjar.storage.schema import IDENTITY, migrate
from matjar.surfaces.identity.parts import Parts
from matjar.surfaces.identity.vault import Vault
from matjar.workers.publisher import Press, Publisher


def identity_operations() -> Operations:
    """Every operation that a command to identity's database may name."""
    return operations(room.COMMANDS for room in (access, attempts, keeping))


def of_identity(settings: Settings) -> Database:
    """Identity's own database."""
    url = settings.identity_database.reveal()
    return Database(url, settings.identity_path, settings.identity_socket_path, identity_operations, IDENTITY)


def open_identity(settings: Settings) -> Storage:
    """The storage of identity's process, which alone writes its file; refuses ``writer.held``."""
    database = of_identity(settings)
    if database.url:
        bring_up_to_date(database.url)
    else:
        from matjar.workers.writer import serve_beside  # noqa: PLC0415 - not loaded where PostgreSQL is the database

        serve_beside(database.path, database.door, identity_operations(), now_ms, IDENTITY)
    return open_storage(settings, of_identity)


async def invite_owner(storage: Storage, settings: Settings, shop: Shop) -> str:
    """A link by which a shop's first owner comes in, once; refuses ``access.shop_open`` when there is an owner."""
    token = mint_token()
    await storage.desk(shop.id, request_id="command line").submit(access.begin_shop)(
        handle=shop.handle, name=shop.name, language=shop.languages[0], names=shop.settings.names, token=token
    )
    return f"{identity_address(settings)}/join/{shop.handle}/{token}"


async def describe_shop(storage: Storage, shop: Shop) -> None:
    """Let identity know what a shop is called now; one that it never heard of, it hears of with its first owner."""
    with suppress(Refusal):
        await storage.desk(shop.id, request_id="command line").submit(access.describe_shop)(
            handle=shop.handle, name=shop.name, language=shop.languages[0], names=shop.settings.names
        )


def bring_up_to_date(url: str) -> int:
    """Take the migrations that identity's PostgreSQL is missing; tells how many."""
    from matjar.storage.postgres import PostgresEngine  # noqa: PLC0415 - not loaded where SQLite is the database

    server = PostgresEngine(url, pipelined=False)
    try:
        return migrate(server, IDENTITY)
    finally:
        server.close()


def open_pages(settings: Settings, storage: Storage, trust: Trust) -> Parts:
    """What identity's pages are made of."""
    address, local = identity_address(settings), Local(settings.home / "identity" / "local.sqlite")
    secret = keep_secret(settings.home / "secrets" / "identity").reveal().encode()
    return Parts(
        storage=storage,
        trust=trust,
        local=local,
        audit=Audit(settings.home / "identity" / "audit.sqlite"),
        passkeys=Passkeys(settings.people_domain, "identity", secret, local),
        passwords=Passwords(),
        proxies=Proxies(settings.trusted_proxies),
        vault=Vault(keep_secret(settings.home / "secrets" / "identity-codes").reveal().encode()),
        secret=secret,
        address=address,
        surfaces={"admin": admin_address(settings)},
        provider=open_provider(settings),
    )


def open_publisher(settings: Settings, storage: Storage, trust: Trust) -> Publisher:
    """The publisher: ``run`` it, and ``sweep_for_ever``, beside the pages; ``hint`` it after what cannot wait."""
    return Publisher(storage, trust, Press(trust, settings.home), settings.pace)
