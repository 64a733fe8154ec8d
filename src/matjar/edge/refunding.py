"""Refunding, told whole: begin (a transaction) · the gateway (none) · settle (a transaction).

What the gateway does not answer in time stays written down, and the finisher asks again under the same key.
"""

import asyncio
from collections.abc import Mapping

from matjar.core.limits import CHARGE_DEADLINE_SECONDS
from matjar.core.refusal import Kind, Refusal
from matjar.core.tx import assert_outside
from matjar.domain import orders, payments
from matjar.domain.orders import Begun, CancelReason, Return
from matjar.domain.payments import GATEWAY_AWAY, Gateway, Refund, RefundState
from matjar.edge.capturing import finish_transaction
from matjar.storage.desk import Desk

Gateways = Mapping[str, Gateway]


async def refund(
    desk: Desk,
    gateways: Gateways,
    *,
    order_id: int,
    lines: tuple[Return, ...] = (),
    delivery_minor: int = 0,
    amount_minor: int = 0,
    reason: str = "",
    key: str = "",
) -> Begun:
    """Refund pieces, delivery, an amount, as ``orders.begin_refund`` says; refuses as it does.

    A refund that comes back still ``refunding`` is on its way. ``key`` makes the whole safe to repeat.
    """
    begun = await desk.submit(orders.begin_refund, key=key)(
        order_id=order_id, lines=lines, delivery_minor=delivery_minor, amount_minor=amount_minor, reason=reason
    )
    return await _go_on(desk, gateways, begun)


async def cancel(
    desk: Desk, gateways: Gateways, *, order_id: int, reason: CancelReason = CancelReason.OTHER, key: str = ""
) -> Begun:
    """Cancel an order, and give its money back or let it go; refuses as ``orders.begin_cancel`` does."""
    begun = await desk.submit(orders.begin_cancel, key=key)(order_id=order_id, reason=reason)
    return await _go_on(desk, gateways, begun)


async def finish_refund(desk: Desk, gateways: Gateways, refund: Refund) -> Refund:
    """Ask the gateway to give the money back, and record its answer; repeating it gives it once.

    A gateway that this platform cannot reach has given nothing: a person of the shop must. Refuses
    ``payments.gateway_away``, and then the refund is still open.
    """
    assert_outside()
    gateway = gateways.get(refund.gateway)
    given = False
    if gateway is not None:
        key = payments.key_of(desk.shop_id, refund.id)
        call = gateway.refund(refund.reference, refund.amount_minor, refund.currency, key)
        try:
            given = await asyncio.wait_for(call, CHARGE_DEADLINE_SECONDS)
        except TimeoutError:
            raise GATEWAY_AWAY(gateway=refund.gateway) from None
    return await desk.submit(orders.settle_refund)(refund_id=refund.id, given=given)


async def _go_on(desk: Desk, gateways: Gateways, begun: Begun) -> Begun:
    """Do what was begun as far as it can be done now; what cannot, the finisher does."""
    refund, transaction = begun.refund, begun.transaction
    try:
        if refund is not None and refund.state is RefundState.REFUNDING:
            refund = await finish_refund(desk, gateways, refund)
        if transaction is not None and transaction.status is payments.Status.PENDING:
            transaction = await finish_transaction(desk, gateways, transaction)
    except Refusal as refusal:
        if refusal.kind not in (Kind.AWAY, Kind.BUSY):
            raise
    order = await desk.read(lambda view: orders.load(view, order_id=begun.order.id))
    return Begun(order, refund, transaction)
