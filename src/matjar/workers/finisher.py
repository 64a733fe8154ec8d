"""The finisher: ends what others began and did not live to end, and sweeps what is kept no longer.

Charges whose answer never came, captures, voids and refunds that are due; then lapsed holds, carts, checkouts, counted
tries, old keys and the old end of the feed.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from matjar.core.refusal import Refusal
from matjar.domain import attempts, carts, checkout, inventory, payments
from matjar.edge.capturing import finish_transaction
from matjar.edge.paying import Cashier
from matjar.edge.refunding import finish_refund
from matjar.storage import feed, keeping
from matjar.storage.desk import Desk, Storage

LOOK_SECONDS = 1.0
"""Between looks for what is due: a buyer whose surface died waits this much longer at most."""

SWEEP_SECONDS = 60.0
_AT_ONCE = 50

_log = structlog.get_logger("matjar.finisher")


class Finisher:
    """One round at a time, over every shop that there is."""

    def __init__(self, storage: Storage, cashier: Cashier) -> None:
        self._storage = storage
        self._cashier = cashier

    async def run(self) -> None:
        """Look and sweep for ever. What fails is looked at again in the next round."""
        next_sweep = 0.0
        while True:
            now = asyncio.get_running_loop().time()
            await self._round(self.finish_due)
            if now >= next_sweep:
                await self._round(self.sweep)
                next_sweep = now + SWEEP_SECONDS
            await asyncio.sleep(LOOK_SECONDS)

    async def _round(self, work: Callable[[Desk], Awaitable[None]]) -> None:
        try:
            positions = await self._storage.read(0, feed.positions)
        except Refusal as refusal:
            _log.warning("storage_away", code=refusal.code)
            return
        for position in positions:
            try:
                await work(self._storage.desk(position.shop_id, request_id="finisher"))
            except Refusal as refusal:
                _log.warning("not_finished", shop=position.shop_id, code=refusal.code)
            except Exception:  # noqa: BLE001 - a round outlives whatever stops one shop of it
                _log.exception("round_failed", shop=position.shop_id)

    async def finish_due(self, desk: Desk) -> None:
        """End one shop's charges, captures, voids and refunds that are due."""
        intents = await desk.read(lambda view: payments.due_intents(view, most=_AT_ONCE))
        transactions = await desk.read(lambda view: payments.due_transactions(view, most=_AT_ONCE))
        refunds = await desk.read(lambda view: payments.due_refunds(view, most=_AT_ONCE))
        gateways = self._cashier.gateways
        work: list[Awaitable[object]] = [self._cashier.finish(desk, intent) for intent in intents]
        work += [finish_transaction(desk, gateways, transaction) for transaction in transactions]
        work += [finish_refund(desk, gateways, refund) for refund in refunds]
        for ended in await asyncio.gather(*work, return_exceptions=True):
            if isinstance(ended, Refusal):
                _log.warning("not_finished", shop=desk.shop_id, code=ended.code)
            elif isinstance(ended, BaseException):
                _log.error("not_finished", shop=desk.shop_id, exc_info=ended)

    async def sweep(self, desk: Desk) -> None:
        """Delete one shop's lapsed rows, a bounded number at a time."""
        for sweeper in (
            inventory.give_back_lapsed, carts.sweep, checkout.sweep, attempts.sweep, keeping.sweep_keys,
            keeping.sweep_feed,
        ):  # fmt: skip
            while await desk.submit(sweeper)():
                pass
