"""The finisher: ends what others began and did not live to end, and sweeps what is kept no longer.

Charges whose answer never came, captures, voids and refunds that are due; then lapsed holds, carts, checkouts, counted
tries, old keys and the old end of the feed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import structlog

from matjar.core.clock import monotonic_seconds
from matjar.core.limits import RETRIES_REMEMBERED
from matjar.core.refusal import Refusal
from matjar.domain import attempts, carts, catalog, checkout, customers, inventory, notices, payments, waiting
from matjar.edge.capturing import finish_transaction
from matjar.edge.paying import Cashier
from matjar.edge.refunding import finish_refund
from matjar.resilience.retrying import Retrying
from matjar.storage import feed, keeping
from matjar.storage.desk import Desk, Storage

LOOK_SECONDS = 1.0
"""Between looks for what is due: a buyer whose surface died waits this much longer at most."""

SWEEP_SECONDS = 60.0
LONGEST_RETRY_SECONDS = 300.0
"""Between tries of what fails and fails: a gateway that was away for long is believed again within five minutes."""

_AT_ONCE = 50

_log = structlog.get_logger("matjar.finisher")


async def serve(storage: Storage, cashier: Cashier, door: Path, *beside: Callable[[], Awaitable[None]]) -> None:
    """Finish and sweep for ever, with what else is done ``beside``.

    Whoever calls at ``door`` is hung up on, and so knows that this process lives.
    """
    async with await asyncio.start_unix_server(lambda _, caller: caller.close(), door):
        await asyncio.gather(Finisher(storage, cashier).run(), *(work() for work in beside))


class Finisher:
    """One round at a time, over every shop that there is."""

    def __init__(self, storage: Storage, cashier: Cashier, clock: Callable[[], float] = monotonic_seconds) -> None:
        self._storage = storage
        self._cashier = cashier
        self._clock = clock
        self._retrying = Retrying(LOOK_SECONDS, LONGEST_RETRY_SECONDS, RETRIES_REMEMBERED)
        self._storage_is_away = False

    async def run(self) -> None:
        """Look and sweep for ever. What fails is tried again, ever later, while all else goes on."""
        next_sweep = 0.0
        while True:
            now = self._clock()
            await self.look(self.finish_due)
            if now >= next_sweep:
                await self.look(self.sweep)
                next_sweep = now + SWEEP_SECONDS
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self, work: Callable[[Desk], Awaitable[None]]) -> None:
        """One round: the work, for each shop."""
        try:
            positions = await self._storage.read(0, feed.positions)
        except Refusal as refusal:
            if not self._storage_is_away:
                _log.warning("storage_away", code=refusal.code)
            self._storage_is_away = True
            return
        self._storage_is_away = False
        for position in positions:
            desk = self._storage.desk(position.shop_id, request_id="finisher")
            await self._try(work.__name__, desk, 0, partial(work, desk))

    async def finish_due(self, desk: Desk) -> None:
        """End one shop's charges, captures, voids and refunds that are due."""
        # What fails again and again stands first, and must not hide what has come since.
        most = _AT_ONCE + len(self._retrying)
        intents = await desk.read(lambda view: payments.due_intents(view, most=most))
        transactions = await desk.read(lambda view: payments.due_transactions(view, most=most))
        refunds = await desk.read(lambda view: payments.due_refunds(view, most=most))
        gateways = self._cashier.gateways
        cashier, gateways = self._cashier, self._cashier.gateways
        await asyncio.gather(
            *(self._try("charge", desk, each.id, partial(cashier.finish, desk, each)) for each in intents),
            *(
                self._try("transaction", desk, each.id, partial(finish_transaction, desk, gateways, each))
                for each in transactions
            ),
            *(self._try("refund", desk, each.id, partial(finish_refund, desk, gateways, each)) for each in refunds),
        )

    async def _try(self, what: str, desk: Desk, number: int, work: Callable[[], Awaitable[object]]) -> None:
        """Do one thing, unless it failed and its time has not come; what stops it is told once for each try."""
        thing = (what, desk.shop_id, number)
        if not self._retrying.is_due(thing, self._clock()):
            return
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - a round outlives whatever stops one thing of it
            again_in = self._retrying.failed(thing, self._clock())
            told = _log.bind(what=what, shop=desk.shop_id, id=number, again_in_seconds=again_in)
            if isinstance(error, Refusal):
                told.warning("not_finished", code=error.code)
            else:
                told.exception("not_finished")
        else:
            self._retrying.succeeded(thing)

    async def sweep(self, desk: Desk) -> None:
        """Delete one shop's lapsed rows, a bounded number at a time."""
        for sweeper in (
            inventory.give_back_lapsed, carts.sweep, checkout.sweep, attempts.sweep, keeping.sweep_keys,
            keeping.sweep_feed, customers.sweep, notices.sweep, catalog.sweep,
            waiting.sweep,
        ):  # fmt: skip
            while await desk.submit(sweeper)():
                pass
