"""The gateway is away: cards are refused at once, uncharged; other ways to pay go on; nothing stays half done."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest

from matjar.resilience.breaker import FAILURES, PAUSE_SECONDS
from tests.platform import PATIENCE_SECONDS, Platform, ask
from tests.stories.audit import audit
from tests.surfaces.storefront.guest import CARD, Guest, code

CASH = {"gateway": "cash_on_delivery"}
STOCK = 50
DEADLINE_SECONDS = 1


@pytest.fixture
def platform() -> Iterator[Platform]:
    """A platform whose gateway has a second to answer."""
    made = Platform(MATJAR_GATEWAY_DEADLINE_SECONDS=str(DEADLINE_SECONDS))
    try:
        yield made.open(stock=STOCK)
        made.set_faults()
        assert asyncio.run(audit(made, [], stock=STOCK)) == []
    finally:
        made.stop()


@pytest.fixture
def guest(platform: Platform) -> Guest:
    return Guest(platform, "192.0.2.1")


def test_nobody_waits_for_a_gateway_that_is_known_to_be_down(platform: Platform, guest: Guest) -> None:
    ready, waiting = guest.fill(), guest.fill()
    platform.set_faults(down=True)
    uncertain = [guest.fill() for _ in range(FAILURES)]
    for path in uncertain:
        assert guest.complete(path, CARD, key=f"uncertain{path}")[1]["status"] == "complete_in_progress"
    platform.kill("finisher")  # which would ask the gateway too
    asked = platform.twin_asked()
    assert code(guest.complete(ready, CARD)) == (503, "payments.gateway_away")
    assert guest.ask("GET", ready)[1]["status"] == "ready_for_complete"
    # Who was told to wait is not told now that nothing was charged: nobody knows yet.
    assert guest.complete(uncertain[0], CARD, key=f"uncertain{uncertain[0]}")[1]["status"] == "complete_in_progress"
    assert guest.complete(waiting, CASH)[1]["status"] == "completed"
    assert platform.twin_asked() == asked
    assert ask(f"{platform.url}/healthz")[1]["parts"]["gateways"]["status"] == "ill"

    platform.set_faults()
    platform.start("finisher")
    time.sleep(PAUSE_SECONDS)
    assert guest.complete(ready, CARD)[1]["status"] == "completed"
    assert ask(f"{platform.url}/healthz")[1]["parts"]["gateways"]["status"] == "ok"


def test_what_is_refused_while_looking_in_leaves_the_look_to_another(platform: Platform, guest: Guest) -> None:
    ready, empty = guest.fill(), guest.begin()
    platform.set_faults(down=True)
    for path in [guest.fill() for _ in range(FAILURES)]:
        guest.pay(path)
    platform.set_faults()
    time.sleep(PAUSE_SECONDS)
    assert code(guest.complete(empty, CARD)) == (409, "checkout.not_ready")
    assert guest.complete(ready, CARD)[1]["status"] == "completed"


def test_an_answer_that_was_lost_after_the_charge_is_found_again(platform: Platform, guest: Guest) -> None:
    path = guest.fill()
    assert guest.pay(path, "answer_lost")[0] == 202
    assert _completed(guest, path)["payment"]["state"] == "captured"
    assert len(platform.twin_book()) == 1


def test_a_buyer_hears_within_the_deadline_that_it_takes_time(platform: Platform, guest: Guest) -> None:
    path = guest.fill()
    platform.set_faults(hold_charges_from=1)
    began = time.monotonic()
    assert guest.pay(path)[0] == 202
    assert DEADLINE_SECONDS <= time.monotonic() - began < 5 * DEADLINE_SECONDS
    platform.set_faults()
    assert _completed(guest, path)["payment"]["state"] == "captured"


def _completed(guest: Guest, path: str) -> dict[str, Any]:
    """The checkout, once whoever comes for it has ended it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (found := guest.ask("GET", path)[1])["status"] != "completed":
        assert time.monotonic() < deadline, found
        time.sleep(0.05)
    return found
