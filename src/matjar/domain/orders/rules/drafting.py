"""The order that a placement becomes."""

from collections.abc import Callable

import msgspec

from matjar.domain.orders.model import (
    FinancialStatus,
    FulfilmentStatus,
    LineItem,
    Order,
    Particulars,
    Placement,
    Status,
)
from matjar.domain.payments import State
from matjar.domain.pricing import LineSums

_FINANCIAL = {State.CAPTURED: FinancialStatus.PAID, State.AUTHORIZED: FinancialStatus.AUTHORIZED}


def draft(
    placement: Placement, *, new_id: Callable[[], int], number: int, currency: str, request_id: str, now: int
) -> Order:
    """The order, with its lines, as it stands at the moment in which it is placed."""
    sums = placement.sums
    nothing_due = sums.total_minor == 0
    return Order(
        id=placement.order_id,
        number=number,
        checkout_id=placement.checkout_id,
        customer_id=placement.customer_id,
        status=Status.OPEN,
        financial_status=FinancialStatus.PAID
        if nothing_due
        else _FINANCIAL.get(placement.state, FinancialStatus.PENDING),
        fulfilment_status=FulfilmentStatus.UNFULFILLED,
        currency=currency,
        language=placement.language,
        subtotal_minor=sums.subtotal_minor,
        discount_minor=sums.discount_minor,
        delivery_minor=sums.delivery_minor,
        tax_minor=sums.tax_minor,
        total_minor=sums.total_minor,
        paid_minor=sums.total_minor if placement.state is State.CAPTURED else 0,
        refunded_minor=0,
        credited_minor=0,
        particulars=Particulars(
            sums.inclusive,
            sums.discount_code,
            placement.delivery_id,
            placement.delivery_name,
            sums.delivery_taxes,
            sums.delivery_total_minor,
            placement.delivery_names,
        ),
        contact=msgspec.structs.replace(placement.contact, note=placement.note),
        gateway=placement.gateway,
        request_id=request_id,
        created_at=now,
        updated_at=now,
        cancelled_at=None,
        cancel_reason="",
        lines=tuple(_line(new_id(), position, line) for position, line in enumerate(sums.lines, 1)),
    )


def _line(line_item_id: int, position: int, line: LineSums) -> LineItem:
    return LineItem(
        id=line_item_id,
        position=position,
        product_id=line.product_id,
        variant_id=line.variant_id,
        inventory_item_id=line.inventory_item_id,
        title=line.title,
        variant_title=line.variant_title,
        sku=line.sku,
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        discount_minor=line.discount_minor,
        taxes=line.taxes,
        tax_minor=line.tax_minor,
        total_minor=line.total_minor,
        requires_shipping=line.requires_shipping,
    )
