"""The postman: letters written in the shop's name, sent once, and brought again where nobody took them."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from matjar.compose.wiring import all_operations
from matjar.core.clock import now_ms
from matjar.domain import customers, notices, shops
from matjar.domain.notices import POST_AWAY, UNDELIVERABLE, Notice
from matjar.edge.tokens import Tokens
from matjar.storage.carrier import InProcess
from matjar.storage.desk import Storage
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect
from matjar.workers.postman import Links, Postman
from matjar.workers.postman.letters import WORDINGS, write
from tests.workers.postman.buyers import Box

LINKS = Links(Tokens("a secret of many letters, for tests"), lambda handle, hosts: f"https://{handle}.example")


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    """A platform with one shop, whose buyers read Arabic, and one letter that is due."""
    engine = SqliteEngine(connect(tmp_path / "shops.sqlite"))
    migrate(engine)
    reader = SqliteReader(tmp_path / "shops.sqlite", now_ms)
    made = Storage(InProcess(engine, all_operations(), now_ms), reader)
    asyncio.run(_begin(made))
    yield made
    reader.close()
    engine.close()


async def _begin(storage: Storage) -> None:
    desk = storage.desk(1)
    await desk.submit(shops.create)(
        handle="demo", name="Demo", currency="AED", country="AE", time_zone="Asia/Dubai", languages=("ar", "en"),
        settings=shops.Settings(email="hello@demo.example", names={"ar": "العرض"}),
    )  # fmt: skip
    await desk.submit(customers.ask_for_code)(
        email="layla@example.com", language="ar", browser="b" * 22, code="314159", link="l" * 22,
        link_begins="http://demo/enter/", address="10.0.0.1",
    )  # fmt: skip


async def _due(storage: Storage) -> list[Notice]:
    return await storage.read(0, notices.due)


def test_a_letter_is_sent_once_in_the_shops_name_and_the_readers_language(storage: Storage) -> None:
    box = Box()
    postman = Postman(storage, box, LINKS)
    assert asyncio.run(postman.look()) == 1
    assert asyncio.run(postman.look()) == 0
    (letter,) = box.sent
    assert (letter.address, letter.sender_name, letter.reply_to) == ("layla@example.com", "العرض", "hello@demo.example")
    assert "314159" in letter.subject
    assert 'dir="rtl"' in letter.html
    for body in (letter.text, letter.html):
        assert "http://demo/enter/" + "l" * 22 in body


@pytest.mark.parametrize("no", [POST_AWAY(reason="busy"), UNDELIVERABLE(reason="nobody"), RuntimeError("a bug")])
def test_what_nobody_takes_waits_or_ends_and_holds_up_no_other(storage: Storage, no: Exception) -> None:
    box = Box()
    box.refuses = no
    asyncio.run(Postman(storage, box, LINKS).look())
    assert not asyncio.run(_due(storage))
    assert not box.sent


def test_every_letter_can_be_written_in_every_language(storage: Storage) -> None:
    (shop,) = asyncio.run(storage.read(0, shops.list_shops))
    facts = {"code": "314159", "link": "http://demo/enter/x", "name": "Telephone <b>"}
    for letter in WORDINGS:
        for language in ("en", "ar"):
            told = write(Notice(1, 1, letter, "a@example.com", language, facts, 0, 0), shop)
            assert told.subject
            assert "{" not in told.subject + told.text
            assert "<b>" not in told.html
