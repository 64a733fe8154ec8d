"""The writer's process and the surfaces before it, broken by real signals."""

import asyncio
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import msgspec

from matjar.core.command import Command
from matjar.core.limits import UNREAD_ANSWER_BYTES
from matjar.storage.carrier import FRAME, Socket
from matjar.storage.desk import Storage
from matjar.storage.operations import name_of
from matjar.storage.sqlite import WriterLock
from tests.contracts import verbs
from tests.contracts.storages import ROOT, code_of, found, open_sqlite, shop_in, writer_process


def open_in(folder: Path) -> Storage:
    """One more surface."""
    return open_sqlite(folder / "shops.sqlite", Socket(str(folder / "writer.sock")))


def acknowledge_many(folder: Path) -> None:
    """A surface that writes without end, and notes in a file what was acknowledged. Keys make its retries safe."""

    async def one_line(storage: Storage, line: int, acknowledged: int) -> None:
        desk, place = storage.desk(1), 0
        while True:
            text = f"{line}-{place}"
            if not await code_of(desk.submit(verbs.note, key=text)(text=text)):
                os.write(acknowledged, f"{text}\n".encode())
                place += 1
            else:
                await asyncio.sleep(0.01)

    async def story() -> None:
        storage = open_in(folder)
        acknowledged = os.open(folder / "acknowledged", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        await asyncio.gather(*[one_line(storage, line, acknowledged) for line in range(20)])

    asyncio.run(story())


def start_surface(folder: Path) -> subprocess.Popen[bytes]:
    """``acknowledge_many`` in a process of its own."""
    code = f"from pathlib import Path; from {__name__} import acknowledge_many; acknowledge_many(Path({str(folder)!r}))"
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)


def acknowledged(folder: Path) -> list[str]:
    """What the surface was told is written."""
    file = folder / "acknowledged"
    return file.read_text().split("\n")[:-1] if file.exists() else []


def until_acknowledged(folder: Path, most: int) -> None:
    """Wait until the surface has been answered so often."""
    deadline = monotonic() + 20
    while len(acknowledged(folder)) < most:
        assert monotonic() < deadline, "no answers come"
        sleep(0.01)


async def found_one(folder: Path) -> None:
    async with shop_in(open_in(folder)):
        pass


async def written(folder: Path) -> list[str]:
    storage = open_in(folder)
    try:
        return [text for _, text in await storage.read(1, verbs.notes)]
    finally:
        await storage.close()


def test_a_writer_killed_under_load_loses_nothing_acknowledged_and_writes_nothing_twice(tmp_path: Path) -> None:
    with writer_process(tmp_path):
        asyncio.run(found_one(tmp_path))
    surface = start_surface(tmp_path)
    try:
        for life in range(1, 6):
            with writer_process(tmp_path) as writer:
                until_acknowledged(tmp_path, 150 * life)
                writer.send_signal(signal.SIGKILL)
    finally:
        surface.kill()
        surface.wait()
    with writer_process(tmp_path):
        kept = asyncio.run(written(tmp_path))
    assert set(acknowledged(tmp_path)) <= set(kept)
    assert len(kept) == len(set(kept)), "a retry with its key was applied twice"


def test_a_surface_that_is_stopped_holds_up_nobody(tmp_path: Path) -> None:
    with writer_process(tmp_path):
        asyncio.run(found_one(tmp_path))
        surface = start_surface(tmp_path)
        try:
            until_acknowledged(tmp_path, 50)
            surface.send_signal(signal.SIGSTOP)
            asyncio.run(write_quickly(tmp_path))
            surface.send_signal(signal.SIGCONT)
            until_acknowledged(tmp_path, len(acknowledged(tmp_path)) + 50)
        finally:
            surface.kill()
            surface.wait()


async def write_quickly(folder: Path) -> None:
    storage = open_in(folder)
    desk = storage.desk(1)
    for place in range(20):
        async with asyncio.timeout(1):
            await desk.submit(verbs.note)(text=f"other {place}")
    await storage.close()


def test_a_surface_that_fetches_no_answers_is_cut_off(tmp_path: Path) -> None:
    arguments = msgspec.Raw(msgspec.msgpack.encode({"text": "x" * 100_000}))
    command = msgspec.msgpack.encode(Command(name_of(verbs.note), 1, arguments))
    frame = FRAME.pack(len(command), 1) + command
    with writer_process(tmp_path), socket.socket(socket.AF_UNIX) as flooding:
        asyncio.run(found_one(tmp_path))
        flooding.connect(str(tmp_path / "writer.sock"))
        flooding.settimeout(20)
        with suppress(BrokenPipeError):
            flooding.sendall(frame * (3 * UNREAD_ANSWER_BYTES // len(frame)))
        hung_up = select.poll()
        hung_up.register(flooding, 0)
        assert hung_up.poll(20_000)
        asyncio.run(write_quickly(tmp_path))


def test_a_second_writer_is_refused_loudly(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "shops.sqlite")
    assert lock.take()
    words = [str(tmp_path / "shops.sqlite"), str(tmp_path / "writer.sock")]
    command = [sys.executable, "-m", "tests.contracts.writer_process", *words]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    lock.release()
    assert second.returncode != 0
    assert "writer.held" in second.stderr
    assert not (tmp_path / "writer.sock").exists()


def test_a_writer_that_is_away_is_said_at_once(tmp_path: Path) -> None:
    with writer_process(tmp_path):
        asyncio.run(found_one(tmp_path))

    async def story() -> None:
        storage = open_in(tmp_path)
        async with asyncio.timeout(1):
            assert await code_of(storage.desk(1).submit(verbs.note)(text="soap")) == "storage.away"
        await storage.close()

    asyncio.run(story())


def test_a_writer_asked_to_stop_answers_what_it_has_begun(tmp_path: Path) -> None:
    async def story(writer: subprocess.Popen[bytes]) -> tuple[int, int]:
        storage = open_in(tmp_path)
        await found(storage.desk(1))
        desk = storage.desk(1)
        waiting = [asyncio.ensure_future(code_of(desk.submit(verbs.note)(text=str(n)))) for n in range(300)]
        await asyncio.sleep(0)
        writer.send_signal(signal.SIGTERM)
        codes = await asyncio.gather(*waiting)
        kept = await storage.read(1, verbs.notes)
        await storage.close()
        assert set(codes) <= {"", "storage.away"}
        return codes.count(""), len(kept)

    with writer_process(tmp_path) as writer:
        told, kept = asyncio.run(story(writer))
        assert writer.wait() == 0
    assert told <= kept
