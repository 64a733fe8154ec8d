"""What PostgreSQL alone can do to a group: refuse to serialize it, deadlock it, hang up on it."""

import asyncio
import subprocess
import sys
from typing import Any

import psycopg
import pytest

from matjar.core.limits import SERIALIZATION_RETRIES
from matjar.core.tx import Reading
from matjar.storage import group
from matjar.storage.postgres import PostgresEngine
from tests.contracts import verbs
from tests.contracts.storages import ROOT, code_of, found, open_postgres, shop_in

pytestmark = pytest.mark.postgres

TERMINATE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def set_for_all(url: str, setting: str) -> None:
    """Set something for every connection that is made to this database from now on."""
    with psycopg.connect(url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f'ALTER DATABASE "{name}" SET {setting}'.encode())


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> list[group.EngineFailed]:
    """Every failure of a group, as it happens."""
    seen: list[group.EngineFailed] = []
    run = group.Executor.run

    def watched(*arguments: Any) -> Any:
        try:
            return run(*arguments)
        except group.EngineFailed as failure:
            seen.append(failure)
            raise

    monkeypatch.setattr(group.Executor, "run", watched)
    return seen


def test_groups_that_cannot_be_serialized_are_run_again(
    postgres_database: str, failures: list[group.EngineFailed]
) -> None:
    set_for_all(postgres_database, "default_transaction_isolation = 'repeatable read'")

    async def story() -> None:
        first, second = open_postgres(postgres_database), open_postgres(postgres_database)
        async with shop_in(first) as desk:
            other = second.desk(1)
            for turn in range(15):
                codes = await asyncio.gather(
                    *[code_of(each.submit(verbs.note)(text=str(turn))) for each in (desk, other)]
                )
                assert codes == ["", ""]
            assert len(await desk.read(verbs.notes)) == 30
            assert (await desk.submit(verbs.note)(text="last")).number == 31
        await second.close()

    asyncio.run(story())
    assert failures, "the server never refused: the test proves nothing"
    assert {type(failure.__cause__) for failure in failures} == {psycopg.errors.SerializationFailure}


def test_a_group_that_can_never_be_serialized_is_busy_after_some_tries(
    postgres_database: str, failures: list[group.EngineFailed]
) -> None:
    refuse = """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$;
        CREATE TRIGGER refuse BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION refuse()
    """

    async def story() -> None:
        async with shop_in(open_postgres(postgres_database)) as desk:
            with psycopg.connect(postgres_database, autocommit=True) as connection:
                connection.execute(refuse)
            assert await code_of(desk.submit(verbs.note)(text="soap")) == "storage.busy"
            with psycopg.connect(postgres_database, autocommit=True) as connection:
                connection.execute("DROP TRIGGER refuse ON tasks")
            assert (await desk.submit(verbs.note)(text="soap")).number == 1

    asyncio.run(story())
    assert len(failures) == SERIALIZATION_RETRIES


def test_a_head_that_a_stranger_locks_is_busy_in_time(postgres_database: str) -> None:
    async def story() -> None:
        async with shop_in(open_postgres(postgres_database)) as desk:
            with psycopg.connect(postgres_database) as stranger:
                stranger.execute("SELECT 1 FROM heads FOR UPDATE")
                async with asyncio.timeout(4):
                    assert await code_of(desk.submit(verbs.note)(text="soap")) == "storage.busy"
            assert (await desk.submit(verbs.note)(text="soap")).number == 1

    asyncio.run(story())


def test_connections_lost_between_requests_lose_nothing(postgres_database: str) -> None:
    async def story() -> None:
        async with shop_in(open_postgres(postgres_database)) as desk:
            await desk.read(verbs.notes)
            for text in ("soap", "oil"):
                with psycopg.connect(postgres_database, autocommit=True) as connection:
                    connection.execute(TERMINATE.encode())
                await asyncio.sleep(0.1)
                await desk.submit(verbs.note)(text=text)
                assert (await desk.read(verbs.notes))[-1][1] == text

    asyncio.run(story())


def test_connections_lost_in_the_middle_are_told_as_away_and_made_anew(postgres_database: str) -> None:
    hang_up = """
        CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
        CREATE TRIGGER hang_up BEFORE INSERT ON tasks FOR EACH ROW WHEN (NEW.kind = 'fatal') EXECUTE FUNCTION hang_up()
    """

    async def story() -> None:
        async with shop_in(open_postgres(postgres_database)) as desk:
            with psycopg.connect(postgres_database, autocommit=True) as connection:
                connection.execute(hang_up)
            codes = await asyncio.gather(
                *[code_of(desk.submit(verbs.note)(text=text)) for text in ("before", "fatal", "after")]
            )
            assert codes[1] == "storage.away"
            assert (await desk.submit(verbs.note)(text="last")).number == codes.count("") + 1
            assert len(await desk.read(verbs.notes)) == codes.count("") + 1

    asyncio.run(story())


def test_a_server_that_may_forget_is_refused(postgres_database: str) -> None:
    async def story() -> None:
        async with shop_in(open_postgres(postgres_database)):
            pass
        set_for_all(postgres_database, "synchronous_commit = off")
        forgetful = PostgresEngine(postgres_database)
        with pytest.raises(group.EngineFailed) as failure:
            forgetful.connect()
        assert failure.value.refusal.code == "storage.not_durable"

    asyncio.run(story())


def test_a_database_that_is_read_only_is_away_for_writing_and_there_for_reading(postgres_database: str) -> None:
    async def story() -> None:
        async with shop_in(open_postgres(postgres_database)) as desk:
            await desk.submit(verbs.note)(text="soap")
            set_for_all(postgres_database, "default_transaction_read_only = on")
            with psycopg.connect(postgres_database, autocommit=True) as connection:
                connection.execute(TERMINATE.encode())
            await asyncio.sleep(0.1)
            assert await code_of(desk.submit(verbs.note)(text="oil")) == "storage.away"
            assert [text for _, text in await desk.read(verbs.notes)] == ["soap"]

    asyncio.run(story())


WRITERS, EACH = 3, 120


def write_many(url: str) -> None:
    """What each of several processes does at once."""

    async def story() -> None:
        storage = open_postgres(url)
        desk = storage.desk(1)
        for _ in range(EACH // 4):
            await asyncio.gather(*[desk.submit(verbs.note)(text="soap") for _ in range(4)])
        await storage.close()

    asyncio.run(story())


def start_writers(url: str) -> list[subprocess.Popen[bytes]]:
    """Several processes that write to one shop."""
    command = [sys.executable, "-c", f"from {__name__} import write_many; write_many({url!r})"]
    return [subprocess.Popen(command, cwd=ROOT) for _ in range(WRITERS)]


def test_a_poller_by_id_misses_nothing_while_several_processes_write(postgres_database: str) -> None:
    seen: list[int] = []

    def poll(view: Reading) -> list[int]:
        return [id_ for id_, _ in verbs.notes(view, seen[-1] if seen else 0)]

    async def story() -> None:
        async with shop_in(open_postgres(postgres_database)) as desk:
            writers = start_writers(postgres_database)
            writing = True
            while writing:
                writing = any(writer.poll() is None for writer in writers)
                seen.extend(await desk.read(poll))
            assert [writer.wait() for writer in writers] == [0] * WRITERS
            assert seen == [id_ for id_, _ in await desk.read(verbs.notes)]
            assert (await desk.submit(verbs.note)(text="last")).number == WRITERS * EACH + 1

    asyncio.run(story())
    assert len(seen) == WRITERS * EACH
    assert seen == sorted(set(seen))


def test_shops_do_not_wait_for_each_other(postgres_database: str) -> None:
    async def story() -> None:
        storage, second = open_postgres(postgres_database), open_postgres(postgres_database)
        async with shop_in(storage):
            await found(storage.desk(2))
            with psycopg.connect(postgres_database) as stranger:
                stranger.execute("SELECT 1 FROM heads WHERE shop_id = 1 FOR UPDATE")
                held = asyncio.ensure_future(code_of(storage.desk(1).submit(verbs.note)(text="held")))
                async with asyncio.timeout(1):
                    await second.desk(2).submit(verbs.note)(text="free")
                assert not held.done()
            assert await held == ""
        await second.close()

    asyncio.run(story())
