"""Stripe's own page: who pays there and never comes back, who never pays, who thinks better of it too late."""

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.request import Request, urlopen

import msgspec
import pytest

from benchmarks.shop import SHOP_ID
from matjar.compose import wiring
from matjar.core.ids import hash_token
from matjar.core.tx import Reading
from matjar.domain import catalog, checkout, inventory, payments, shops
from matjar.domain.payments import Charge, Outcome
from matjar.edge.tokens import Tokens
from tests.contracts.bench import APPROVED, AUTHORIZATION
from tests.gateways import SECRET, Process, call, post_form
from tests.platform import Platform, taking_cards_by
from tests.surfaces.storefront.guest import Guest, code

STOCK = 3
BY_STRIPE = {"gateway": "stripe", "token": ""}
PATIENCE_SECONDS = 20.0


@pytest.fixture(scope="module")
def platform(fake_stripe: Process) -> Iterator[Platform]:
    """A shop that takes cards by Stripe, which tells it its news a second later."""
    platform = taking_cards_by(fake_stripe)
    try:
        platform.open(products=6, stock=STOCK)
        settings = platform.read(shops.load).settings
        taken = msgspec.structs.replace(settings, gateways=("stripe", "cash_on_delivery"))
        platform.submit(shops.configure, settings=taken)
        subscription = {"url": f"{platform.url}/webhooks/stripe", "secret": SECRET}
        with pytest.raises(msgspec.DecodeError):  # it answers with nothing
            call(f"{fake_stripe.url}/_config/webhooks/shop", subscription)
        yield platform
    finally:
        platform.stop()


@pytest.fixture
def guest(platform: Platform) -> Guest:
    return Guest(platform, "192.0.2.1")


def test_whoever_pays_and_never_comes_back_has_their_order(guest: Guest) -> None:
    path = guest.fill()
    page_url = leave_for_stripe(guest, path)
    assert post_form(page_url, number=APPROVED)[0] == 303
    until(lambda: look(guest, path)["status"] == "completed")


def test_the_way_back_finds_the_order_before_stripe_has_told(guest: Guest) -> None:
    path = guest.fill(article=1)
    _, back, _ = post_form(leave_for_stripe(guest, path), number=APPROVED)
    assert "/orders/" in led_to(back)
    assert look(guest, path)["status"] == "completed"


def test_whoever_never_heard_where_to_pay_is_told_on_the_way_back(guest: Guest) -> None:
    path = guest.fill(article=5)
    page_url, back = charge_and_say_nothing(guest.platform, path)
    assert look(guest, path)["status"] == "complete_in_progress"
    assert page_url.partition("#")[0] in read(back)
    assert post_form(page_url, number=APPROVED)[:2] == (303, back)
    assert "/orders/" in led_to(back)


def test_the_same_key_leads_to_the_same_page_and_another_one_too(guest: Guest) -> None:
    path = guest.fill(article=1)
    keys = ("stripe-page-0001", "stripe-page-0001", "stripe-page-0002")
    answers = [guest.complete(path, BY_STRIPE, key=key) for key in keys]
    assert [(status, answer["status"]) for status, answer in answers] == [(200, "requires_escalation")] * 3
    assert len({answer["continue_url"] for _, answer in answers}) == 1


def test_a_page_that_nobody_pays_on_is_closed_and_its_stock_is_free(guest: Guest) -> None:
    path = guest.fill(article=2, quantity=STOCK)
    page_url = leave_for_stripe(guest, path)
    other = guest.fill(article=2)
    assert code(guest.complete(other, {"gateway": "cash_on_delivery"})) == (409, "inventory.sold_out")
    finish(guest.platform, path)
    assert look(guest, path)["status"] == "ready_for_complete"
    assert "expired" in post_form(page_url, number=APPROVED)[2]
    assert guest.complete(other, {"gateway": "cash_on_delivery"})[0] == 200


def test_who_gives_up_before_paying_cannot_pay_any_more(guest: Guest) -> None:
    path = guest.fill(article=3)
    page_url = leave_for_stripe(guest, path)
    assert guest.ask("POST", f"{path}/cancel")[1]["status"] == "canceled"
    until(lambda: "expired" in read(page_url))


def test_who_pays_and_gives_up_at_once_gets_the_money_back(guest: Guest, fake_stripe: Process) -> None:
    path = guest.fill(article=4)
    page_url = leave_for_stripe(guest, path)
    total = next(each["amount"] for each in look(guest, path)["totals"] if each["type"] == "total")
    before = refunded(fake_stripe)
    post_form(page_url, number=APPROVED)
    assert guest.ask("POST", f"{path}/cancel")[1]["status"] == "canceled"
    until(lambda: refunded(fake_stripe) == [*before, total])
    assert "order" not in look(guest, path)
    assert available(guest.platform, article=4) == STOCK


def leave_for_stripe(guest: Guest, path: str) -> str:
    """Order, and be sent to Stripe's page."""
    status, answer = guest.complete(path, BY_STRIPE)
    assert (status, answer["status"]) == (200, "requires_escalation")
    assert answer["payment"] == {"gateway": "stripe", "state": "challenged"}
    url: str = answer["continue_url"]
    return url


def charge_and_say_nothing(platform: Platform, path: str) -> tuple[str, str]:
    """The surface dies between the charge and its record: where the buyer could pay, and come back to."""
    prepared = platform.submit(checkout.prepare, token_hash=hash_of(path), gateway="stripe")
    token = Tokens(platform.settings.secret.reveal()).of_return(SHOP_ID, prepared.checkout.id)
    back = f"{platform.url}/checkout/return/{token}"
    charge = Charge(prepared.key, prepared.amount_minor, prepared.currency, "", prepared.capture, back)

    async def do() -> Outcome:
        gateway = wiring.open_gateway(platform.settings, "stripe")
        outcome = await gateway.charge(charge)
        await gateway.close()
        return outcome

    return asyncio.run(do()).challenge_url, back


def look(guest: Guest, path: str) -> dict[str, Any]:
    return guest.ask("GET", path)[1]


def finish(platform: Platform, path: str) -> None:
    """What the finisher does once the ten minutes are over."""

    async def do() -> None:
        storage, cashier = platform.storage(), wiring.open_cashier(platform.settings)
        desk = storage.desk(SHOP_ID, request_id="finisher")
        payment = (await desk.read(lambda view: checkout.load(view, token_hash=hash_of(path)))).payment
        assert payment is not None
        intent = await desk.read(lambda view: payments.load_intent(view, intent_id=payment.intent_id))
        await cashier.finish(desk, intent)
        await asyncio.gather(storage.close(), *(gateway.close() for gateway in cashier.gateways.values()))

    asyncio.run(do())


def hash_of(path: str) -> bytes:
    return hash_token(path.rsplit("/", 1)[1])


def refunded(stripe: Process) -> list[int]:
    """What Stripe gave back, the oldest first."""
    with urlopen(Request(f"{stripe.url}/v1/refunds", headers=AUTHORIZATION), timeout=5) as answer:
        return [refund["amount"] for refund in msgspec.json.decode(answer.read())["data"]]


def led_to(url: str) -> str:
    with urlopen(url, timeout=5) as answer:
        arrived: str = answer.url
        return arrived


def read(url: str) -> str:
    with urlopen(url, timeout=5) as answer:
        page: str = answer.read().decode()
        return page


def available(platform: Platform, *, article: int) -> int:
    """How many of an article can be sold."""

    def ask(view: Reading) -> int:
        (sellable,) = catalog.load_sellable(view, [platform.variant_ids[article]]).values()
        return inventory.available(view, [sellable.inventory_item_id])[sellable.inventory_item_id]

    return platform.read(ask)


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.1)
