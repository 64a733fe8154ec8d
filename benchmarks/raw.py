"""The raw rate: the same checkouts, given straight to the storage by whoever would otherwise call over HTTP.

The same four commands with the same arguments, durable before each is answered, through the door that the storefront
itself uses: on SQLite the writer's process, on PostgreSQL a writer in this process. Missing are HTTP, JSON, the door's
turning away, and the gateway, which here says yes without a call.
"""

import asyncio
import hashlib
import itertools
import time
from collections.abc import Iterator, Sequence

from benchmarks.buyers import HOME, PAYMENT, Cart, address_of
from benchmarks.figures import Run, milliseconds
from benchmarks.machine import Meter
from benchmarks.platform import Platform
from benchmarks.shop import DELIVERY, SHOP_ID
from matjar.core.address import Address
from matjar.core.ids import hash_token, mint_token
from matjar.core.refusal import Refusal
from matjar.core.tx import Actor
from matjar.domain import checkout
from matjar.domain.carts import Line
from matjar.domain.checkout import Details
from matjar.domain.inventory import SOLD_OUT
from matjar.domain.payments import Outcome, State
from matjar.storage.desk import Storage

DROP_AT_ONCE = 64
"""Of a crowd, so many are inside at a time: as many as the storefront lets begin."""

_HOME = Address(**HOME)
_FINGERPRINT = PAYMENT["token"].split("-")[1]
_ASKED = hashlib.sha256(PAYMENT["token"].encode()).hexdigest()
_numbers = itertools.count()


async def checkouts(platform: Platform, seconds: float, carts: Sequence[Cart], *, at_once: int) -> Run:
    """So many buyers at once, each again and again, for so long."""
    return await _sell(platform, _for(seconds, carts), SHOP_ID, at_once)


async def drop(platform: Platform, carts: Sequence[Cart], *, shop_id: int) -> Run:
    """One buyer for each cart; most of them are told that it is sold out."""
    return await _sell(platform, iter(carts), shop_id, DROP_AT_ONCE)


def _for(seconds: float, carts: Sequence[Cart]) -> Iterator[Cart]:
    ends = time.perf_counter() + seconds
    for cart in itertools.cycle(carts):
        if time.perf_counter() >= ends:
            return
        yield cart


async def _sell(platform: Platform, carts: Iterator[Cart], shop_id: int, at_once: int) -> Run:
    """Orders per second until the last of them, and how long one took."""
    storage = platform.storage()
    took: list[float] = []
    last_order_at = began = time.perf_counter()

    async def buy() -> None:
        nonlocal last_order_at
        for cart in carts:
            began = time.perf_counter()
            if await _check_out(storage, shop_id, cart):
                last_order_at = time.perf_counter()
                took.append(last_order_at - began)

    with Meter() as meter:
        await asyncio.gather(*(buy() for _ in range(at_once)))
    await storage.close()
    return {
        "raw": len(took) / (last_order_at - began),
        "raw p99 ms": milliseconds(took, 0.99),
        "raw others": meter.others,
    }


async def _check_out(storage: Storage, shop_id: int, cart: Cart) -> bool:
    """Create, update, prepare, settle; False: it was sold out."""
    number, token_hash = next(_numbers), hash_token(mint_token())
    desk = storage.desk(shop_id, Actor("buyer", 0, address_of(number)))
    lines = tuple(Line(int(variant_id), 1) for variant_id in cart)
    details = Details(email=f"buyer{number}@example.com", shipping=_HOME, delivery_id=DELIVERY)
    try:
        await desk.submit(checkout.create)(token_hash=token_hash, lines=lines, language="en")
        await desk.submit(checkout.update)(token_hash=token_hash, details=details)
        prepared = await desk.submit(checkout.prepare)(
            token_hash=token_hash, gateway="twin", card_fingerprint=_FINGERPRINT, key=mint_token(), asked=_ASKED
        )
    except Refusal as no:
        if no.code != SOLD_OUT.code:
            raise
        return False
    outcome = Outcome(State.CAPTURED, f"ch_{prepared.key}", prepared.amount_minor, card_fingerprint=_FINGERPRINT)
    await desk.submit(checkout.settle)(
        intent_id=prepared.intent_id, outcome=outcome, order_token_hash=hash_token(mint_token())
    )
    return True
