"""What happened at the back office while identity was away is known there once it is back: real processes, killed."""

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from benchmarks.shop import SHOP_ID
from matjar.compose.addresses import admin_address, identity_address
from matjar.compose.identity import of_identity
from matjar.compose.wiring import open_storage
from matjar.core.ids import hash_token
from matjar.core.tx import Actor, Reading
from matjar.domain import access
from matjar.domain.access import Code, Method
from matjar.edge import codes
from matjar.storage.desk import Storage
from tests.platform import PATIENCE_SECONDS, Platform, ask
from tests.surfaces.admin.office import House, Person

SHEET = tuple(codes.mint() for _ in range(10))


class Away(House):
    """Who works in the shop is identity's own business here: nothing is published in its name."""

    def __init__(self, platform: Platform) -> None:
        self.home, self.keys = platform.settings.home, {}


@pytest.fixture
def platform() -> Iterator[Platform]:
    """A shop with its owner, whom identity knows, and who has a sheet of printed codes."""
    platform = Platform(staffed=True)
    try:
        platform.open(products=1)
        wait_until(lambda: is_there(platform), platform)
        identity(platform, found)
        yield platform
    finally:
        platform.stop()


async def found(storage: Storage) -> None:
    """The owner signs up, and prints a sheet."""
    desk = storage.desk(SHOP_ID)
    await desk.submit(access.begin_shop)(handle="bench", name="Bench", language="en", token="first")
    person_id = await storage.desk(0).submit(access.open_account)(
        of_shop_id=SHOP_ID, token="first", email="o@example.com", name="Olfat", language="en"
    )
    owner = Actor("staff", person_id, "192.0.2.1", str(Method.PASSKEY))
    await storage.desk(SHOP_ID, owner).submit(access.accept)(token="first")
    sheet = tuple(Code(hash_token(code), "admin") for code in SHEET)
    await storage.desk(SHOP_ID, owner).submit(access.print_codes)(codes=sheet)
    await storage.desk(0, owner).submit(access.begin_session)(
        sid="own", of_shop_id=0, surface="identity", method=Method.PASSWORD, browser="Firefox · Linux",
        browser_hash=b"mark",
    )  # fmt: skip


def identity(platform: Platform, work: Callable[[Storage], Any]) -> Any:
    """Do something at identity's own database."""

    async def do() -> Any:
        storage = open_storage(platform.settings, of_identity)
        try:
            return await work(storage)
        finally:
            await storage.close()

    return asyncio.run(do())


def is_there(platform: Platform) -> bool:
    try:
        return bool(ask(f"{identity_address(platform.settings)}/readyz")[0] == 200)
    except OSError:
        return False


def wait_until(holds: Callable[[], bool], platform: Platform) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, platform.logs()
        time.sleep(0.1)


def codes_left(platform: Platform) -> int:
    return len(identity(platform, lambda storage: storage.read(SHOP_ID, access.access_of)).members[0].codes)


def places(platform: Platform) -> list[str]:
    def question(view: Reading) -> list[str]:
        (colleague,) = access.list_colleagues(view)
        return [str(colleague.person_id)]

    person_id = int(identity(platform, lambda storage: storage.read(SHOP_ID, question))[0])
    found = identity(
        platform, lambda storage: storage.read(0, lambda view: access.list_sessions(view, person_id=person_id))
    )
    return sorted(each.surface for each in found)


def test_what_was_done_while_identity_was_away_it_hears_when_it_is_back(platform: Platform) -> None:
    person = Person(platform, Away(platform))
    person.headers |= {"user-agent": "Firefox/1 (Linux)", "x-forwarded-for": "192.0.2.1"}
    kept = platform.settings.home / "admin" / "bundles" / "access" / str(SHOP_ID)
    wait_until(lambda: kept.exists() and bool(list(kept.glob("*.jws"))), platform)
    platform.kill("identity")
    wait_until(lambda: "Olfat" in person.send("/sign-in/code", {"code": SHEET[0]}).words, platform)
    platform.kill("admin")
    platform.start("admin", "identity")
    wait_until(lambda: is_there(platform) and codes_left(platform) == 9, platform)
    wait_until(lambda: places(platform) == ["admin", "identity"], platform)

    origin = admin_address(platform.settings)
    assert ask(f"{origin}/healthz")[0] == 200
    page = person.get("/")
    assert "You are signed out" in person.send("/sign-out", page.forms["/bench/sign-out"]).words
    wait_until(lambda: places(platform) == [], platform)
