"""Signing in at the back office by passkey, and two hundred revocations at once: real processes, over HTTP."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from functools import partial
from http.client import HTTPConnection
from urllib.parse import urlencode

import aiohttp

from benchmarks.figures import Figure, Pace, Run, milliseconds, of_runs, percentile, repeat
from benchmarks.machine import Meter
from benchmarks.shop import SHOP_ID
from matjar.compose.identity import of_identity
from matjar.compose.wiring import storage_of_command_line
from matjar.core.clock import HOUR
from matjar.core.ids import mint_token
from matjar.core.tx import Actor
from matjar.domain import access
from matjar.domain.access import Method
from matjar.edge.keyring import Keyring
from matjar.edge.local import Local
from matjar.edge.passkeys import Ceremony, Passkeys
from matjar.edge.sessions import Grant, cookie_name, mint
from matjar.edge.trust import Trust
from matjar.resilience.bundles import IDENTITY
from tests.stories.continuity.household import OWNER, Household
from tests.surfaces.admin.office import Person
from tests.surfaces.admin.workers import second_worker

SIGN_IN_SECONDS = 6.0
MOST_SIGN_IN_MS = 50
REVOKED = 200
MOST_REVOKING_SECONDS = 3
AT_ONCE = 8
"""Requests under way at each surface while it is asked about all of them."""


async def measure(pace: Pace) -> AsyncIterator[Figure]:
    """Milliseconds from a passkey's answer to a session; seconds until everybody is out."""
    house = await asyncio.to_thread(Household("sqlite").open)
    try:
        runs = await repeat(partial(_sign_in, house, pace), pace)
        yield of_runs(
            "signing in", "by passkey, p99", "ms", runs, "p99", raw="raw p99", most=MOST_SIGN_IN_MS,
            beside=("p50 ms", "raw p50 ms", "sign-ins"),
        )  # fmt: skip
        with second_worker(house.platform, house) as port:
            runs = await repeat(partial(_revoke, house, (house.platform.settings.port_admin, port)), pace)
        yield of_runs(
            "revoking", f"{REVOKED} at once, at two surfaces, p99", "s", runs, "p99", raw="durable",
            most=MOST_REVOKING_SECONDS, beside=("p50 s",),
        )  # fmt: skip
    finally:
        await asyncio.to_thread(house.platform.stop)


# Signing in -----------------------------------------------------------------------------------------------------------


async def _sign_in(house: Household, pace: Pace) -> Run:
    with Meter() as meter:
        took = await asyncio.to_thread(_over_http, house, pace.seconds(SIGN_IN_SECONDS))
    straight = await asyncio.to_thread(_straight, house, len(took))
    return {
        "p50 ms": milliseconds(took, 0.5),
        "p99": milliseconds(took, 0.99),
        "raw p50 ms": milliseconds(straight, 0.5),
        "raw p99": milliseconds(straight, 0.99),
        "sign-ins": len(took),
    } | meter.shares()


def _over_http(house: Household, seconds: float) -> list[float]:
    """One after another, each from the request with the device's answer to the cookie."""
    took, person_id = [], house.ids[OWNER]
    connection = HTTPConnection("127.0.0.1", house.platform.settings.port_admin, timeout=10)
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        person = Person(house.platform, house)
        form = urlencode({"to": "/", "answer": person.answer("/sign-in/options", person_id)})
        headers = person.headers | {"content-type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        connection.request("POST", "/bench/sign-in", form, headers)
        with connection.getresponse() as answer:
            answer.read()
            took.append(time.perf_counter() - began)
            assert answer.status == 303, answer.status
    connection.close()
    return took


def _straight(house: Household, times: int) -> list[float]:
    """The same in this process: the answer verified, its challenge spent durably, the session signed and noted."""
    trust = Trust(house.home, "benchmark")
    trust.load()
    local = Local(house.home / "benchmark" / "local.sqlite")
    passkeys, device = Passkeys("localhost", "benchmark", b"s" * 32, local), house.keys[house.ids[OWNER]]
    ceremony, took = Ceremony("http://localhost", SHOP_ID, "sign-in"), []
    public_key = house.public_key(OWNER)
    for _ in range(times):
        answer = device.get(passkeys.to_sign_in(ceremony, trust.now()), ceremony.origin)
        began = time.perf_counter()
        passkeys.check_used(ceremony, answer, public_key, 0, trust.now())
        grant = trust.begin(person_id=1, shop_id=SHOP_ID, method=Method.PASSKEY, passkey_at=trust.now())
        trust.sign(grant)
        local.see(grant.sid, trust.now(), grant.ends_at)
        took.append(time.perf_counter() - began)
    local.close()
    return took


# Revoking -------------------------------------------------------------------------------------------------------------


async def _revoke(house: Household, ports: Sequence[int]) -> Run:
    actor = Actor("staff", house.ids[OWNER], "192.0.2.1", "passkey")
    cookies = _cookies(house)
    async with (
        storage_of_command_line(house.platform.settings, of_identity) as storage,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http,
    ):
        for port in ports:
            assert all(await asyncio.gather(*(_is_in(http, port, cookie) for cookie in cookies.values())))
        with Meter() as meter:
            began = time.perf_counter()
            watching = [asyncio.create_task(_watch(http, port, list(cookies.values()))) for port in ports]
            end = storage.desk(0, actor).submit(access.end_session)
            await asyncio.gather(*(end(sid=sid) for sid in cookies))
            durable = time.perf_counter() - began
            out = [at - began for each in await asyncio.gather(*watching) for at in each]
    return {"p50 s": percentile(out, 0.5), "p99": percentile(out, 0.99), "durable": durable} | meter.shares()


def _cookies(house: Household) -> dict[str, str]:
    """Sessions that identity began for the back office, by their ids."""
    key, now = Keyring(house.home, IDENTITY).signing(house.clocks.now), house.clocks.now
    grants = [
        Grant(mint_token(), house.ids[OWNER], SHOP_ID, "admin", Method.PASSKEY, now, now + HOUR, 0)
        for _ in range(REVOKED)
    ]
    return {grant.sid: mint(grant, key) for grant in grants}


async def _watch(http: aiohttp.ClientSession, port: int, cookies: Sequence[str]) -> list[float]:
    """When each of them was refused at a surface, which is asked all the time."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def until_out(cookie: str) -> float:
        while True:
            async with turn:
                if not await _is_in(http, port, cookie):
                    return time.perf_counter()

    return await asyncio.gather(*map(until_out, cookies))


async def _is_in(http: aiohttp.ClientSession, port: int, cookie: str) -> bool:
    """Whether somebody is known there: then the page to sign in at sends them on."""
    headers = {"cookie": f"{cookie_name('admin', SHOP_ID)}={cookie}"}
    async with http.get(f"http://127.0.0.1:{port}/bench/sign-in", headers=headers, allow_redirects=False) as answer:
        await answer.read()
        return answer.status == 303
