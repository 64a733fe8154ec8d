"""More buyers than pieces, all at once: what is there is sold, exactly, on both engines."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from benchmarks import hot
from benchmarks.buyers import Cart
from benchmarks.hot import Drop
from benchmarks.platform import ENGINES, port_of, running
from benchmarks.shop import SHOP_ID
from tests.stories.audit import audit

pytestmark = pytest.mark.timeout(120)
both_engines = pytest.mark.parametrize(
    "engine", [pytest.param(name, marks=[pytest.mark.postgres] if name == "PostgreSQL" else []) for name in ENGINES]
)


@both_engines
def test_two_thousand_buyers_and_two_hundred_pieces_make_two_hundred_orders(engine: str) -> None:
    ended = asyncio.run(_drop(engine, 1, hot.STOCK, hot.one_article))
    hot.check_one_article(ended)


@both_engines
def test_mixed_carts_of_ten_hot_articles_sell_each_as_often_as_it_is_there(engine: str) -> None:
    ended = asyncio.run(_drop(engine, hot.MIXED_ARTICLES, hot.MIXED_STOCK, hot.mixed_carts))
    hot.check_mixed(ended)


async def _drop(engine: str, articles: int, stock: int, carts: Callable[[Sequence[int]], list[Cart]]) -> Drop:
    """A drop on a platform of its own, whose books are right afterwards."""
    async with running(engine, products=articles, stock=stock) as platform:
        ended = await hot.drop(port_of(platform), carts(platform.variant_ids))
        assert await audit(platform, [], stock=stock) == []
        storage = platform.storage()
        assert await storage.read(SHOP_ID, hot.sold_in) == hot.sold_of(ended)
        assert await storage.read(SHOP_ID, hot.left) == articles * stock - sum(hot.sold_of(ended).values())
        await storage.close()
        return ended
