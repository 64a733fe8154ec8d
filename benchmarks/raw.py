"""The raw rate: the same checkouts, given straight to the storage by whoever would otherwise call over HTTP."""

import asyncio
import itertools
import time

from benchmarks.platform import Platform
from benchmarks.shop import DELIVERY, SHOP_ID
from matjar.core.address import Address
from matjar.core.ids import hash_token, mint_token
from matjar.core.tx import BUYER
from matjar.domain import checkout
from matjar.domain.carts import Line
from matjar.domain.checkout import Details
from matjar.domain.payments import Outcome, State
from matjar.storage.desk import Storage

_HOME = Address(name="Sara Haddad", line1="12 Marina Walk", city="Dubai", country="AE")


async def checkouts_per_second(platform: Platform, seconds: float, *, at_once: int) -> float:
    """Create, update, prepare and settle, again and again, by so many at once; the gateway says yes without a call."""
    storage = platform.storage()
    articles = itertools.cycle(platform.variant_ids)
    numbers = itertools.count()
    ends = time.perf_counter() + seconds

    async def buy() -> None:
        while time.perf_counter() < ends:
            await _check_out(storage, next(articles), next(numbers))

    began = time.perf_counter()
    await asyncio.gather(*(buy() for _ in range(at_once)))
    rate = next(numbers) / (time.perf_counter() - began)
    await storage.close()
    return rate


async def _check_out(storage: Storage, variant_id: int, number: int) -> None:
    desk = storage.desk(SHOP_ID, BUYER)
    token_hash = hash_token(mint_token())
    details = Details(email=f"buyer{number}@example.com", shipping=_HOME, delivery_id=DELIVERY)
    await desk.submit(checkout.create)(token_hash=token_hash, lines=(Line(variant_id, 1),), language="en")
    await desk.submit(checkout.update)(token_hash=token_hash, details=details)
    prepared = await desk.submit(checkout.prepare)(token_hash=token_hash, gateway="twin", key=f"raw-{number:012d}")
    outcome = Outcome(State.CAPTURED, f"ch_{prepared.key}", prepared.amount_minor)
    await desk.submit(checkout.settle)(
        intent_id=prepared.intent_id, outcome=outcome, order_token_hash=hash_token(mint_token())
    )
