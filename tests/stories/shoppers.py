"""Shoppers who keep their own book: what they asked for, under which key, and every order that they were told of.

They do what the interface tells its clients to do: after a broken connection or a 503 they ask again with the same
key. What they were promised is the truth that the platform is measured by.
"""

import asyncio
import itertools
from collections import Counter
from typing import Any

import aiohttp
import msgspec

PATIENCE_SECONDS = 40.0
ADDRESS = {"name": "Sara Haddad", "line1": "12 Marina Walk", "city": "Dubai", "country": "AE"}

_numbers = itertools.count(1)
_PENDING = ("complete_in_progress", "requires_escalation")
_COMES_BACK = ("storage.busy", "storage.away", "payments.gateway_away", "checkout.in_progress")


def card(kind: str, number: int) -> dict[str, str]:
    """A payment with a test card of one's own: ``approved``, ``declined``, ``answer_lost``, ``challenged`` …"""
    return {"gateway": "twin", "token": f"tok-{number:016x}-{kind}-{number}"}


class Shopper:
    """One guest, behind an address of their own. ``patient`` ones come back until they know; others leave."""

    def __init__(self, url: str, lines: dict[int, int], *, pays: str = "approved", patient: bool = True) -> None:
        self.number = next(_numbers)
        self.lines = lines
        self.patient = patient
        self.pays = pays
        self.token = ""
        self.told: list[str] = []
        """Ids of the order that we were told of, once for each time."""
        self.ended = ""
        """``ordered``, the code of a definite no, or ``left`` without knowing."""
        self.codes: Counter[str] = Counter()
        self.faults: list[str] = []
        """Answers that no client should ever get."""
        self._url = url
        self._key = f"shopper-{self.number:012d}"
        number = self.number
        self._headers = {"x-forwarded-for": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
        self._payment = {"gateway": pays} if "_" in pays and pays != "answer_lost" else card(pays, number)

    async def fill(self, session: aiohttp.ClientSession) -> bool:
        """Come as far as the payment."""
        items = [{"item": {"id": str(id_)}, "quantity": quantity} for id_, quantity in self.lines.items()]
        told = {"buyer": {"email": f"shopper{self.number}@example.com"}, "shipping_address": ADDRESS}
        made = await self._until_known(session, "POST", "/checkout-sessions", {"line_items": items}, f"{self._key}-new")
        self.token = str(made.get("id", ""))
        if not self.token:
            self.ended = str(made.get("code"))
            return False
        ready = await self._until_known(session, "PUT", self._path, told | {"delivery": "courier"})
        return bool(ready.get("status") == "ready_for_complete")

    async def pay(self, session: aiohttp.ClientSession) -> None:
        """Pay, and come back until it is known what became of it."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            status, answer = await self._ask(session, "POST", f"{self._path}/complete", {"payment": self._payment})
            if self._understood(status, answer):
                return
            if not self.patient:
                break
            await asyncio.sleep(0.2)
        self.ended = "left"

    async def look(self, session: aiohttp.ClientSession) -> dict[str, Any]:
        """How the checkout stands; an order that it names is one that we are told of."""
        found = await self._until_known(session, "GET", self._path)
        if "order" in found:
            self.told.append(found["order"]["id"])
        return found

    @property
    def _path(self) -> str:
        return f"/checkout-sessions/{self.token}"

    def _understood(self, status: int, answer: dict[str, Any]) -> bool:
        """Whether this answer ends the matter."""
        if "order" in answer:
            self.told.append(answer["order"]["id"])
            self.ended = "ordered"
        elif status in (200, 202) and answer.get("status") in _PENDING:
            return False
        elif status == 402:
            self.ended = answer["payment"]["state"]
        elif status in (404, 409, 422) and answer["code"] not in _COMES_BACK:
            self.ended = answer["code"]
        return bool(self.ended)

    async def _until_known(
        self, session: aiohttp.ClientSession, method: str, path: str, body: object = None, key: str = ""
    ) -> dict[str, Any]:
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            status, answer = await self._ask(session, method, path, body, key)
            if status and status != 503:
                return answer
            await asyncio.sleep(0.2)
        return {"code": "nobody answered"}

    async def _ask(
        self, session: aiohttp.ClientSession, method: str, path: str, body: object = None, key: str = ""
    ) -> tuple[int, dict[str, Any]]:
        """One request; a connection that breaks is status 0: then nobody knows."""
        headers = self._headers | {"idempotency-key": key or self._key, "content-type": "application/json"}
        data = None if body is None else msgspec.json.encode(body)
        try:
            async with session.request(method, self._url + path, data=data, headers=headers) as response:
                answer = msgspec.json.decode(await response.read())
        except (aiohttp.ClientError, OSError, TimeoutError):
            self.codes["broken"] += 1
            return 0, {}
        status = response.status
        self.codes[answer.get("code", "") or str(status)] += 1
        if status >= 500 and (status != 503 or "retry-after" not in response.headers):
            self.faults.append(f"{method} {path}: {status} {answer.get('code')}")
        return status, answer
