"""A shop in a house where identity never was: it opens, sells, and is ready; what it hears later it keeps."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.shop import SHOP_ID
from tests.gateways import metrics
from tests.platform import Platform, ask
from tests.surfaces.storefront.guest import Guest

PATIENCE_SECONDS = 15.0
CASH = {"gateway": "cash_on_delivery"}


@pytest.fixture
def platform() -> Iterator[Platform]:
    """Without anybody for the people of the shop."""
    made = Platform()
    try:
        yield made.open(products=1)
    finally:
        made.stop()


def health(platform: Platform) -> dict[str, Any]:
    """What the storefront says of itself."""
    return ask(f"{platform.url}/healthz")[1]


def counted_age(platform: Platform) -> float:
    """A, as /metrics tells it."""
    return metrics(platform.url)["matjar_heartbeat_age_seconds"]


def shared(platform: Platform) -> dict[str, Any]:
    """What it gives to other surfaces, whatever it is called."""
    return ask(f"{platform.url}/bundles", headers={"host": "elsewhere.example"})[1]


def sell(platform: Platform) -> None:
    """By cash and by card."""
    guest = Guest(platform, "192.0.2.1")
    assert guest.complete(guest.fill(), CASH)[1]["status"] == "completed"
    assert guest.pay(guest.fill())[1]["status"] == "completed"


def test_a_shop_opens_and_sells_without_identity_and_keeps_what_it_hears_later(platform: Platform) -> None:
    before = health(platform)
    assert (before["parts"]["identity"]["status"], before["parts"]["identity"]["detail"]) == ("ill", "never heard")
    assert "heartbeat_age_ms" not in before
    assert counted_age(platform) == float("inf")
    assert platform.is_ready()
    assert shared(platform) == {}
    sell(platform)

    platform.start("identity")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while health(platform)["parts"]["identity"]["status"] == "ill":
        assert time.monotonic() < deadline, f"identity is there and was not heard:\n{platform.logs()}"
        time.sleep(0.1)
    platform.kill("identity")
    heard = shared(platform)
    assert set(heard) == {"keys", "revocations"}
    assert ask(f"{platform.url}/bundles/access/{SHOP_ID}")[1]["code"] == "sharing.who_asks"

    platform.kill("storefront")
    platform.start("storefront")
    platform.wait_until_ready()
    assert shared(platform) == heard
    assert 0 < health(platform)["heartbeat_age_ms"] < PATIENCE_SECONDS * 1000 * 2
    assert 0 < counted_age(platform) < float("inf")
    sell(platform)
