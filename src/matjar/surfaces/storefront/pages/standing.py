"""How an order stands, in words for who bought: what became of the money, what of the goods, and both in one word."""

import msgspec

from matjar.domain.orders import FinancialStatus, FulfilmentStatus, Order, Status
from matjar.edge.languages import sentence


class Stage(msgspec.Struct, frozen=True):
    """A step of the way, and whether it is behind us."""

    words: str
    done: bool = True


class Standing(msgspec.Struct, frozen=True):
    """The two steps after it was received; ``brief`` is all that a list has room for."""

    money: Stage
    goods: Stage
    brief: str


PAID = Stage(sentence("Paid"))
REFUNDED = Stage(sentence("Refunded"))
PARTLY_PAID = Stage(sentence("Partly paid"), done=False)
AWAITED = Stage(sentence("Payment awaited"), done=False)
ON_DELIVERY = Stage(sentence("Paid on delivery"), done=False)
CANCELLED = sentence("Cancelled")
CANCELLED_AND_REFUNDED = sentence("Cancelled and refunded")

MONEY = {
    FinancialStatus.PENDING: AWAITED,
    FinancialStatus.AUTHORIZED: PAID,
    FinancialStatus.PAID: PAID,
    FinancialStatus.PARTIALLY_PAID: PARTLY_PAID,
    FinancialStatus.PARTIALLY_REFUNDED: PAID,
    FinancialStatus.REFUNDED: REFUNDED,
    FinancialStatus.VOIDED: Stage(sentence("Nothing to pay")),
}
GOODS = {
    FulfilmentStatus.UNFULFILLED: Stage(sentence("Being packed"), done=False),
    FulfilmentStatus.PARTIAL: Stage(sentence("Partly sent"), done=False),
    FulfilmentStatus.FULFILLED: Stage(sentence("Sent")),
    FulfilmentStatus.RESTOCKED: Stage(sentence("Nothing to send")),
}


def standing_of(order: Order) -> Standing:
    """The words for each; a refund of a part leaves an order paid."""
    money, goods = MONEY[order.financial_status], GOODS[order.fulfilment_status]
    if money is AWAITED and order.gateway == "cash_on_delivery":
        money = ON_DELIVERY
    return Standing(money, goods, _brief(order, money, goods))


def _brief(order: Order, money: Stage, goods: Stage) -> str:
    if order.status is Status.CANCELLED:
        return CANCELLED_AND_REFUNDED if money is REFUNDED else CANCELLED
    if money is REFUNDED and goods.done:
        return money.words
    waits = money is AWAITED and order.gateway == "bank_transfer"
    return money.words if waits and order.fulfilment_status is FulfilmentStatus.UNFULFILLED else goods.words
