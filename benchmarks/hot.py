"""A drop: many more buyers than pieces, all at once. What is there is sold, once, and everybody else is told so."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from functools import partial

import msgspec

from benchmarks.buyers import Buyer, Cart, Tally
from benchmarks.client import connect
from benchmarks.figures import Figure, Run, of_runs, repeat
from benchmarks.machine import Meter
from benchmarks.platform import ENGINES, Platform, port_of, running
from benchmarks.shop import SHOP_ID
from matjar.core.tx import Reading

STOCK = 200
BUYERS = 2_000
PATIENCE = 600
"""How often a buyer of a drop comes back when told that the shop is busy: until they know."""

MIXED_ARTICLES = 10
MIXED_STOCK = 60
MIXED_BUYERS = 600

SOLD_OUT = "inventory.sold_out"
BUSY = "storage.busy"

_LEFT = "SELECT SUM(on_hand - committed - reserved) FROM inventory_levels WHERE shop_id = :shop_id"
_SOLD = """
    SELECT variant_id, CAST(SUM(quantity) AS BIGINT) FROM line_items WHERE shop_id = :shop_id GROUP BY variant_id
"""


class Drop(msgspec.Struct, frozen=True):
    """How it ended."""

    tally: Tally
    seconds: float
    bought: list[Cart]
    refused: list[Cart]

    @property
    def tries_again(self) -> int:
        """How often somebody was told to come back in a moment, and did."""
        return self.tally.codes[BUSY]

    @property
    def other_codes(self) -> set[str]:
        """What nobody should have been told."""
        return set(self.tally.codes) - {SOLD_OUT, BUSY}


async def drop(port: int, carts: Sequence[Cart]) -> Drop:
    """One buyer for each cart, all connected before the first one asks for anything."""
    tally = Tally()
    connections = [await connect(port) for _ in carts]
    buyers = [Buyer(connection.ask, tally, patience=PATIENCE) for connection in connections]
    began = time.perf_counter()
    orders = await asyncio.gather(*(buyer.buy(cart) for buyer, cart in zip(buyers, carts, strict=True)))
    seconds = time.perf_counter() - began
    for connection in connections:
        connection.close()
    ended = list(zip(orders, carts, strict=True))
    return Drop(tally, seconds, [cart for order, cart in ended if order], [cart for order, cart in ended if not order])


def one_article(variant_ids: Sequence[int], buyers: int = BUYERS) -> list[Cart]:
    """Everybody wants the same."""
    return [[str(variant_ids[0])]] * buyers


def mixed_carts(variant_ids: Sequence[int], buyers: int = MIXED_BUYERS, seed: int = 1) -> list[Cart]:
    """Everybody wants one to four of the same few articles."""
    chance = random.Random(seed)  # noqa: S311 - the same crowd each time
    names = [str(variant_id) for variant_id in variant_ids]
    return [chance.sample(names, chance.randint(1, 4)) for _ in range(buyers)]


def check_one_article(ended: Drop, *, stock: int = STOCK) -> None:
    """Exactly the stock was sold, and everybody else was told that there is no more."""
    assert len(set(ended.tally.orders)) == len(ended.tally.orders) == stock, len(ended.tally.orders)
    assert ended.tally.codes[SOLD_OUT] == len(ended.refused), ended.tally.codes
    assert not ended.other_codes, ended.tally.codes


def check_mixed(ended: Drop, *, stock: int = MIXED_STOCK) -> None:
    """No article was sold more often than it was there, and nobody was refused who could have been served."""
    sold = sold_of(ended)
    assert max(sold.values()) <= stock, sold
    assert ended.tally.codes[SOLD_OUT] == len(ended.refused), ended.tally.codes
    assert not ended.other_codes, ended.tally.codes
    for cart in ended.refused:
        assert any(sold.get(variant_id, 0) == stock for variant_id in cart), f"{cart} could have been sold: {sold}"


def sold_of(ended: Drop) -> dict[str, int]:
    """Pieces that buyers were told are theirs, by article."""
    sold: dict[str, int] = {}
    for cart in ended.bought:
        for variant_id in cart:
            sold[variant_id] = sold.get(variant_id, 0) + 1
    return sold


def left(view: Reading) -> int:
    """Pieces that can still be promised."""
    row = view.one(_LEFT)
    return int(row[0]) if row else 0


def sold_in(view: Reading) -> dict[str, int]:
    """Pieces in the orders' lines, by article."""
    return {str(variant_id): pieces for variant_id, pieces in view.all(_SOLD)}


async def measure() -> AsyncIterator[Figure]:
    """That what is there is sold exactly as often as it is there, and how long everybody needs to know."""
    for engine in ENGINES:
        runs = await repeat(partial(_one_article, engine))
        yield of_runs(
            engine, f"{BUYERS:,} buyers of one article, {STOCK} pieces: orders", "", runs, "orders",
            least=STOCK, most=STOCK, beside=_BESIDE,
        )  # fmt: skip
        runs = await repeat(partial(_mixed_carts, engine))
        pieces = MIXED_ARTICLES * MIXED_STOCK
        yield of_runs(
            engine, f"{MIXED_BUYERS} mixed carts, {MIXED_ARTICLES} articles, {pieces} pieces: sold and left", "",
            runs, "sold and left", least=pieces, most=pieces, beside=("orders", *_BESIDE),
        )  # fmt: skip


_BESIDE = ("sold out", "left", "busy", "orders/s", "seconds")


async def _one_article(engine: str) -> Run:
    async with running(engine, products=1, stock=STOCK) as platform:
        ended, run = await _run(platform, one_article(platform.variant_ids))
    check_one_article(ended)
    return run


async def _mixed_carts(engine: str) -> Run:
    async with running(engine, products=MIXED_ARTICLES, stock=MIXED_STOCK) as platform:
        ended, run = await _run(platform, mixed_carts(platform.variant_ids))
    check_mixed(ended)
    return run


async def _run(platform: Platform, carts: Sequence[Cart]) -> tuple[Drop, Run]:
    with Meter() as meter:
        ended = await drop(port_of(platform), carts)
    storage = platform.storage()
    pieces_left = await storage.read(SHOP_ID, left)
    sold = await storage.read(SHOP_ID, sold_in)
    await storage.close()
    orders = len(ended.tally.orders)
    return ended, {
        "orders": orders,
        "orders/s": orders / ended.seconds,
        "sold and left": sum(sold.values()) + pieces_left,
        "sold out": ended.tally.codes[SOLD_OUT],
        "left": pieces_left,
        "busy": ended.tries_again,
        "seconds": ended.seconds,
    } | meter.shares()
