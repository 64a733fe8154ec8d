"""The postman's process dies at its work again and again: every buyer gets their letter all the same."""

import asyncio
import email
import email.policy
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import aiohttp
import pytest
from aiosmtpd.controller import Controller

from matjar.core.tx import Reading
from tests.gateways import free_port
from tests.platform import Platform
from tests.stories.kills import until
from tests.stories.shoppers import Shopper

BUYERS = 40
KILLS = 4
SLOW_SECONDS = 0.15
"""What the mail server takes over each letter, so that a death finds some of them between its yes and our knowing."""

pytestmark = pytest.mark.timeout(240)


class Letterbox:
    """A mail server's book: each letter that it said yes to."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's own name
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.taken.append(letter)
        await asyncio.sleep(SLOW_SECONDS)
        return "250 OK"

    def ids(self) -> Counter[str]:
        """How often each letter came, by its Message-ID."""
        return Counter(str(letter["message-id"]) for letter in self.taken)

    def readers(self) -> set[str]:
        """Who was written to."""
        return {str(letter["to"]) for letter in self.taken}


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def server(letterbox: Letterbox) -> Iterator[Controller]:
    """A real mail server on this machine."""
    controller = Controller(letterbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def platform(server: Controller) -> Iterator[Platform]:
    """A platform that sends its letters there."""
    made = Platform(MATJAR_MAIL=f"smtp://127.0.0.1:{server.port}")
    try:
        yield made.open()
    finally:
        made.stop()


def test_no_letter_is_lost_and_none_comes_twice_but_those_that_were_on_their_way_at_a_death(
    platform: Platform, letterbox: Letterbox
) -> None:
    async def story() -> None:
        await _order(platform)
        for number in range(1, KILLS + 1):
            assert await until(lambda: len(letterbox.taken) >= number * BUYERS // (KILLS + 2))  # noqa: B023
            platform.kill("finisher")
            platform.start("finisher")
        assert await until(lambda: platform.read(_waiting) == 0 and len(letterbox.ids()) == BUYERS)

    asyncio.run(story())
    came = letterbox.ids()
    assert len(letterbox.readers()) == BUYERS
    assert len(came) == BUYERS, "each order has one letter, known by one Message-ID"
    twice = sum(times - 1 for times in came.values())
    assert twice <= KILLS * 4, "only those whose yes the dead process did not live to write down: four at a time"


async def _order(platform: Platform) -> None:
    """Everybody buys something, to be paid at the door."""
    shoppers = [Shopper(platform.url, {platform.variant_ids[0]: 1}, pays="cash_on_delivery") for _ in range(BUYERS)]
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(shopper.fill(session) for shopper in shoppers))
        await asyncio.gather(*(shopper.pay(session) for shopper in shoppers))
    assert {shopper.ended for shopper in shoppers} == {"ordered"}


def _waiting(view: Reading) -> int:
    row = view.one("SELECT COUNT(*) FROM notices WHERE shop_id = :shop_id AND due_at IS NOT NULL")
    return int(row[0]) if row else 0
