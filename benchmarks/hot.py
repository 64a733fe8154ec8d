"""A drop: many more buyers than pieces, all at once. What is there is sold, once, and everybody else is told so.

All buyers are connected before the first one asks for anything. The platform lets only so many begin at a time and
tells the others to come back in a second, which they do until they have their order or hear that it is sold out: that
politeness is most of the time. The run ends by counting what the database says was sold and is left. *Raw* is the same
carts after the same stock of a second shop, straight to the storage, 64 at a time and with nobody told to come back.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial

import msgspec

from benchmarks import raw
from benchmarks.buyers import Buyer, Cart, Tally
from benchmarks.client import connect
from benchmarks.figures import Figure, Pace, Run, of_runs, repeat
from benchmarks.machine import Meter
from benchmarks.platform import ENGINES, Platform, port_of, running
from benchmarks.shop import SHOP_ID, open_shop
from matjar.core.tx import Reading

STOCK = 200
BUYERS = 2_000
PATIENCE = 600
"""How often a buyer of a drop comes back when told that the shop is busy: until they know."""

MIXED_ARTICLES = 10
MIXED_STOCK = 60
MIXED_BUYERS = 600

SECOND_SHOP_ID = 2

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
    """Until everybody knew."""
    selling_seconds: float
    """Until the last order."""
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
    bought, refused = ([cart for order, cart in ended if bool(order) is whether] for whether in (True, False))
    return Drop(tally, seconds, tally.last_order_at - began, bought, refused)


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


async def measure(pace: Pace) -> AsyncIterator[Figure]:
    """That what is there is sold exactly as often as it is there, and how fast."""
    for engine in ENGINES:
        crowd = f"{BUYERS:,} buyers of one article, {STOCK} pieces"
        runs = await repeat(partial(_one_article, engine), pace)
        yield of_runs(engine, f"{crowd}: orders", "", runs, "orders", least=STOCK, most=STOCK, beside=_BESIDE)
        yield of_runs(engine, f"{crowd}: until the last", "orders/s", runs, "orders/s", raw="raw")
        pieces = MIXED_ARTICLES * MIXED_STOCK
        crowd = f"{MIXED_BUYERS} mixed carts of {MIXED_ARTICLES} articles, {pieces} pieces"
        runs = await repeat(partial(_mixed_carts, engine), pace)
        yield of_runs(
            engine, f"{crowd}: sold and left", "", runs, "sold and left", least=pieces, most=pieces,
            beside=("orders", *_BESIDE),
        )  # fmt: skip
        yield of_runs(engine, f"{crowd}: until the last", "orders/s", runs, "orders/s", raw="raw")


_BESIDE = ("sold out", "left", "told to come back", "seconds until all know")


async def _one_article(engine: str) -> Run:
    async with running(engine, products=1, stock=STOCK) as platform:
        ended, run = await _run(platform, one_article(platform.variant_ids))
        check_one_article(ended)
        return run | await _raw(platform, 1, STOCK, one_article)


async def _mixed_carts(engine: str) -> Run:
    async with running(engine, products=MIXED_ARTICLES, stock=MIXED_STOCK) as platform:
        ended, run = await _run(platform, mixed_carts(platform.variant_ids))
        check_mixed(ended)
        return run | await _raw(platform, MIXED_ARTICLES, MIXED_STOCK, mixed_carts)


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
        "orders/s": orders / ended.selling_seconds,
        "sold and left": sum(sold.values()) + pieces_left,
        "sold out": ended.tally.codes[SOLD_OUT],
        "left": pieces_left,
        "told to come back": ended.tries_again,
        "seconds until all know": ended.seconds,
    } | meter.shares()


async def _raw(
    platform: Platform, products: int, stock: int, crowd: Callable[[Sequence[int]], Sequence[Cart]]
) -> Run:  # fmt: skip
    """The same crowd at a second shop like the first, past the storefront."""
    storage = platform.storage()
    variant_ids = await open_shop(storage, shop_id=SECOND_SHOP_ID, handle="second", products=products, stock=stock)
    await storage.close()
    return await raw.drop(platform, crowd(variant_ids), shop_id=SECOND_SHOP_ID)
