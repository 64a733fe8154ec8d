"""Buyers: guests who each do a full checkout in three calls, as a program would that knows the storefront's routes."""

import asyncio
import itertools
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from benchmarks.client import Answer, connect, request
from benchmarks.shop import DELIVERY, HOST
from matjar.workers.gateway_twin.cards import mint_token

Ask = Callable[[bytes], Awaitable[Answer]]
Cart = Sequence[str]

PATIENCE = 60
"""How often a buyer comes back when told that the shop is busy, each time after as long as it was told."""

PAYMENT = {"gateway": "twin", "token": mint_token("4242424242424242")}
HOME = {"name": "Sara Haddad", "line1": "12 Marina Walk", "city": "Dubai", "country": "AE"}

_numbers = itertools.count()
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass
class Tally:
    """What buyers met. Times are seconds, ``flows`` from the first call of a checkout to its order."""

    calls: list[float] = field(default_factory=list)
    refusals: list[float] = field(default_factory=list)
    """How long it took to hear that the shop is busy."""
    flows: list[float] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    last_order_at: float = 0.0
    """By ``time.perf_counter``."""
    codes: Counter[str] = field(default_factory=Counter)
    """Every "no" by its code, ``storage.busy`` among them."""
    late: list[float] = field(default_factory=list)
    """By how much the generator was late to let a buyer in: its own fault, not the platform's."""


class Buyer:
    """One guest, behind an address of their own."""

    def __init__(self, ask: Ask, tally: Tally, *, patience: int = PATIENCE) -> None:
        """``patience``: how often they come back to begin a checkout; what they have begun they always see through."""
        self._ask = ask
        self._tally = tally
        self._patience = patience
        self.number = next(_numbers)
        self._from = address_of(self.number)

    async def buy(self, cart: Cart, since: float | None = None) -> str:
        """A whole checkout: the order's id, or nothing. ``since``: when the buyer came, if not just now."""
        began = since or time.perf_counter()
        lines = [{"item": {"id": variant_id}, "quantity": 1} for variant_id in cart]
        made = await self._call("POST", "/checkout-sessions", {"line_items": lines}, self._patience, began)
        if made is None:
            return ""
        path = f"/checkout-sessions/{made['id']}"
        told = {
            "buyer": {"email": f"buyer{self.number}@example.com"},
            "shipping_address": HOME,
            "delivery": DELIVERY,
        }
        if await self._call("PUT", path, told) is None:
            return ""
        paid = await self._call("POST", f"{path}/complete", {"payment": PAYMENT})
        if paid is None or paid.get("status") != "completed":
            return ""
        self._tally.last_order_at = time.perf_counter()
        self._tally.flows.append(self._tally.last_order_at - began)
        order: str = paid["order"]["id"]
        self._tally.orders.append(order)
        return order

    async def _call(
        self, method: str, path: str, body: dict[str, Any], patience: int = PATIENCE, since: float | None = None
    ) -> dict[str, Any] | None:
        """One call, made again as told while the shop is busy; None: the answer was no."""
        headers = [("X-Forwarded-For", self._from)]
        if path.endswith("/complete"):
            headers.append(("Idempotency-Key", f"buyer-{self.number:06d}-{time.time_ns()}"))
        content = request(method, path, HOST, _encode(body), headers)
        for tries_left in range(patience, -1, -1):
            began = since or time.perf_counter()
            answer = await self._ask(content)
            seconds, since = time.perf_counter() - began, None
            if answer.status < 300:
                self._tally.calls.append(seconds)
                return _decode(answer.body)
            code = _decode(answer.body).get("code", str(answer.status))
            self._tally.codes[code] += 1
            if code != "storage.busy":
                return None
            self._tally.refusals.append(seconds)
            if tries_left:
                # Everybody is told the same: a pause that differs keeps them from coming back all at once.
                await asyncio.sleep(answer.retry_after_seconds * random.uniform(1.0, 2.0))  # noqa: S311
        return None


def address_of(number: int) -> str:
    """Where a buyer of this number calls from: nobody else does."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


async def buy_for(seconds: float, *, buyers: int, port: int, carts: Sequence[Cart]) -> Tally:
    """Let so many buyers buy again and again, each on a connection of their own, for so long."""
    tally = Tally()
    choices = itertools.cycle(carts)
    ends = time.perf_counter() + seconds

    async def shop() -> None:
        connection = await connect(port)
        while time.perf_counter() < ends:
            await Buyer(connection.ask, tally).buy(next(choices))
        connection.close()

    await asyncio.gather(*(shop() for _ in range(buyers)))
    return tally


async def arrive(
    rate: float, seconds: float, *, ask: Ask, carts: Iterator[Cart], tally: Tally, patience: int = 0
) -> None:
    """Let buyers arrive at this rate, at chance moments that no answer delays, and wait until all have left."""
    chance = random.Random(1)  # noqa: S311 - the same crowd each time
    under_way: set[asyncio.Task[str]] = set()
    due = began = time.perf_counter()
    while due < began + seconds:
        while due <= (now := time.perf_counter()):
            tally.late.append(now - due)
            task = asyncio.create_task(Buyer(ask, tally, patience=patience).buy(next(carts), due))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            due += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
    await asyncio.gather(*under_way)
