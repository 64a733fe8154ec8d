"""Whoever writes hangs: connections are open, and nothing answers. Nobody waits for it without end."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from matjar.core.limits import SUBMIT_TIMEOUT_SECONDS
from matjar.surfaces.storefront.app import BEGINNING
from tests.platform import Platform, ask
from tests.surfaces.storefront.guest import CARD, Guest, code

KEY = "asked-again-0001"


@pytest.fixture(params=[("sqlite", "writer"), pytest.param(("postgres", "postgres"), marks=pytest.mark.postgres)])
def hanging(request: pytest.FixtureRequest) -> Iterator[tuple[Platform, str]]:
    """A platform, and the name of who is to hang."""
    engine, writer = request.param
    made = Platform(engine)
    try:
        yield made.open(products=1), writer
        made.resume(writer)
    finally:
        made.stop()


def test_a_database_that_hangs_is_away_within_seconds_and_shoppers_go_on_browsing(
    hanging: tuple[Platform, str],
) -> None:
    platform, writer = hanging
    guest = Guest(platform, "192.0.2.1")
    ready = guest.fill()
    platform.pause(writer)
    began = time.monotonic()
    with ThreadPoolExecutor(2 * BEGINNING) as threads:
        item = {"id": str(platform.variant_ids[0])}
        waiting = [
            threads.submit(guest.ask, "POST", "/checkout-sessions", {"line_items": [{"item": item}]})
            for _ in range(2 * BEGINNING)
        ]
        paying = threads.submit(guest.complete, ready, CARD, key=KEY)
        assert guest.ask("GET", "/products.json")[1]["total"] == 1
        assert ask(f"{platform.url}/healthz")[1]["parts"]["writer"]["status"] == "ill"
        assert {code(each.result()) for each in waiting} == {(503, "storage.away"), (503, "storage.busy")}
        assert code(paying.result()) == (503, "storage.away")
    assert time.monotonic() - began < 2 * SUBMIT_TIMEOUT_SECONDS, "they waited one after another"
    assert platform.twin_book() == []

    platform.resume(writer)
    platform.wait_until_well()
    assert guest.complete(ready, CARD, key=KEY)[1]["status"] == "completed"
