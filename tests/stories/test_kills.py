"""Whatever is killed, whenever: no promised order is lost, none is there twice, no money is taken for nothing."""

import asyncio
from collections.abc import Iterator

import aiohttp
import pytest

from tests.platform import Platform
from tests.stories.audit import audit
from tests.stories.kills import DEADLINE_SECONDS, IN_EACH_STEP, IN_FLIGHT, STOCK, Killer, until
from tests.stories.shoppers import Shopper

SEED = 20251201
KILLS = 10

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
    killer = Killer(platform, SEED)

    async def story() -> list[str]:
        async with aiohttp.ClientSession() as session:
            shoppers = [Shopper(platform.url, {platform.variant_ids[0]: 1}, patient=False) for _ in range(30)]
            await asyncio.gather(*(shopper.fill(session) for shopper in shoppers))
            platform.set_faults(latency_ms=400)
            paying = [asyncio.create_task(shopper.pay(session)) for shopper in shoppers]
            await until(lambda: platform.paying()["charge"] == len(shoppers))
            platform.kill("storefront")
            await asyncio.gather(*paying)
        await asyncio.sleep(2 * DEADLINE_SECONDS)
        for _ in range(4):
            await asyncio.sleep(killer.chance.uniform(0.2, 1.2))
            platform.kill("finisher")
            platform.start("finisher")
        platform.set_faults()
        platform.start("storefront")
        await until(platform.is_well)
        assert {shopper.ended for shopper in shoppers} == {"left"}
        return await audit(platform, shoppers, stock=STOCK)

    assert asyncio.run(story()) == []
    assert platform.twin_book()
