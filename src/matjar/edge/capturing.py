"""Taking money that is held, or letting it go: begin (a transaction) · the gateway (none) · settle (a transaction).

What the gateway does not answer in time stays written down, and the finisher asks again under the same key.
"""

import asyncio
from collections.abc import Mapping

from matjar.core.limits import CHARGE_DEADLINE_SECONDS
from matjar.core.refusal import Kind, Refusal
from matjar.core.tx import assert_outside
from matjar.domain import orders, payments
from matjar.domain.orders import Begun
from matjar.domain.payments import GATEWAY_AWAY, Deed, Gateway, Outcome, State, Status, Transaction
from matjar.storage.desk import Desk

Gateways = Mapping[str, Gateway]


async def capture(
    desk: Desk, gateways: Gateways, *, order_id: int, amount_minor: int | None = None, key: str = ""
) -> Begun:
    """Take an order's held money: all that is due, or less; refuses as ``orders.begin_capture`` does.

    A transaction that comes back still ``pending`` is on its way. ``key`` makes the whole safe to repeat.
    """
    begun = await desk.submit(orders.begin_capture, key=key)(order_id=order_id, amount_minor=amount_minor)
    return await _go_on(desk, gateways, begun)


async def void(desk: Desk, gateways: Gateways, *, order_id: int, key: str = "") -> Begun:
    """Let go of an order's held money; refuses as ``orders.begin_void`` does."""
    return await _go_on(desk, gateways, await desk.submit(orders.begin_void, key=key)(order_id=order_id))


async def finish_transaction(desk: Desk, gateways: Gateways, transaction: Transaction) -> Transaction:
    """Ask the gateway to capture or void, and record its answer; repeating it does it once.

    A gateway that this platform cannot reach has done nothing, and a person must. Refuses ``payments.gateway_away``,
    and then the transaction is still open.
    """
    assert_outside()
    gateway = gateways.get(transaction.gateway)
    outcome = Outcome(State.AUTHORIZED)
    if gateway is not None:
        key = payments.key_of(desk.shop_id, transaction.id)
        if transaction.kind is Deed.CAPTURE:
            call = gateway.capture(transaction.reference, transaction.amount_minor, key)
        else:
            call = gateway.void(transaction.reference, key)
        try:
            outcome = await asyncio.wait_for(call, CHARGE_DEADLINE_SECONDS)
        except TimeoutError:
            raise GATEWAY_AWAY(gateway=transaction.gateway) from None
    return await desk.submit(orders.settle_transaction)(transaction_id=transaction.id, outcome=outcome)


async def _go_on(desk: Desk, gateways: Gateways, begun: Begun) -> Begun:
    """Do what was begun, if the gateway answers now; else the finisher does it."""
    transaction = begun.transaction
    assert transaction is not None
    try:
        if transaction.status is Status.PENDING:
            transaction = await finish_transaction(desk, gateways, transaction)
    except Refusal as refusal:
        if refusal.kind not in (Kind.AWAY, Kind.BUSY):
            raise
    order = await desk.read(lambda view: orders.load(view, order_id=begun.order.id))
    return Begun(order, transaction=transaction)
