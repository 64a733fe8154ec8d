"""Any sequence of sales, counts and lapses: what must hold afterwards, always."""

from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from matjar.core.clock import MINUTE
from matjar.core.ids import EPOCH_MS
from matjar.core.refusal import Refusal
from matjar.core.tx import BUYER
from matjar.domain import inventory, tasks
from matjar.domain.inventory import Share, Want
from matjar.storage.head import Head
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, connect
from matjar.storage.tx import ShopTx
from tests.domain.inventory import shelf
from tests.domain.inventory.shelf import BALM, SOAP, VOUCHER

SERUM = 504
"""An item that sells below zero."""
ITEMS = (SOAP, BALM, VOUCHER, SERUM)
ENDLESS = {VOUCHER, SERUM}

item = st.sampled_from(ITEMS)
place = st.integers(0, 1)
checkout = st.integers(1, 3)
wishes = st.dictionaries(item, st.integers(1, 4), min_size=1).map(
    lambda some: [Want(each, quantity, each == SERUM, "it") for each, quantity in some.items()]
)


class Stock(RuleBasedStateMachine):
    """Two locations, four items, three checkouts, and a memory of what was promised."""

    def __init__(self) -> None:
        super().__init__()
        engine = SqliteEngine(connect(Path(":memory:")))
        migrate(engine)
        engine.begin()
        self.tx = ShopTx(engine, Head(1), EPOCH_MS, BUYER, "")
        self.engine = engine
        self.promised: list[tuple[int, Share]] = []
        self.sent: list[tuple[int, Share]] = []
        self.wanted: dict[int, list[Want]] = {}
        self.orders = 100

    def teardown(self) -> None:
        self.engine.close()

    @initialize(priorities=st.lists(st.integers(0, 1), min_size=2, max_size=2), on_hand=st.integers(0, 3))
    def fill(self, priorities: list[int], on_hand: int) -> None:
        shelf.stock_catalogue(self.tx)
        self.tx.run("INSERT INTO inventory_items (shop_id, id, tracked) VALUES (:shop_id, :id, 1)", id=SERUM)
        self.places = [
            shelf.open_location(self.tx, "Place", priority, soap=on_hand, balm=2) for priority in priorities
        ]

    @rule(item=item, at=place, on_hand=st.integers(0, 4))
    def count(self, item: int, at: int, on_hand: int) -> None:
        inventory.set_stock(self.tx, inventory_item_id=item, location_id=self.places[at], on_hand=on_hand)

    @rule(item=item, at=place, delta=st.integers(-3, 3))
    def adjust(self, item: int, at: int, delta: int) -> None:
        self.attempt(inventory.adjust, inventory_item_id=item, location_id=self.places[at], delta=delta)

    @rule(item=item, origin=place, goal=place, quantity=st.integers(1, 4))
    def transfer(self, item: int, origin: int, goal: int, quantity: int) -> None:
        self.attempt(
            inventory.transfer, inventory_item_id=item, from_location_id=self.places[origin],
            to_location_id=self.places[goal], quantity=quantity,
        )  # fmt: skip

    @rule(at=place, active=st.booleans())
    def open_or_close(self, at: int, active: bool) -> None:
        inventory.update_location(self.tx, location_id=self.places[at], active=active)

    @rule(item=item, at=place)
    def disconnect(self, item: int, at: int) -> None:
        self.attempt(inventory.disconnect, inventory_item_id=item, location_id=self.places[at])

    @rule(checkout_id=checkout, wants=wishes, minutes=st.integers(1, 3), in_flight=st.booleans())
    def reserve(self, checkout_id: int, wants: list[Want], minutes: int, in_flight: bool) -> None:
        before = inventory.available(self.tx, ITEMS)
        own = self.holds_of(checkout_id)
        shares = self.attempt(
            inventory.reserve, checkout_id=checkout_id, wants=wants, lapses_at=self.tx.now + minutes * MINUTE,
            in_flight=in_flight,
        )  # fmt: skip
        finite = {each.inventory_item_id: each.quantity for each in wants if each.inventory_item_id not in ENDLESS}
        if shares is None:
            assert any(quantity > before[each] for each, quantity in finite.items())
        else:
            assert covers(shares, wants)
            assert all(quantity <= before[each] + own[each] for each, quantity in finite.items())
            self.wanted[checkout_id] = wants

    @precondition(lambda self: self.wanted)
    @rule(data=st.data(), told=st.booleans())
    def commit(self, data: st.DataObject, told: bool) -> None:
        checkout_id = data.draw(st.sampled_from(sorted(self.wanted)))
        wants = self.wanted.pop(checkout_id)
        held = self.holds_of(checkout_id)
        self.orders += 1
        shares = inventory.commit(
            self.tx, checkout_id=checkout_id, order_id=self.orders, wants=wants if told else None
        )
        assert covers(shares, wants) if told else pieces(shares) == held
        self.promised += [(self.orders, share) for share in shares]

    @rule(wants=wishes)
    def take_an_order_that_held_nothing(self, wants: list[Want]) -> None:
        self.orders += 1
        shares = inventory.commit(self.tx, checkout_id=self.orders, order_id=self.orders, wants=wants)
        assert covers(shares, wants)
        self.promised += [(self.orders, share) for share in shares]

    @rule(checkout_id=checkout)
    def release(self, checkout_id: int) -> None:
        inventory.release(self.tx, checkout_id=checkout_id)
        assert not self.holds_of(checkout_id)

    @precondition(lambda self: self.promised)
    @rule(data=st.data(), sending=st.booleans())
    def send_or_cancel(self, data: st.DataObject, sending: bool) -> None:
        order_id, share = self.promised.pop(data.draw(st.integers(0, len(self.promised) - 1)))
        verb = inventory.send if sending else inventory.uncommit
        verb(self.tx, order_id=order_id, shares=[share])
        self.sent += [(order_id, share)] * sending

    @precondition(lambda self: self.sent)
    @rule()
    def restock(self) -> None:
        order_id, share = self.sent.pop()
        inventory.restock(self.tx, order_id=order_id, shares=[share])

    @rule(minutes=st.integers(1, 4))
    def wait(self, minutes: int) -> None:
        self.tx.now += minutes * MINUTE

    @rule(most=st.integers(1, 3))
    def sweep(self, most: int) -> None:
        assert inventory.give_back_lapsed(self.tx, most=most) <= most

    @invariant()
    def reserved_is_the_sum_of_holds(self) -> None:
        holds = "SELECT inventory_item_id, location_id, quantity FROM holds WHERE shop_id = :shop_id"
        assert self.levels("reserved") == summed(self.tx.all(holds))

    @invariant()
    def committed_is_what_was_promised_and_not_sent(self) -> None:
        assert self.levels("committed") == summed(
            (share.inventory_item_id, share.location_id, share.quantity) for _, share in self.promised
        )

    @invariant()
    def movements_sum_to_levels(self) -> None:
        for column in ("on_hand", "committed"):
            moved = f"SELECT inventory_item_id, location_id, {column}_delta FROM inventory_movements"
            assert self.levels(column) == summed(self.tx.all(f"{moved} WHERE shop_id = :shop_id"))

    @invariant()
    def what_is_promised_beyond_what_there_is_was_told(self) -> None:
        told: Counter[int] = Counter()
        for task in tasks.list_open(self.tx):
            for each in task.facts["items"]:
                told[each["inventory_item_id"]] += each["quantity"]
        for item_id in set(ITEMS) - ENDLESS:
            levels = inventory.levels_of(self.tx, inventory_item_id=item_id)
            assert sum(max(0, -level.available) for level in levels) <= told[item_id]

    def attempt(self, verb: Any, **arguments: Any) -> Any:
        """Run a command as the writer does: a refusal undoes it."""
        self.engine.savepoint()
        try:
            result = verb(self.tx, **arguments)
        except Refusal:
            self.engine.rollback_to_savepoint()
            return None
        self.engine.release_savepoint()
        return result

    def levels(self, column: str) -> Counter[tuple[int, int]]:
        rows = f"SELECT inventory_item_id, location_id, {column} FROM inventory_levels WHERE shop_id = :shop_id"
        return summed(self.tx.all(rows))

    def holds_of(self, checkout_id: int) -> Counter[int]:
        rows = "SELECT inventory_item_id, quantity FROM holds WHERE shop_id = :shop_id AND checkout_id = :checkout_id"
        held: Counter[int] = Counter()
        for item_id, quantity in self.tx.all(rows, checkout_id=checkout_id):
            held[item_id] += quantity
        return held


def summed(rows: Any) -> Counter[tuple[int, int]]:
    """The sum for each level, where it is not zero."""
    sums: Counter[tuple[int, int]] = Counter()
    for item_id, location_id, quantity in rows:
        sums[item_id, location_id] += quantity
    return Counter({level: quantity for level, quantity in sums.items() if quantity})


def pieces(shares: tuple[Share, ...]) -> Counter[int]:
    """How many of each item."""
    counted: Counter[int] = Counter()
    for share in shares:
        counted[share.inventory_item_id] += share.quantity
    return counted


def covers(shares: tuple[Share, ...], wants: list[Want]) -> bool:
    """Whether these are exactly what was wanted, each level once."""
    levels = {(share.inventory_item_id, share.location_id) for share in shares}
    return len(levels) == len(shares) and pieces(shares) == {each.inventory_item_id: each.quantity for each in wants}


TestStock = Stock.TestCase
TestStock.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
