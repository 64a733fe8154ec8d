"""Whatever is done to orders, in whatever order and however gateways answer: they add up."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matjar.core.clock import now_ms
from matjar.core.refusal import Refusal
from matjar.core.tx import BUYER
from matjar.domain import inventory, invoices, ledger, orders, payments, shops
from matjar.domain.invoices import Paper
from matjar.domain.orders import Order, Piece, Restock, Return
from matjar.domain.payments import Outcome, RefundState, State, Status
from matjar.storage.head import Engine, Head
from matjar.storage.tx import ShopTx
from tests.conftest import DEMO
from tests.domain.orders.sales import goods, sell, stock

SHELF = 50


class World:
    """A shop, an order in it, and what can befall it."""

    def __init__(self, engine: Engine, state: State, quantities: list[int], draw: Callable[[Any], Any]) -> None:
        self.tx = ShopTx(engine, Head(1), now_ms(), BUYER, "test")
        shops.create(
            self.tx, handle="demo", name="Demo", currency="AED", country="AE", time_zone="Asia/Dubai", settings=DEMO
        )
        self.items = range(11, 11 + len(quantities))
        self.location_id = stock(self.tx, self.items, SHELF)
        lines = [goods(item, quantity, 3_333) for item, quantity in zip(self.items, quantities, strict=True)]
        self.order_id = sell(self.tx, lines, state).id
        self.draw = draw
        self.returned = 0

    @property
    def order(self) -> Order:
        """As it stands."""
        return orders.load(self.tx, order_id=self.order_id)

    def pay(self) -> None:
        """All, or a part."""
        orders.mark_paid(self.tx, order_id=self.order_id, amount_minor=self.draw(st.none() | st.integers(1, 9_999)))

    def capture(self) -> None:
        """Take held money."""
        amount = self.draw(st.none() | st.integers(1, 9_999))
        orders.begin_capture(self.tx, order_id=self.order_id, amount_minor=amount)

    def void(self) -> None:
        """Let go of held money."""
        orders.begin_void(self.tx, order_id=self.order_id)

    def fulfil(self) -> None:
        """Everything, or some of a line."""
        lines = self.draw(st.just(()) | st.tuples(self.pieces()))
        orders.fulfil(self.tx, order_id=self.order_id, lines=tuple(Piece(*piece) for piece in lines))

    def refund(self) -> None:
        """Some of a line, some of delivery, some of the whole."""
        returns = self.draw(st.lists(st.tuples(self.pieces(), st.sampled_from(Restock)), max_size=2))
        lines = tuple(Return(line_item_id, quantity, restock) for (line_item_id, quantity), restock in returns)
        begun = orders.begin_refund(
            self.tx, order_id=self.order_id, lines=lines,
            delivery_minor=self.draw(st.just(0) | st.integers(0, 3_000)),
            amount_minor=self.draw(st.just(0) | st.integers(0, 5_000)),
        )  # fmt: skip
        assert begun.refund is not None
        self.returned += sum(line.quantity for line in begun.refund.credit.lines if line.restock is Restock.RETURN)

    def cancel(self) -> None:
        """Send nothing more."""
        orders.begin_cancel(self.tx, order_id=self.order_id)

    def answer_refunds(self) -> None:
        """The gateway gives money back, or will not; and says so twice."""
        for refund in payments.refunds_of(self.tx, order_id=self.order_id):
            given = self.draw(st.booleans())
            once = orders.settle_refund(self.tx, refund_id=refund.id, given=given)
            assert orders.settle_refund(self.tx, refund_id=refund.id, given=not given) == once

    def answer_transactions(self) -> None:
        """The gateway captures or voids, or will not; and says so twice."""
        for transaction in payments.transactions_of(self.tx, order_id=self.order_id):
            outcome = Outcome(self.draw(st.sampled_from([State.CAPTURED, State.VOIDED, State.AUTHORIZED])))
            once = orders.settle_transaction(self.tx, transaction_id=transaction.id, outcome=outcome)
            again = orders.settle_transaction(self.tx, transaction_id=transaction.id, outcome=Outcome(State.CAPTURED))
            assert again == once

    def hear(self) -> None:
        """The gateway says something by itself."""
        for intent in payments.intents_of_checkout(self.tx, checkout_id=self.order.checkout_id):
            outcome = Outcome(self.draw(st.sampled_from([State.CAPTURED, State.VOIDED, State.AUTHORIZED])))
            if intent.state is not State.DEFERRED:
                orders.hear(self.tx, intent_id=intent.id, outcome=outcome)

    def pieces(self) -> st.SearchStrategy[tuple[int, int]]:
        """Some of a line."""
        return st.tuples(st.sampled_from([line.id for line in self.order.lines]), st.integers(1, 3))

    def check(self) -> None:
        """Everything that must hold at every moment."""
        order = self.order
        self.check_money(order)
        self.check_goods(order)
        self.check_papers(order)

    def check_money(self, order: Order) -> None:
        """The order agrees with the ledger, and nothing goes back that did not come."""
        balances = {account: amount for (account, _), amount in ledger.balances(self.tx).items()}
        assert sum(balances.values()) == 0
        assert balances["receivable"] == order.due_minor
        assert balances.get("gateway:twin", 0) == order.paid_minor - order.refunded_minor
        earned = sum(amount for account, amount in balances.items() if account in ("sales", "delivery", "tax:AE"))
        assert -earned == order.total_minor - order.credited_minor >= 0
        refunds = payments.refunds_of(self.tx, order_id=order.id)
        on_its_way = sum(refund.amount_minor for refund in refunds if refund.state is RefundState.REFUNDING)
        assert order.refunded_minor + on_its_way <= order.paid_minor
        if all(refund.state is not RefundState.FAILED for refund in refunds):
            assert on_its_way == max(0, -order.due_minor)
        assert order.credited_minor == sum(refund.credit.total_minor for refund in refunds)
        paid = [
            each.amount_minor
            for each in payments.transactions_of(self.tx, order_id=order.id)
            if each.kind in ("sale", "capture") and each.status is Status.SUCCESS
        ]
        assert sum(paid) == order.paid_minor

    def check_goods(self, order: Order) -> None:
        """No piece is sent or promised twice."""
        assert all(line.unsent >= 0 and 0 <= line.refunded <= line.quantity for line in order.lines)
        levels = inventory.levels_at(self.tx, location_id=self.location_id)
        assert sum(level.committed for level in levels) == sum(line.unsent for line in order.lines)
        on_hand = sum(level.on_hand for level in levels)
        assert on_hand == SHELF * len(self.items) - sum(line.fulfilled for line in order.lines) + self.returned
        parcels = orders.load_dossier(self.tx, order_id=order.id).fulfilments
        sent = sum(piece.quantity for parcel in parcels for piece in parcel.lines)
        assert sent == sum(line.fulfilled for line in order.lines)

    def check_papers(self, order: Order) -> None:
        """The invoice less its credit notes is what the buyer owes or has paid for."""
        papers = invoices.invoices_of(self.tx, order_id=order.id)
        notes = [paper for paper in papers if paper.kind is Paper.CREDIT_NOTE]
        assert [paper.number for paper in notes] == list(range(1, len(notes) + 1))
        assert len(papers) - len(notes) <= 1
        if papers:
            billed = sum(paper.total_minor for paper in papers) - 2 * sum(note.total_minor for note in notes)
            assert billed == order.total_minor - order.credited_minor
        elif order.total_minor > order.credited_minor:
            assert not order.paid_minor
            assert not any(line.fulfilled for line in order.lines)


DEEDS = (
    World.pay, World.capture, World.void, World.fulfil, World.refund, World.cancel, World.answer_refunds,
    World.answer_transactions, World.hear,
)  # fmt: skip


@given(
    st.sampled_from([State.CAPTURED, State.AUTHORIZED, State.DEFERRED]),
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.lists(st.sampled_from(DEEDS), max_size=12),
    st.data(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_orders_add_up_whatever_happens(
    engine: Engine, state: State, quantities: list[int], deeds: list[Callable[[World], None]], data: st.DataObject
) -> None:
    engine.begin()
    try:
        world = World(engine, state, quantities, data.draw)
        world.check()
        for deed in deeds:
            engine.savepoint()
            try:
                deed(world)
            except Refusal:
                engine.rollback_to_savepoint()
            else:
                engine.release_savepoint()
            world.check()
    finally:
        engine.rollback()
