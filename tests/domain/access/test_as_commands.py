"""The same as commands that a writer runs: a shop is founded, people come in, and what is refused leaves its trace."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from matjar.compose.identity import identity_operations
from matjar.core.clock import now_ms
from matjar.core.limits import CODE_TRIES
from matjar.core.refusal import Refusal
from matjar.core.tx import SYSTEM, Actor
from matjar.domain import access
from matjar.storage.carrier import InProcess
from matjar.storage.desk import Storage
from matjar.storage.postgres import PostgresEngine, PostgresReader
from matjar.storage.schema import IDENTITY, migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect
from tests.conftest import BOTH_ENGINES
from tests.domain.access.house import OTHER, SHOP

Opener = Callable[[], Storage]


@pytest.fixture(params=BOTH_ENGINES)
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens identity's storage."""
    operations = identity_operations()
    if request.param == "sqlite":
        engine = SqliteEngine(connect(tmp_path / "identity.sqlite"))
        migrate(engine, IDENTITY)
        reader = SqliteReader(tmp_path / "identity.sqlite", now_ms)
        return lambda: Storage(InProcess(engine, operations, now_ms), reader)
    url = request.getfixturevalue("postgres_database")
    server = PostgresEngine(url)
    migrate(server, IDENTITY)
    return lambda: Storage(InProcess(server, operations, now_ms), PostgresReader(url, now_ms))


async def come_in(storage: Storage, shop_id: int) -> int:
    """A shop is begun and its owner comes in; tells who."""
    token = f"owner-{shop_id}"
    handle = f"shop-{shop_id}"
    await storage.desk(shop_id).submit(access.begin_shop)(handle=handle, name=handle, language="en", token=token)
    person_id = await storage.desk(0).submit(access.open_account)(
        of_shop_id=shop_id, token=token, email=f"{handle}@example.com", name="Sara", language="en", password_hash="h"
    )
    await storage.desk(shop_id, Actor("staff", person_id, "192.0.2.7", "password")).submit(access.accept)(token=token)
    return person_id


async def code_of(work: object) -> str:
    """The refusal's code; empty: there was none."""
    try:
        await work  # type: ignore[misc]
    except Refusal as no:
        return no.code
    return ""


def test_two_shops_are_founded_at_once_and_each_has_its_owner(opener: Opener) -> None:
    async def story() -> None:
        storage = opener()
        first, second = await asyncio.gather(come_in(storage, SHOP), come_in(storage, OTHER))
        for shop_id, owner in ((SHOP, first), (OTHER, second)):
            bundle = await storage.read(shop_id, access.access_of)
            assert [(member.person_id, member.role_id) for member in bundle.members] == [(owner, access.OWNER)]
        await storage.close()

    asyncio.run(story())


def test_a_wrong_code_is_counted_although_its_command_is_taken_back(opener: Opener) -> None:
    async def story() -> None:
        storage = opener()
        owner = await come_in(storage, SHOP)
        desk = storage.desk(0, SYSTEM)
        guesses = [code_of(desk.submit(access.prove_mailed_code)(person_id=owner, code="0")) for _ in range(CODE_TRIES)]
        assert set(await asyncio.gather(*guesses)) == {"access.wrong_code"}
        assert await code_of(desk.submit(access.prove_mailed_code)(person_id=owner, code="0")) == "attempts.too_many"
        await storage.close()

    asyncio.run(story())


def test_what_a_refused_command_wrote_is_taken_back_and_what_stood_beside_it_stays(opener: Opener) -> None:
    async def story() -> None:
        storage = opener()
        owner = await come_in(storage, SHOP)
        desk = storage.desk(SHOP, Actor("staff", owner))
        good, bad = await asyncio.gather(
            code_of(desk.submit(access.make_role)(name="Florist", permissions=("sell",))),
            code_of(desk.submit(access.leave)()),
        )
        assert (good, bad) == ("", "access.last_owner")
        roles = await storage.read(SHOP, access.list_roles)
        assert [role.name for role in roles if role.id.startswith("r")] == ["Florist"]
        await storage.close()

    asyncio.run(story())
