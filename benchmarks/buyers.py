"""Buyers: closed-loop guests, each doing a full checkout in three calls, again and again, for a while."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Sequence

import msgspec

from benchmarks.client import Connection, connect, request

CARD = "tok-bench-approve-0"
_ADDRESS = {"name": "Sara Haddad", "line1": "12 Marina Walk", "city": "Dubai", "country": "AE"}

_numbers = itertools.count()
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class Tally:
    """What buyers met: how long each call and each whole checkout took, in seconds, and every answer's code."""

    def __init__(self) -> None:
        self.calls: list[float] = []
        self.flows: list[float] = []
        self.codes: Counter[str] = Counter()
        self.orders: list[str] = []


class Buyer:
    """One guest on one connection, behind an address of their own."""

    def __init__(self, connection: Connection, host: str, tally: Tally, payment: dict[str, str]) -> None:
        self._connection = connection
        self._host = host
        self._tally = tally
        self._payment = payment

    async def buy(self, variant_ids: Sequence[str], delivery: str) -> bool:
        """A whole checkout; whether it ended in an order."""
        number = next(_numbers)
        self._from = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        began = time.perf_counter()
        lines = [{"item": {"id": variant_id}, "quantity": 1} for variant_id in variant_ids]
        status, made = await self._call("POST", "/checkout-sessions", {"line_items": lines})
        if status != 201:
            return False
        path = f"/checkout-sessions/{made['id']}"
        told = {
            "buyer": {"email": f"buyer{number}@example.com"},
            "shipping_address": _ADDRESS,
            "delivery": delivery,
        }
        status, _ = await self._call("PUT", path, told)
        if status != 200:
            return False
        key = f"bench-{number:012d}-{time.time_ns()}"
        status, paid = await self._call("POST", f"{path}/complete", {"payment": self._payment}, key)
        if status != 200 or paid.get("status") != "completed":
            self._tally.codes[f"ended {paid.get('status', status)}"] += 1
            return False
        self._tally.flows.append(time.perf_counter() - began)
        self._tally.orders.append(paid["order"]["id"])
        return True

    async def _call(self, method: str, path: str, body: dict[str, object], key: str = "") -> tuple[int, dict[str, object]]:
        headers = [("X-Forwarded-For", self._from)] + ([("Idempotency-Key", key)] if key else [])
        content = request(method, path, self._host, _encode(body), headers)
        for _ in range(50):
            began = time.perf_counter()
            status, answer = await self._connection.ask(content)
            self._tally.calls.append(time.perf_counter() - began)
            told = _decode(answer)
            if status < 300:
                return status, told
            self._tally.codes[told.get("code", str(status))] += 1
            if told.get("code") != "storage.busy":
                return status, told
            await asyncio.sleep(0.05)
        return status, told


async def buy_for(
    seconds: float, *, buyers: int, port: int, host: str, carts: Sequence[Sequence[str]], delivery: str,
    payment: dict[str, str],
) -> tuple[Tally, float]:  # fmt: skip
    """Let so many buyers buy for so long; what they met, and how long it took in truth."""
    tally = Tally()
    choices = itertools.cycle(carts)
    ends = time.perf_counter() + seconds

    async def shop() -> None:
        buyer = Buyer(await connect(port), host, tally, payment)
        while time.perf_counter() < ends:
            await buyer.buy(next(choices), delivery)
        buyer._connection.close()

    began = time.perf_counter()
    await asyncio.gather(*(shop() for _ in range(buyers)))
    return tally, time.perf_counter() - began
