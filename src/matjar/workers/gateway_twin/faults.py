"""Faults on demand, from a seed, so that a run that went wrong can be run again."""

import asyncio
import random

import msgspec

from matjar.core.refusal import Kind, declare

FAILING = declare("twin.failing", Kind.AWAY, "The twin was told to fail.")


class Faults(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to break. Rates are shares of requests, 0 to 1."""

    latency_ms: float = 0.0
    fail_rate: float = 0.0
    """Answered 503, and nothing was charged."""
    drop_answer_after_charge: float = 0.0
    """Done and written, but the connection breaks before the answer."""
    down: bool = False
    """Every connection breaks at once."""
    hold_charges_from: int = 0
    """A charge that is this request or a later one, as ``/health`` counts those that asked, waits for other faults."""
    seed: int = 0


class Dropped(Exception):
    """Break the connection instead of answering."""


class Mischief:
    """The faults in force, and the dice."""

    def __init__(self) -> None:
        self.asked = 0
        """Requests that came in whole, whatever became of them."""
        self._turned = asyncio.Event()
        self.turn_to(Faults())

    def turn_to(self, faults: Faults) -> None:
        """From now on, these faults; the dice start anew from their seed."""
        self.faults = faults
        self._dice = random.Random(faults.seed)  # noqa: S311 -- faults must repeat, not surprise
        self._turned.set()
        self._turned = asyncio.Event()

    async def hold(self, number: int) -> None:
        """Keep a charge, the request of this number, waiting for as long as it is to be held."""
        while 0 < self.faults.hold_charges_from <= number:
            await self._turned.wait()

    async def strike_before(self) -> None:
        """Break what is to be broken before anything is done; refuses ``twin.failing``."""
        faults = self.faults
        if faults.down:
            raise Dropped
        if faults.latency_ms:
            await asyncio.sleep(faults.latency_ms / 1000)
        if faults.fail_rate and self._dice.random() < faults.fail_rate:
            raise FAILING()

    def strike_after(self) -> None:
        """Lose the answer to what was just done, if the dice say so."""
        rate = self.faults.drop_answer_after_charge
        if rate and self._dice.random() < rate:
            raise Dropped
