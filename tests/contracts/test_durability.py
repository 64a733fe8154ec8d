"""What was acknowledged survives a crash of the machine, whatever the disk had not been told to keep."""

import random
import shutil
from contextlib import closing, suppress
from pathlib import Path

import apsw
import msgspec
import pytest

from matjar.core.command import Command
from matjar.core.ids import EPOCH_MS
from matjar.domain import shops
from matjar.storage.group import EngineFailed, Executor
from matjar.storage.operations import Verb, name_of
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, connect
from matjar.storage.tx import ShopReading
from tests.contracts import verbs
from tests.contracts.storages import OPERATIONS
from tests.faulty_disk import Disk

CRASHES = 60
NOW = EPOCH_MS + 1_000


def command(verb: Verb, **arguments: object) -> Command:
    """A command of shop 1."""
    return Command(name_of(verb), 1, msgspec.Raw(msgspec.msgpack.encode(arguments)))


@pytest.fixture(scope="module")
def opened_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one shop, closed in good order."""
    path = tmp_path_factory.mktemp("before") / "shops.sqlite"
    engine = SqliteEngine(connect(path))
    migrate(engine)
    founding = command(shops.create, handle="demo", name="", currency="AED", country="AE", time_zone="Asia/Dubai")
    assert Executor(engine, OPERATIONS).answer([founding], NOW)[0].no is None
    engine.close()
    return path


class Crash:
    """One life of a writer that ends with the power: what it was asked, what it answered, what is found."""

    def __init__(self, seed: int, opened_shop: Path, folder: Path, synchronous: str) -> None:
        self._chance = random.Random(seed)
        self.asked: list[str] = []
        self.acknowledged: list[str] = []
        self.groups_end_at = {0}
        before, after = folder / f"{seed}-before", folder / f"{seed}-after"
        for each in (before, after):
            each.mkdir()
        shutil.copy(opened_shop, before / "shops.sqlite")
        disk = Disk()
        self._write_until_dead(before / "shops.sqlite", disk, synchronous)
        disk.restore(after, self._chance)
        disk.unregister()
        self._look(after / "shops.sqlite")

    def _write_until_dead(self, path: Path, disk: Disk, synchronous: str) -> None:
        connection = connect(path, vfs=disk.name)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA wal_autocheckpoint = 25")
        engine = SqliteEngine(connection)
        executor = Executor(engine, OPERATIONS)
        disk.cut_power_after(self._chance.randrange(400))
        while not disk.dead:
            texts = [f"{len(self.asked) + place}:" + "x" * self._chance.randrange(3_000) for place in range(3)]
            group = texts[: self._chance.randint(1, 3)]
            self.asked += group
            self.groups_end_at.add(len(self.asked))
            answers = executor.answer([command(verbs.note, text=text) for text in group], NOW)
            self.acknowledged += [text for text, answer in zip(group, answers, strict=True) if answer.no is None]
        with suppress(apsw.Error):
            engine.close()

    def _look(self, path: Path) -> None:
        with closing(connect(path)) as connection:
            self.sound = [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]
            self.found = [text for _, text in verbs.notes(ShopReading(SqliteEngine(connection), 1, NOW))]

    @property
    def lost(self) -> bool:
        """Whether something is missing that was acknowledged, or the file is damaged."""
        return not self.sound or self.found[: len(self.acknowledged)] != self.acknowledged


def test_what_was_acknowledged_survives_every_crash(opened_shop: Path, tmp_path: Path) -> None:
    crashes = [Crash(seed, opened_shop, tmp_path, "FULL") for seed in range(CRASHES)]
    assert [seed for seed, crash in enumerate(crashes) if crash.lost] == []
    assert all(crash.found == crash.asked[: len(crash.found)] for crash in crashes)
    assert all(len(crash.found) in crash.groups_end_at for crash in crashes), "a group was torn"
    assert sum(len(crash.acknowledged) for crash in crashes) > 10 * CRASHES
    assert any(crash.found != crash.asked for crash in crashes), "no crash hit anything"


@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_a_writer_that_does_not_wait_for_the_disk_is_caught(
    opened_shop: Path, tmp_path: Path, synchronous: str
) -> None:
    def loses(seed: int) -> bool:
        try:
            return Crash(seed, opened_shop, tmp_path, synchronous).lost
        except (apsw.Error, EngineFailed):  # what is found cannot even be opened
            return True

    assert any(loses(seed) for seed in range(CRASHES))


def test_the_writer_waits_for_the_disk(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "shops.sqlite")) as connection:
        assert connection.pragma("synchronous") == 2
        assert connection.pragma("journal_mode") == "wal"
        assert connection.pragma("foreign_keys") == 1
