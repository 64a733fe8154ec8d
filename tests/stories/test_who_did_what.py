"""What identity decides for a shop stands in the shop's log, though neither knows the other's database."""

import asyncio
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from benchmarks.shop import SHOP_ID
from matjar.compose.identity import of_identity
from matjar.compose.wiring import storage_of_command_line
from matjar.core.ids import mint_token
from matjar.core.tx import Reading
from matjar.domain import access, audit
from tests.platform import Platform
from tests.surfaces.admin.office import wait_until

T = TypeVar("T")


@pytest.fixture
def platform() -> Iterator[Platform]:
    """A whole platform, with its people's surfaces."""
    made = Platform("sqlite", staffed=True)
    try:
        yield made.open()
    finally:
        made.stop()


def invite_owner(platform: Platform) -> None:
    """Ask identity for a link for the shop's first owner."""

    async def do() -> None:
        async with storage_of_command_line(platform.settings, of_identity) as storage:
            begin = storage.desk(SHOP_ID).submit(access.begin_shop)
            await begin(handle="bench", name="Bench", language="en", token=mint_token())

    asyncio.run(do())


def ask(platform: Platform, question: Callable[[Reading], T]) -> T:
    """Ask the shops' database."""

    async def do() -> T:
        async with storage_of_command_line(platform.settings) as storage:
            return await storage.read(SHOP_ID, question)

    return asyncio.run(do())


def told(platform: Platform) -> list[tuple[str, str]]:
    """Which surface did what, as the log has it."""
    return [(each.surface, each.entry.action) for each in ask(platform, audit.list_entries)]


def test_it_arrives_once_whoever_is_killed_in_between(platform: Platform) -> None:
    invite_owner(platform)
    wait_until(lambda: told(platform) == [("identity", "staff.owner_invited")], platform)
    platform.kill("admin")
    invite_owner(platform)
    platform.kill("identity")
    for name in ("identity", "admin"):
        platform.start(name)
    wait_until(lambda: len(told(platform)) >= 2, platform)
    assert told(platform) == [("identity", "staff.owner_invited")] * 2
    state = ask(platform, audit.check)
    assert (len(state.heads), state.breaks) == (1, ())
