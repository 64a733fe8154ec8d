"""Whatever is killed, whenever: no promised order is lost, none is there twice, no money is taken for nothing."""

import asyncio
from collections.abc import Iterator
from functools import partial

import aiohttp
import pytest

from matjar.core.tx import Reading
from tests.platform import Platform
from tests.stories.audit import audit, read_book
from tests.stories.kills import DEADLINE_SECONDS, IN_EACH_STEP, IN_FLIGHT, STOCK, Killer, until
from tests.stories.shoppers import Shopper

SEED = 20251201
KILLS = 10
BEREFT = 30
"""Shoppers whose storefront dies on them."""

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    """A platform to break, whose finisher does not wait for long."""
    made = Platform(request.param, MATJAR_GATEWAY_DEADLINE_SECONDS=str(DEADLINE_SECONDS))
    try:
        yield made.open(stock=STOCK)
    finally:
        made.stop()


def test_ten_kills_amid_payments_lose_nothing_and_do_nothing_twice(platform: Platform) -> None:
    killer = Killer(platform, SEED)
    victims = [platform.names[number % len(platform.names)] for number in range(KILLS)]
    killer.chance.shuffle(victims)

    async def story() -> list[str]:
        for victim in victims:
            await killer.kill(victim)
        return await audit(platform, killer.shoppers, stock=STOCK)

    found = asyncio.run(story())
    assert not found, "\n".join([f"seed {SEED}, {victims}", *found])
    for kill in killer.kills:
        assert kill.in_flight >= IN_FLIGHT
        assert min(kill.steps.values()) >= IN_EACH_STEP
    assert sum(shopper.ended == "ordered" for shopper in killer.shoppers) > len(killer.shoppers) // 2


def test_a_finisher_that_is_killed_at_its_work_again_and_again_is_followed_by_one_that_ends_it(
    platform: Platform,
) -> None:
    shoppers = [Shopper(platform.url, {platform.variant_ids[0]: 1}, patient=False) for _ in range(BEREFT)]

    async def story() -> list[str]:
        platform.kill("finisher")
        await _lose_the_storefront(platform, shoppers)
        assert {shopper.ended for shopper in shoppers} == {"left"}
        assert await until(lambda: len(platform.twin_book()) == BEREFT)
        await _kill_finishers(platform)
        assert await until(lambda: platform.read(_orders) == BEREFT)
        platform.start("storefront")
        assert await until(platform.is_well)
        return await audit(platform, shoppers, stock=STOCK)

    assert asyncio.run(story()) == []
    charges = read_book(platform)
    assert len(charges) == BEREFT
    assert all(charge.kept_minor > 0 for charge in charges)


async def _lose_the_storefront(platform: Platform, shoppers: list[Shopper]) -> None:
    """Every shopper's charge has reached the gateway, and is made only when nobody is there to be told."""
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(shopper.fill(session) for shopper in shoppers))
        before = platform.twin_asked()
        platform.set_faults(hold_charges_from=before + 1)
        paying = [asyncio.create_task(shopper.pay(session)) for shopper in shoppers]
        assert await until(lambda: platform.twin_asked() >= before + len(shoppers))
        platform.kill("storefront")
        await asyncio.gather(*paying)
    platform.set_faults(latency_ms=1000 * DEADLINE_SECONDS / 2)


async def _kill_finishers(platform: Platform) -> None:
    """One dies at its first question, others amid them, one while it writes down what it heard."""
    for questions in (1, BEREFT // 3, BEREFT * 2 // 3):
        before = platform.twin_asked()
        platform.start("finisher")
        assert await until(partial(_was_asked, platform, before + questions))
        platform.kill("finisher")
    platform.start("finisher")
    assert await until(lambda: platform.read(_orders) > 0)
    platform.kill("finisher")
    platform.set_faults()
    platform.start("finisher")


def _was_asked(platform: Platform, times: int) -> bool:
    return platform.twin_asked() >= times


def _orders(view: Reading) -> int:
    return int(view.all("SELECT COUNT(*) FROM orders WHERE shop_id = :shop_id")[0][0])
