"""The first owner's link, from the command line, with and without identity running."""

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from matjar.compose import cli
from matjar.compose.identity import describe_shop, identity_operations, of_identity
from matjar.compose.settings import read
from matjar.compose.wiring import storage_of_command_line
from matjar.core.clock import now_ms
from matjar.domain import access
from matjar.domain.access import Workplace
from matjar.domain.shops import HOUSE, Settings, Shop
from matjar.storage.schema import IDENTITY
from matjar.storage.sqlite import WriterLock, connect
from matjar.workers import writer


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with a shop in it."""
    monkeypatch.setenv("MATJAR_HOME", str(tmp_path / "var"))
    assert call("shop", "create", "souk").startswith("Shop souk is open")
    return tmp_path / "var"


def call(*words: str) -> str:
    """What a command says."""
    return CliRunner().invoke(cli.assemble(words[0]), list(words)).output


def good_links(home: Path) -> int:
    """How many links are good."""
    connection = connect(home / "identity.sqlite", read_only=True)
    ((count,),) = connection.execute("SELECT COUNT(*) FROM invitations").fetchall()
    connection.close()
    return int(str(count))


def test_a_link_is_printed_and_ends_the_one_before(home: Path) -> None:
    first, second = call("owner", "souk"), call("owner", "souk")
    assert first.startswith("http://localhost:8003/join/souk/")
    assert first != second
    assert good_links(home) == 1
    lock = WriterLock(home / "identity.sqlite")
    assert lock.take(), "the lock was not given back"
    lock.release()


def test_a_link_is_made_through_identity_where_it_runs(home: Path) -> None:
    of = of_identity(read())
    writer.serve_beside(of.path, of.door, identity_operations(), now_ms, IDENTITY)
    assert call("owner", "souk").startswith("http://localhost:8003/join/souk/")
    assert good_links(home) == 1


def test_people_are_copied_and_put_back(home: Path, tmp_path: Path) -> None:
    call("owner", "souk")
    call("identity", "backup", str(tmp_path / "copy.sqlite"))
    connection = connect(home / "identity.sqlite")
    connection.execute("DELETE FROM invitations")
    connection.close()
    assert good_links(home) == 0
    assert "kept in" in call("identity", "restore", str(tmp_path / "copy.sqlite"))
    assert good_links(home) == 1


def test_identity_is_told_what_a_shop_is_called_now_once_it_knows_the_shop(home: Path) -> None:
    renamed = replace(HOUSE, id=1, handle="souk", name="Souk", settings=Settings(names={"ar": "السوق"}))
    assert described(renamed) is None
    call("owner", "souk")
    assert described(renamed) == Workplace(1, "souk", "Souk", "en", {"ar": "السوق"})


def described(shop: Shop) -> Workplace | None:
    """What identity says of a shop after it was told of it."""

    async def do() -> Workplace | None:
        async with storage_of_command_line(read(), of_identity) as storage:
            await describe_shop(storage, shop)
            return await storage.read(0, lambda view: access.find_shop(view, handle=shop.handle))

    return asyncio.run(do())
