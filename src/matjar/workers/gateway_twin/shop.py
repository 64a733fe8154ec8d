"""The shop's door: charge, find, capture, void, refund.

Between looking a charge up and writing it down nothing is awaited, so two requests with one key cannot both charge.
"""

import asyncio
from collections.abc import Callable

import msgspec

from matjar.core.refusal import Refusal
from matjar.workers.gateway_twin import charges
from matjar.workers.gateway_twin.book import Book
from matjar.workers.gateway_twin.charges import KEY_REUSED, NOT_AUTHORIZED, Ask, Charge, State, Step
from matjar.workers.gateway_twin.faults import Dropped
from matjar.workers.gateway_twin.hosts import check_address
from matjar.workers.gateway_twin.outcomes import outcome_of, seal
from matjar.workers.gateway_twin.webhooks import Courier
from matjar.workers.gateway_twin.wire import UNKNOWN, Answer, Call

_encode = msgspec.json.Encoder().encode
_read_ask = msgspec.json.Decoder(Ask).decode
_read_step = msgspec.json.Decoder(Step).decode


class ShopDoor:
    """What a shop asks of its gateway. ``slow_seconds``: how long the slow card makes it wait."""

    def __init__(
        self, book: Book, courier: Courier, secret: str, allowed_hosts: frozenset[str], slow_seconds: float
    ) -> None:
        self._book = book
        self._courier = courier
        self._secret = secret
        self._allowed_hosts = allowed_hosts
        self._slow_seconds = slow_seconds

    async def charge(self, call: Call) -> Answer:
        """Charge once per key: the same key and content get the same answer, other content ``twin.key_reused``."""
        ask = _read_ask(call.body)
        known = self._book.charges.get(ask.key)
        if known is None:
            return await self._charge_anew(call, ask)
        if known.ask != ask:
            raise KEY_REUSED()
        return self._tell(call, known)

    async def show(self, call: Call) -> Answer:
        """How a charge stands; refuses ``twin.unknown``."""
        return self._tell(call, self._find(call))

    async def capture(self, call: Call) -> Answer:
        """Take money that is held, once per key."""
        before, step = self._find(call), _read_step(call.body)
        return self._become(call, "capture", before, lambda: charges.capture(before, step))

    async def void(self, call: Call) -> Answer:
        """Let go of what is held."""
        before = self._find(call)
        return self._become(call, "void", before, lambda: charges.void(before))

    async def refund(self, call: Call) -> Answer:
        """Give money back, once per key."""
        before, step = self._find(call), _read_step(call.body)
        return self._become(call, "refund", before, lambda: charges.refund(before, step))

    async def announce(self, call: Call) -> Answer:
        """Send the charge's webhook, again if need be: to try how a shop takes the same news twice."""
        self._courier.tell(self._find(call))
        return Answer(b"{}", 202)

    async def _charge_anew(self, call: Call, ask: Ask) -> Answer:
        for address in filter(None, (ask.return_url, ask.webhook_url)):
            check_address(address, self._allowed_hosts)
        charge = charges.begin(ask)
        self._book.write("charge", charge)
        answer = self._tell(call, charge)
        card = charge.card
        if card and card.slow:
            await asyncio.sleep(self._slow_seconds)
        if card and card.answer_lost:
            raise Dropped
        return answer

    def _find(self, call: Call) -> Charge:
        charge = self._book.charges.get(call.path[1])
        if charge is None:
            raise UNKNOWN()
        return charge

    def _become(self, call: Call, did: str, before: Charge, step: Callable[[], Charge]) -> Answer:
        """Take a step and write it down; one that was taken before is answered again, and not written again."""
        try:
            after = step()
        except Refusal as refusal:
            if refusal.code != NOT_AUTHORIZED.code:
                raise
            # The shop comes too late: what it needs to know is how the charge stands instead.
            return msgspec.structs.replace(self._tell(call, before), status=409)
        if after is not before:
            self._book.write(did, after)
        return self._tell(call, after)

    def _tell(self, call: Call, charge: Charge) -> Answer:
        call.charge = charge
        challenge_url = ""
        if charge.state is State.CHALLENGED:
            key = charge.ask.key
            challenge_url = f"http://{call.header(b'host')}/pay/{key}?seal={seal(self._secret, key)}"
        return Answer(_encode(outcome_of(charge, challenge_url)))
