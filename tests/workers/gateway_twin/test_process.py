"""The twin as a process: its book outlives it, its faults strike, and it ends when told to."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import msgspec
import pytest

from matjar.adapters.gateways.twin import Twin
from matjar.core.refusal import Refusal
from matjar.domain.payments.ports import Charge, State
from tests.gateways import ROOT, SECRET, TwinProcess, call, free_port

pytestmark = pytest.mark.anyio

APPROVED, ANSWER_LOST, SLOW = "4242424242424242", "4000000000005555", "4000000000008880"


def charge_on(token: str, key: str = "7-1") -> Charge:
    return Charge(key, 19_900, "AED", token, capture=True, return_url="")


@pytest.fixture
async def gateway(twin: TwinProcess) -> AsyncIterator[Twin]:
    made = Twin(twin.url, webhook_secret=SECRET, timeout_seconds=1)
    yield made
    await made.close()


async def test_the_book_survives_a_kill_and_a_torn_last_line(twin: TwinProcess, gateway: Twin) -> None:
    charge = charge_on(twin.token(APPROVED))
    outcome = await gateway.charge(charge)
    assert await gateway.refund(outcome.reference, 900, "AED", "7-refund")
    assert twin.stop(signal.SIGKILL) == -signal.SIGKILL
    with twin.book.open("ab") as book:
        book.write(b'{"at":1,"did":"charge","charge":{"ask":{"key":"7-torn"')
    await asyncio.to_thread(twin.start)  # while the loop notices that the old connection is gone
    assert await gateway.charge(charge) == outcome
    assert await gateway.refund(outcome.reference, 900, "AED", "7-refund")
    assert await gateway.find("7-torn", "") is None
    assert (await gateway.charge(charge_on(charge.token, "7-2"))).state is State.CAPTURED
    assert [(line["did"], line["charge"]["ask"]["key"]) for line in twin.lines()] == [
        ("charge", "7-1"),
        ("refund", "7-1"),
        ("charge", "7-2"),
    ]


async def test_what_was_answered_is_in_the_book_when_killed_under_load(twin: TwinProcess) -> None:
    gateway = Twin(twin.url, webhook_secret=SECRET, timeout_seconds=20, connections=20)
    token = twin.token(APPROVED)
    answered: list[str] = []

    async def buy(key: str) -> None:
        await gateway.charge(charge_on(token, key))
        answered.append(key)

    buyers = [asyncio.create_task(buy(f"7-{number}")) for number in range(2_000)]
    while len(answered) < 300:
        await asyncio.sleep(0.005)
    twin.stop(signal.SIGKILL)
    outcomes = await asyncio.gather(*buyers, return_exceptions=True)
    assert any(isinstance(outcome, Refusal) for outcome in outcomes)
    twin.start()
    await gateway.close()
    kept = [msgspec.json.decode(line)["charge"]["ask"]["key"] for line in twin.book.read_bytes().splitlines()]
    assert len(kept) == len(set(kept))
    assert set(answered) <= set(kept)


async def test_a_lost_answer_is_found_and_not_charged_again(twin: TwinProcess, gateway: Twin) -> None:
    charge = charge_on(twin.token(ANSWER_LOST))
    with pytest.raises(Refusal, match="payments.gateway_away"):
        await gateway.charge(charge)
    found = await gateway.find(charge.key, "")
    assert found is not None
    assert found.state is State.CAPTURED
    assert await gateway.charge(charge) == found
    assert len(twin.lines()) == 1


async def test_a_slow_answer_is_away_at_the_deadline_and_charged_all_the_same(twin: TwinProcess, gateway: Twin) -> None:
    charge = charge_on(twin.token(SLOW))
    with pytest.raises(Refusal, match="payments.gateway_away"):
        await gateway.charge(charge)
    found = await gateway.find(charge.key, "")
    assert found is not None
    assert found.state is State.CAPTURED


@pytest.mark.parametrize(
    ("fault", "charged"),
    [
        ({"fail_rate": 1.0}, 0),
        ({"down": True}, 0),
        ({"latency_ms": 1900}, 0),
        ({"drop_answer_after_charge": 1.0}, 1),
    ],
)
async def test_a_fault_leaves_the_outcome_in_doubt(
    twin: TwinProcess, gateway: Twin, fault: dict[str, float], charged: int
) -> None:
    token = twin.token(APPROVED)
    twin.set_faults(**fault)
    with pytest.raises(Refusal, match="payments.gateway_away"):
        await gateway.charge(charge_on(token))
    assert len(twin.lines()) == charged
    twin.set_faults()
    assert (await gateway.charge(charge_on(token, "7-after"))).state is State.CAPTURED


async def test_faults_repeat_with_their_seed(twin: TwinProcess, gateway: Twin) -> None:
    token = twin.token(APPROVED)

    async def run(day: int) -> list[bool]:
        twin.set_faults(fail_rate=0.5, seed=7)
        came = []
        for number in range(20):
            try:
                await gateway.charge(charge_on(token, f"{day}-{number}"))
                came.append(True)
            except Refusal:
                came.append(False)
        return came

    first = await run(1)
    assert {True, False} == set(first)
    assert await run(2) == first


def test_it_ends_cleanly_when_told_to(twin: TwinProcess) -> None:
    assert twin.stop(signal.SIGTERM) == 0
    with pytest.raises(URLError):
        urlopen(f"{twin.url}/health", timeout=5)


def test_two_processes_never_share_a_book(twin: TwinProcess) -> None:
    arguments = ["--port", str(free_port()), "--book", str(twin.book), "--webhook-secret", SECRET]
    second = subprocess.run(
        [sys.executable, "-m", "matjar.workers.gateway_twin", *arguments],
        cwd=ROOT / "src", capture_output=True, timeout=10, check=False,
    )  # fmt: skip
    assert second.returncode != 0
    assert b"BlockingIOError" in second.stderr


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("charges", {"key": "7-1"}, 400, "twin.malformed"),
        ("charges", {"key": "../x", "amount_minor": 1, "currency": "AED", "token": ""}, 400, "twin.bad_charge"),
        ("charges", {"key": "x" * 20_000}, 400, "twin.too_long"),
        ("charges/7-1/capture", {"key": "7-2", "amount_minor": 1}, 404, "twin.unknown"),
        ("tokens", {"number": "4111 1111 1111 1111"}, 400, "twin.not_a_test_card"),
        ("faults", {"latency": 1}, 400, "twin.malformed"),
        ("elsewhere", {}, 404, "twin.unknown"),
    ],
)
def test_what_cannot_be_done_is_refused(
    shared_twin: TwinProcess, path: str, body: object, status: int, error: str
) -> None:
    with pytest.raises(HTTPError) as refused:
        call(f"{shared_twin.url}/{path}", body)
    with refused.value as answer:
        assert answer.code == status
        assert msgspec.json.decode(answer.read())["error"] == error


def test_the_book_is_read_page_by_page(shared_twin: TwinProcess) -> None:
    token = shared_twin.token(APPROVED)
    call(f"{shared_twin.url}/charges", charge_on(token, "page-1"))
    with urlopen(f"{shared_twin.url}/book", timeout=5) as response:
        start = response.headers["next-start"]
    call(f"{shared_twin.url}/charges", charge_on(token, "page-2"))
    with urlopen(f"{shared_twin.url}/book?start={start}", timeout=5) as response:
        lines = response.read().splitlines()
    assert [msgspec.json.decode(line)["charge"]["ask"]["key"] for line in lines] == ["page-2"]
