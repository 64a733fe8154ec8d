"""Money that comes after the checkout was given up: it buys what was ordered, or goes back whole.

The gateway holds the charges for longer than a buyer waits. The finisher finds nothing there and lets the checkouts
go; only then does the gateway charge, and tells it by webhook.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from matjar.core.tx import Reading
from matjar.domain import inventory
from tests.platform import Platform
from tests.stories.audit import audit, read_book
from tests.surfaces.storefront.guest import TOLD, Answer, Guest

STOCK = 3
PATIENCE_SECONDS = 20.0
CASH = {"gateway": "cash_on_delivery"}


class Late:
    """One guest whose card is charged late. Every article has a price of its own, by which the charge is known."""

    def __init__(self, platform: Platform, article: int) -> None:
        self.platform = platform
        self.article = article
        self.guest = Guest(platform, f"192.0.2.{article}")
        self.path = self.guest.fill(article=article)
        self.total = next(each["amount"] for each in self.look()["totals"] if each["type"] == "total")

    def pay(self) -> Answer:
        return self.guest.pay(self.path)

    def look(self) -> dict[str, Any]:
        return self.guest.ask("GET", self.path)[1]

    @property
    def kept_minor(self) -> int:
        """What the gateway kept of the charge in the end; below zero: it does not know of it."""
        asks = [line["charge"]["ask"] for line in self.platform.twin_book()]
        mine = {ask["key"] for ask in asks if ask["amount_minor"] == self.total}
        return next((charge.kept_minor for charge in read_book(self.platform) if charge.key in mine), -1)


@pytest.fixture(scope="module")
def late() -> Iterator[dict[str, Late]]:
    """Guests who were charged late, by what each of them did meanwhile."""
    platform = Platform(MATJAR_GATEWAY_DEADLINE_SECONDS="1")
    try:
        platform.open(products=6, stock=STOCK)
        names = ("nothing", "paid otherwise", "cancelled", "changed the cart", "too late")
        guests = {name: Late(platform, article) for article, name in enumerate(names)}
        platform.set_faults(hold_charges_from=1)
        with ThreadPoolExecutor() as threads:
            answers = list(threads.map(Late.pay, guests.values()))
        assert [(status, answer["status"]) for status, answer in answers] == [(202, "complete_in_progress")] * len(
            names
        )
        _until(lambda: {each.look()["status"] for each in guests.values()} == {"ready_for_complete"})
        _meanwhile(guests, platform)
        platform.set_faults()
        waited, *others = guests.values()
        _until(lambda: waited.look()["status"] == "completed" and not any(each.kept_minor for each in others))
        assert asyncio.run(audit(platform, [], stock=STOCK)) == []
        yield guests
    finally:
        platform.stop()


def _meanwhile(guests: dict[str, Late], platform: Platform) -> None:
    """They were told that nothing came of it, and act on that; what was held for them is free again."""
    assert {each.kept_minor for each in guests.values()} == {-1}
    assert set(platform.read(_available).values()) == {STOCK}
    otherwise, cancelled, changed, slow = (guests[name] for name in list(guests)[1:])
    assert otherwise.guest.complete(otherwise.path, CASH)[0] == 200
    assert cancelled.guest.ask("POST", f"{cancelled.path}/cancel")[1]["status"] == "canceled"
    item = {"id": str(platform.variant_ids[changed.article])}
    more = TOLD | {"line_items": [{"item": item, "quantity": 2}]}
    assert changed.guest.ask("PUT", changed.path, more)[0] == 200
    faster = slow.guest.fill(article=slow.article, quantity=STOCK)
    assert slow.guest.complete(faster, CASH)[0] == 200


def test_who_only_waited_has_their_order(late: dict[str, Late]) -> None:
    waited = late["nothing"]
    assert waited.look()["status"] == "completed"
    assert waited.kept_minor == waited.total


def test_who_paid_otherwise_has_one_order_and_the_card_s_money_back(late: dict[str, Late]) -> None:
    otherwise = late["paid otherwise"]
    assert otherwise.look()["payment"] == {"gateway": "cash_on_delivery", "state": "deferred"}
    assert otherwise.kept_minor == 0


@pytest.mark.parametrize(
    ("did", "status"),
    [("cancelled", "canceled"), ("changed the cart", "ready_for_complete"), ("too late", "ready_for_complete")],
)
def test_who_cannot_or_will_not_have_it_any_more_has_no_order_and_the_money_back(
    late: dict[str, Late], did: str, status: str
) -> None:
    assert late[did].look()["status"] == status
    assert "order" not in late[did].look()
    assert late[did].kept_minor == 0


def _available(view: Reading) -> dict[int, int]:
    rows = view.all("SELECT inventory_item_id FROM inventory_levels WHERE shop_id = :shop_id")
    return inventory.available(view, item_ids=[row[0] for row in rows])


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.05)
