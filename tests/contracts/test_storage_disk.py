"""A disk that is full or read-only: a clear refusal at once, nothing damaged, and work goes on when it is mended."""

import asyncio
import resource
import subprocess
from pathlib import Path

import pytest

from matjar.core.clock import now_ms
from matjar.storage.carrier import InProcess, Socket
from matjar.storage.desk import Desk
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, connect
from tests.contracts import verbs
from tests.contracts.storages import OPERATIONS, code_of, found, open_sqlite, shop_in, writer_process
from tests.faulty_disk import Disk

TEXT_BYTES = 20_000
MOST_BYTES = 4 << 20


async def fill(desk: Desk) -> tuple[list[str], str]:
    """Write until it is refused: what was acknowledged, and the refusal's code."""
    acknowledged: list[str] = []
    while True:
        text = f"{len(acknowledged)}:{'x' * TEXT_BYTES}"
        code = await code_of(desk.submit(verbs.note)(text=text))
        if code:
            return acknowledged, code
        acknowledged.append(text)


async def texts(desk: Desk) -> list[str]:
    """What is written down."""
    return [text for _, text in await desk.read(verbs.notes)]


def is_sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with the file."""
    connection = connect(path)
    found_sound: bool = connection.pragma("integrity_check") == "ok"
    connection.close()
    return found_sound


def test_a_full_disk_is_refused_clearly_and_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    async def story(writer: subprocess.Popen[bytes]) -> list[str]:
        storage = open_sqlite(tmp_path / "shops.sqlite", Socket(str(tmp_path / "writer.sock")))
        async with shop_in(storage) as desk:
            acknowledged, code = await fill(desk)
            assert code == "storage.full"
            assert await code_of(desk.submit(verbs.note)(text="x" * TEXT_BYTES)) == "storage.full"
            assert await texts(desk) == acknowledged
            unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(writer.pid, resource.RLIMIT_FSIZE, unlimited)
            await desk.submit(verbs.note)(text="room again")
            return [*acknowledged, "room again"]

    with writer_process(tmp_path, MOST_BYTES) as writer:
        acknowledged = asyncio.run(story(writer))
        assert len(acknowledged) > 20
    assert is_sound(tmp_path / "shops.sqlite")


def test_what_was_acknowledged_before_the_disk_was_full_outlives_the_writer(tmp_path: Path) -> None:
    async def before() -> list[str]:
        storage = open_sqlite(tmp_path / "shops.sqlite", Socket(str(tmp_path / "writer.sock")))
        async with shop_in(storage) as desk:
            return (await fill(desk))[0]

    async def after() -> list[str]:
        storage = open_sqlite(tmp_path / "shops.sqlite", Socket(str(tmp_path / "writer.sock")))
        try:
            await storage.desk(1).submit(verbs.note)(text="last")
            return await texts(storage.desk(1))
        finally:
            await storage.close()

    with writer_process(tmp_path, MOST_BYTES):
        acknowledged = asyncio.run(before())
    with writer_process(tmp_path):
        assert asyncio.run(after()) == [*acknowledged, "last"]
    assert is_sound(tmp_path / "shops.sqlite")


@pytest.mark.parametrize(
    ("mood", "code"), [("full", "storage.full"), ("read_only", "storage.away"), ("unable_to_sync", "storage.away")]
)
def test_every_command_of_a_group_hears_what_ails_the_disk(tmp_path: Path, mood: str, code: str) -> None:
    path, disk = tmp_path / "shops.sqlite", Disk()

    async def story() -> None:
        engine = SqliteEngine(connect(path, vfs=disk.name))
        migrate(engine)
        async with shop_in(open_sqlite(path, InProcess(engine, OPERATIONS, now_ms))) as desk:
            await desk.submit(verbs.note)(text="before")
            setattr(disk, mood, True)
            group = [desk.submit(verb, key=verb.__name__) for verb in (verbs.note, verbs.refuse_leaving)]
            codes = await asyncio.gather(*[code_of(submit(text="no")) for submit in group])
            assert set(codes) == {code}
            assert await texts(desk) == ["before"]
            setattr(disk, mood, False)
            assert (await desk.submit(verbs.note, key="note")(text="again")).number == 2
            assert await texts(desk) == ["before", "again"]

    asyncio.run(story())
    disk.unregister()
    assert is_sound(path)


def test_a_disk_that_is_gone_is_away_and_comes_back(tmp_path: Path) -> None:
    path, disk = tmp_path / "shops.sqlite", Disk()

    async def story() -> None:
        engine = SqliteEngine(connect(path, vfs=disk.name))
        migrate(engine)
        storage = open_sqlite(path, InProcess(engine, OPERATIONS, now_ms))
        await found(storage.desk(1))
        disk.dead = True
        assert await code_of(storage.desk(1).submit(verbs.note)(text="soap")) in ("storage.away", "storage.full")
        disk.dead = False
        assert (await storage.desk(1).submit(verbs.note)(text="soap")).number == 1
        await storage.close()

    asyncio.run(story())
    disk.unregister()
    assert is_sound(path)
