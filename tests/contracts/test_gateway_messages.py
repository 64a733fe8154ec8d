"""Webhooks: genuine ones are read, forged and stale ones refused; and they come, again if need be."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from aiohttp import web

from matjar.adapters.gateways.stripe import Stripe
from matjar.adapters.gateways.stripe_line import KEY
from matjar.adapters.gateways.twin import Twin
from matjar.core.clock import now_ms
from matjar.core.refusal import Refusal
from matjar.domain.payments.ports import Charge, Message, Outcome, State
from tests.contracts.bench import BACK, Bench, bench_of_stripe, fresh
from tests.gateways import SECRET, Process, TwinProcess, call, free_port, post_form, running

pytestmark = pytest.mark.anyio

INTENT = {"id": "pi_1", "status": "succeeded", "amount": 19_900, "currency": "aed", "metadata": {KEY: "7-1"}}
STRIPE_BODY = {"id": "evt_1", "type": "payment_intent.succeeded", "data": {"object": INTENT}}
TWIN_BODY = {
    "message_id": "evt_1",
    "key": "7-1",
    "outcome": {"state": "captured", "reference": "pi_1", "amount_minor": 19_900},
}


@dataclass(frozen=True)
class Sender:
    """A gateway's adapter, one of its messages, and how it signs."""

    gateway: Twin | Stripe
    header: str
    body: bytes

    def signed(self, *, age_seconds: int = 0, secret: str = SECRET) -> dict[str, str]:
        time = now_ms() // 1000 - age_seconds
        mac = hmac.new(secret.encode(), f"{time}.".encode() + self.body, hashlib.sha256)
        return {self.header: f"t={time},v1={mac.hexdigest()}"}


@pytest.fixture(params=["twin", "stripe"])
def sender(request: pytest.FixtureRequest) -> Sender:
    if request.param == "twin":
        return Sender(Twin("http://x", webhook_secret=SECRET), "twin-signature", msgspec.json.encode(TWIN_BODY))
    return Sender(Stripe("sk_x", webhook_secret=SECRET), "stripe-signature", msgspec.json.encode(STRIPE_BODY))


async def test_a_genuine_message_is_read(sender: Sender) -> None:
    message = sender.gateway.read_message(sender.signed(), sender.body)
    assert message == Message("evt_1", "7-1", Outcome(State.CAPTURED, "pi_1", 19_900))


async def test_a_message_that_was_tampered_with_is_refused(sender: Sender) -> None:
    headers = sender.signed()
    for forged in (sender.body.replace(b"19900", b"1"), sender.body + b" ", b"", b"\xff\xfe"):
        with pytest.raises(Refusal, match="payments.bad_signature"):
            sender.gateway.read_message(headers, forged)


async def test_a_message_from_long_ago_is_refused(sender: Sender) -> None:
    assert sender.gateway.read_message(sender.signed(age_seconds=290), sender.body)
    with pytest.raises(Refusal, match="payments.bad_signature"):
        sender.gateway.read_message(sender.signed(age_seconds=310), sender.body)


async def test_a_message_of_somebody_else_is_refused(sender: Sender) -> None:
    with pytest.raises(Refusal, match="payments.bad_signature"):
        sender.gateway.read_message(sender.signed(secret="another"), sender.body)


@pytest.mark.parametrize("value", [None, "", "t=,v1=", "v1=ab", "t=1", "nonsense", "t=now,v1=x", "t=٣,v1=ü"])
async def test_a_message_without_a_proper_signature_is_refused(sender: Sender, value: str | None) -> None:
    with pytest.raises(Refusal, match="payments.bad_signature"):
        sender.gateway.read_message({} if value is None else {sender.header: value}, sender.body)


@pytest.mark.parametrize(
    "body",
    [
        {**STRIPE_BODY, "type": "customer.created", "data": {"object": {"id": "cus_1"}}},
        {**STRIPE_BODY, "type": "payment_intent.processing"},
        {**STRIPE_BODY, "data": {"object": {**INTENT, "metadata": {}}}},
    ],
)
async def test_a_genuine_message_about_something_else_is_let_be(body: dict[str, object]) -> None:
    sender = Sender(Stripe("sk_x", webhook_secret=SECRET), "stripe-signature", msgspec.json.encode(body))
    assert sender.gateway.read_message(sender.signed(), sender.body) is None


@dataclass
class Door:
    """The shop's door for webhooks: what came, and how often it is to refuse first."""

    url: str
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    refusals: int = 0

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.came.append(({name.lower(): value for name, value in request.headers.items()}, body))
        return web.Response(status=503 if len(self.came) <= self.refusals else 200)

    async def wait_for(self, number: int) -> list[tuple[dict[str, str], bytes]]:
        """What came, once so many have come."""
        async with asyncio.timeout(10):
            while len(self.came) < number:
                await asyncio.sleep(0.02)
        return self.came


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    port = free_port()
    made = Door(f"http://127.0.0.1:{port}/webhooks")
    application = web.Application()
    application.router.add_post("/webhooks", made.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield made
    await runner.cleanup()


def ask(door: Door, twin: TwinProcess, number: str) -> tuple[Charge, dict[str, str]]:
    """Charge through the twin's own door, with a webhook address; the charge and the answer."""
    charge = fresh(twin.token(number))
    return charge, call(f"{twin.url}/charges", {**msgspec.structs.asdict(charge), "webhook_url": door.url})


async def test_the_twin_tells_what_the_buyer_decided(shared_twin: TwinProcess, door: Door) -> None:
    charge, answer = await asyncio.to_thread(ask, door, shared_twin, "4000002760003184")
    assert not door.came
    status, location, _ = await asyncio.to_thread(post_form, answer["challenge_url"], decision="approve")
    assert (status, location) == (303, BACK)
    headers, body = (await door.wait_for(1))[0]
    message = Twin(shared_twin.url, webhook_secret=SECRET).read_message(headers, body)
    assert message is not None
    assert (message.key, message.outcome.state) == (charge.key, State.CAPTURED)


@pytest.mark.parametrize("number", ["4000000000005555", "4000000000008880"])
async def test_the_twin_tells_what_its_answer_did_not(tmp_path: Path, door: Door, number: str) -> None:
    twin = TwinProcess(tmp_path / "book.jsonl", "--webhook-url", door.url, "--slow-seconds", "1")
    with running(twin):
        gateway = Twin(twin.url, webhook_secret=SECRET, timeout_seconds=0.5)
        charge = fresh(await asyncio.to_thread(twin.token, number))
        with pytest.raises(Refusal, match="payments.gateway_away"):
            await gateway.charge(charge)
        message = gateway.read_message(*(await door.wait_for(1))[0])
        assert message is not None
        assert (message.key, message.outcome) == (charge.key, await gateway.find(charge.key, ""))
        await gateway.close()


async def test_the_twin_sends_again_until_the_shop_takes_it(shared_twin: TwinProcess, door: Door) -> None:
    door.refusals = 2
    charge, _ = await asyncio.to_thread(ask, door, shared_twin, "4242424242424242")
    await asyncio.to_thread(call, f"{shared_twin.url}/charges/{charge.key}/announce", {})
    bodies = [body for _, body in await door.wait_for(3)]
    assert bodies[0] == bodies[1] == bodies[2]
    await asyncio.sleep(1.2)
    assert len(door.came) == 3


async def test_the_same_news_has_the_same_id_however_often_it_is_sent(shared_twin: TwinProcess, door: Door) -> None:
    charge, _ = await asyncio.to_thread(ask, door, shared_twin, "4242424242424242")
    for _ in range(2):
        await asyncio.to_thread(call, f"{shared_twin.url}/charges/{charge.key}/announce", {})
    read = Twin(shared_twin.url, webhook_secret=SECRET).read_message
    first, second = (read(headers, body) for headers, body in await door.wait_for(2))
    assert first == second is not None


@pytest.fixture
async def stripe(fake_stripe: Process, door: Door) -> AsyncIterator[Bench]:
    """A fake Stripe that tells its news at the door."""
    subscription = {"url": door.url, "secret": SECRET}
    request: Callable[..., object] = call
    with pytest.raises(msgspec.DecodeError):  # it answers with nothing
        await asyncio.to_thread(request, f"{fake_stripe.url}/_config/webhooks/shop", subscription)
    bench = bench_of_stripe(fake_stripe)
    yield bench
    await bench.gateway.close()


async def test_stripe_tells_what_was_paid(stripe: Bench, door: Door) -> None:
    token = await asyncio.to_thread(stripe.token, "4242424242424242")
    charge = fresh(token)
    outcome = await stripe.gateway.charge(charge)
    headers, body = (await door.wait_for(1))[0]
    message = stripe.gateway.read_message(headers, body)
    assert message is not None
    assert (message.key, message.outcome.reference) == (charge.key, outcome.reference)
    assert message.outcome.state is State.CAPTURED


async def test_stripe_tells_what_was_paid_on_its_page_and_what_was_only_tried_is_no_news(
    stripe: Bench, door: Door
) -> None:
    charge = fresh("")
    page = await stripe.gateway.charge(charge)
    for number in (stripe.declined, "4242424242424242"):
        await asyncio.to_thread(post_form, page.challenge_url, number=number)
    came = [stripe.gateway.read_message(*each) for each in await door.wait_for(3)]
    outcomes = [message.outcome.state for message in came if message]
    assert {message.key for message in came if message} == {charge.key}
    assert outcomes == [State.CAPTURED, State.CAPTURED]


async def test_stripe_tells_that_its_page_is_over(stripe: Bench, door: Door) -> None:
    charge = fresh("")
    page = await stripe.gateway.charge(charge)
    await stripe.gateway.void(page.reference, charge.key)
    message = stripe.gateway.read_message(*(await door.wait_for(1))[0])
    assert message is not None
    assert (message.key, message.outcome.state) == (charge.key, State.ABANDONED)
