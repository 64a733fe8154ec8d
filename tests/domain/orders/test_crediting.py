"""What refunds take off an order, to the minor unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.core.refusal import Refusal
from matjar.domain import pricing
from matjar.domain.orders import Contact, Order, Placement, Return
from matjar.domain.orders.rules import bookkeeping, drafting
from matjar.domain.orders.rules.crediting import Crediting
from matjar.domain.payments import Credit, Refund, RefundState, State
from matjar.domain.shipping import Option
from matjar.domain.shops import Rounding
from matjar.domain.tax import Policy, Rate
from tests.domain.orders.sales import HOME, goods

RATES = (
    Rate("US", "CA", "standard", "State tax", 72_500),
    Rate("US", "CA", "standard", "County tax", 10_000),
    Rate("US", "CA", "reduced", "State tax", 33_333),
)


def draft(
    lines: list[pricing.PricedLine], delivery_minor: int, *, inclusive: bool, rounding: Rounding = Rounding.LINE
) -> Order:
    """An order as it is placed, without a database."""
    delivery = Option("post", {"en": "Post"}, delivery_minor, False, 1, 2, None)
    sums = pricing.total(
        lines, delivery=delivery, discount=None, rates=RATES, policy=Policy(inclusive, rounding), tax_on_delivery=True
    )
    placement = Placement(
        7, 1, b"", Contact(shipping=HOME), "en", sums, "post", "Post", "twin", State.CAPTURED, 2, "ch", None, ()
    )
    ids = iter(range(1, 1000))
    return drafting.draft(
        placement, new_id=lambda: next(ids), number=1, currency="AED", request_id="", now=0
    )


def refunded(credit: Credit) -> Refund:
    """The credit as a refund that was begun."""
    return Refund(1, 1, None, RefundState.REFUNDED, 0, "AED", "twin", "", credit, "", 0, 0, 0)


quantities = st.integers(1, 7)
prices = st.integers(0, 99_999)
categories = st.sampled_from(["standard", "reduced", "exempt"])
baskets = st.lists(st.tuples(quantities, prices, categories), min_size=1, max_size=5)


@given(baskets, st.integers(0, 5_000), st.booleans(), st.sampled_from(Rounding), st.data())
def test_the_parts_of_a_wholly_refunded_order_sum_to_the_order(
    basket: list[tuple[int, int, str]], delivery_minor: int, inclusive: bool, rounding: Rounding, data: st.DataObject
) -> None:
    lines = [goods(item, quantity, price, category) for item, (quantity, price, category) in enumerate(basket, 10)]
    order = draft(lines, delivery_minor, inclusive=inclusive, rounding=rounding)
    refunds: list[Refund] = []
    pieces = [line.id for line in order.lines for _ in range(line.quantity)]
    for line_item_id in data.draw(st.permutations(pieces)):
        taking = Crediting(order, refunds)
        taking.take(Return(line_item_id, 1))
        refunds.append(refunded(taking.credit()))
        left = order.total_minor - sum(refund.credit.total_minor for refund in refunds)
        let_off = data.draw(st.integers(0, left) | st.just(0))
        taking = Crediting(order, refunds)
        taking.take_amount(let_off)
        refunds.append(refunded(taking.credit()))
        assert refunds[-1].credit.total_minor == let_off
    last = Crediting(order, refunds)
    last.take_amount(order.total_minor - sum(refund.credit.total_minor for refund in refunds))
    refunds.append(refunded(last.credit()))
    assert sum(refund.credit.total_minor for refund in refunds) == order.total_minor
    assert sum(refund.credit.tax_minor for refund in refunds) == order.tax_minor
    assert all(refund.credit.tax_minor >= 0 for refund in refunds)
    balances: dict[str, int] = {}
    for postings in (bookkeeping.sale_postings(order), *(bookkeeping.credit_postings(each.credit) for each in refunds)):
        assert sum(amount_minor for _, amount_minor in postings) == 0
        for account, amount_minor in postings:
            balances[account] = balances.get(account, 0) + amount_minor
    assert set(balances.values()) == {0}


@given(baskets, st.integers(0, 5_000), st.booleans(), st.data())
def test_credit_notes_say_what_the_refund_takes_off(
    basket: list[tuple[int, int, str]], delivery_minor: int, inclusive: bool, data: st.DataObject
) -> None:
    lines = [goods(item, quantity, price, category) for item, (quantity, price, category) in enumerate(basket, 10)]
    order = draft(lines, delivery_minor, inclusive=inclusive)
    taking = Crediting(order, [])
    for line in order.lines:
        taking.take(Return(line.id, data.draw(st.integers(1, line.quantity))))
    credit = taking.credit()
    items = list(bookkeeping.credit_items(order, credit))
    assert sum(item.total_minor for item in items) == credit.total_minor
    assert sum(item.tax_minor for item in items) == credit.tax_minor


def test_nothing_is_refunded_twice() -> None:
    order = draft([goods(11, 2, 1_000)], 500, inclusive=True)
    taking = Crediting(order, [])
    taking.take(Return(order.lines[0].id, 2))
    with pytest.raises(Refusal, match="too_many_pieces"):
        taking.take(Return(order.lines[0].id, 1))
    taking.take_delivery(500)
    with pytest.raises(Refusal, match="too_much"):
        taking.take_delivery(1)
    with pytest.raises(Refusal, match="too_much"):
        taking.take_amount(1)


def test_an_amount_off_comes_off_delivery_only_when_the_goods_are_used_up() -> None:
    order = draft([goods(11, 1, 1_000), goods(12, 1, 2_000)], 500, inclusive=True)
    taking = Crediting(order, [])
    taking.take_amount(3_100)
    credit = taking.credit()
    assert [line.total_minor for line in credit.lines] == [1_000, 2_000]
    assert credit.delivery_minor == 100
