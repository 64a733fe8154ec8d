"""Whatever is killed, whenever: no promised order is lost, none is there twice, no money is taken for nothing."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.platform import Platform
from tests.stories.audit import audit
from tests.stories.kills import DEADLINE_SECONDS, IN_EACH_STEP, IN_FLIGHT, STOCK, Killer

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
