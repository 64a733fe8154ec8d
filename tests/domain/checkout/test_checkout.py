"""The checkout's ways: through to the order, back from a decline, and what happens to money that comes too late."""

import hashlib
from collections.abc import Callable

import msgspec
import pytest

from matjar.core.address import Address
from matjar.core.clock import HOUR
from matjar.core.refusal import Refusal
from matjar.domain import (
    attempts,
    carts,
    catalog,
    checkout,
    discounts,
    inventory,
    ledger,
    orders,
    payments,
    shipping,
    tax,
)
from matjar.domain.attempts import Limit
from matjar.domain.checkout import Checkout, Details, Prepared, Status
from matjar.domain.payments import Outcome, RefundState, State
from matjar.domain.shipping import Method, MethodKind
from matjar.storage.tx import ShopTx

HOME = Address(name="Mariam", line1="Marina Walk 1", city="Dubai", country="AE")
TOLD = Details(email="mariam@example.com", shipping=HOME, delivery_id="courier")


def hashed(word: str) -> bytes:
    return hashlib.sha256(word.encode()).digest()


class Counter:
    """A shop with one soap on two shelves, a courier and a pick-up point; and a shopper's ways through it."""

    def __init__(self, tx: ShopTx) -> None:
        self.tx = tx
        tax.install_rates(tx, countries=("AE",))
        self.dubai = inventory.create_location(tx, name="Dubai", priority=0)
        self.sharjah = inventory.create_location(tx, name="Sharjah", priority=1, pickup=True)
        soap = catalog.create_product(tx, title="Soap", variants=(catalog.NewVariant(price_minor=10_000),))
        self.soap = soap.variants[0]
        for location in (self.dubai, self.sharjah):
            inventory.set_stock(tx, inventory_item_id=self.soap.inventory_item_id, location_id=location.id, on_hand=5)
        courier = Method("courier", MethodKind.FLAT, {"en": "Courier"}, price_minor=2_000)
        pickup = Method("pickup", MethodKind.PICKUP, {"en": "Sharjah"}, location_id=self.sharjah.id)
        shipping.set_zone(tx, name="Emirates", places=("AE",), methods=(courier, pickup))

    def begin(self, word: str, quantity: int = 1, details: Details = TOLD) -> Checkout:
        line = carts.Line(self.soap.id, quantity)
        return checkout.create(self.tx, token_hash=hashed(word), lines=(line,), details=details)

    def prepare(self, word: str, key: str = "", seen: int | None = None, asked: str = "") -> Prepared:
        return checkout.prepare(
            self.tx, token_hash=hashed(word), gateway="twin", key=key, seen_total_minor=seen, asked=asked
        )

    def settle(self, prepared: Prepared, state: State, **more: str) -> Checkout:
        outcome = Outcome(state, f"ch_{prepared.key}", prepared.amount_minor, **more)
        return checkout.settle(
            self.tx, intent_id=prepared.intent_id, outcome=outcome, order_token_hash=hashed(prepared.key)
        )

    def buy(self, word: str, quantity: int = 1) -> Checkout:
        self.begin(word, quantity)
        return self.settle(self.prepare(word), State.CAPTURED)

    @property
    def available(self) -> int:
        item_id = self.soap.inventory_item_id
        return inventory.available(self.tx, [item_id])[item_id]


@pytest.fixture
def counter(tx: ShopTx) -> Counter:
    return Counter(tx)


def refused(code: str, act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.code == code
    return caught.value


def test_a_paid_checkout_is_an_order_with_its_stock_promised(counter: Counter) -> None:
    done = counter.buy("a", 2)
    order = orders.load(counter.tx, order_id=done.order_id)
    assert (done.status, order.total_minor, order.paid_minor) == (Status.COMPLETED, 22_000, 22_000)
    assert counter.available == 8
    assert {sum(ledger.balances(counter.tx).values())} == {0}


def test_what_is_missing_is_named_and_cannot_be_paid(counter: Counter) -> None:
    began = counter.begin("a", details=Details(email="mariam@example.com"))
    assert began.status is Status.INCOMPLETE
    assert "shipping_address.country" in began.missing
    assert refused("checkout.not_ready", lambda: counter.prepare("a")).field == began.missing[0]
    assert counter.available == 10


def test_a_price_that_rose_asks_and_one_that_fell_does_not(counter: Counter) -> None:
    seen = counter.begin("a").sums.total_minor
    catalog.set_price(counter.tx, variant_id=counter.soap.id, price_minor=12_000)
    changed = refused("pricing.changed", lambda: counter.prepare("a", seen=seen))
    for trace in changed.afterwards:
        trace(counter.tx)
    assert checkout.load(counter.tx, token_hash=hashed("a")).sums.total_minor == 14_000
    catalog.set_price(counter.tx, variant_id=counter.soap.id, price_minor=9_000)
    assert counter.prepare("a", seen=seen).amount_minor == 11_000


def test_a_declined_card_gives_the_stock_back_and_another_may_be_tried(counter: Counter) -> None:
    counter.begin("a", 10)
    prepared = counter.prepare("a", key="first")
    assert counter.available == 0
    declined = counter.settle(prepared, State.DECLINED, decline_code="insufficient_funds")
    assert (declined.status, counter.available) == (Status.READY, 10)
    assert counter.prepare("a", key="first").state is State.DECLINED
    assert counter.settle(counter.prepare("a", key="second"), State.CAPTURED).order_id


def test_the_same_key_finds_the_same_charge_and_another_waits(counter: Counter) -> None:
    counter.begin("a")
    prepared = counter.prepare("a", key="one", asked="card")
    assert counter.prepare("a", key="one", asked="card").intent_id == prepared.intent_id
    refused("checkout.key_reused", lambda: counter.prepare("a", key="one", asked="another card"))
    refused("checkout.in_progress", lambda: counter.prepare("a", key="two", asked="card"))
    refused("checkout.in_progress", lambda: checkout.update(counter.tx, token_hash=hashed("a"), details=TOLD))


def test_settling_twice_places_one_order(counter: Counter) -> None:
    counter.begin("a")
    prepared = counter.prepare("a")
    first, second = (counter.settle(prepared, State.CAPTURED) for _ in range(2))
    assert first.order_id == second.order_id
    assert counter.available == 9


def test_a_late_capture_still_becomes_the_order_while_there_is_stock(counter: Counter) -> None:
    counter.begin("a", 10)
    prepared = counter.prepare("a")
    counter.settle(prepared, State.ABANDONED)
    assert counter.available == 10
    assert counter.settle(prepared, State.CAPTURED).order_id


def test_a_late_capture_whose_stock_is_gone_is_given_back(counter: Counter) -> None:
    counter.begin("a", 10)
    prepared = counter.prepare("a")
    counter.settle(prepared, State.ABANDONED)
    counter.buy("b", 10)
    assert not counter.settle(prepared, State.CAPTURED).order_id
    refunds = payments.due_refunds(counter.tx, most=10)
    assert [(refund.amount_minor, refund.state) for refund in refunds] == [(102_000, RefundState.REFUNDING)]
    assert {sum(ledger.balances(counter.tx).values())} == {0}


def test_a_buyer_who_turns_back_and_is_charged_after_all_gets_the_money_back(counter: Counter) -> None:
    counter.begin("a")
    prepared = counter.prepare("a")
    challenged = counter.settle(prepared, State.CHALLENGED, challenge_url="http://127.0.0.1/pay")
    assert challenged.status is Status.REQUIRES_ESCALATION
    assert checkout.reopen(counter.tx, token_hash=hashed("a")).status is Status.READY
    other = counter.settle(counter.prepare("a", key="other"), State.CAPTURED)
    counter.settle(prepared, State.CAPTURED)
    assert [refund.intent_id for refund in payments.due_refunds(counter.tx, most=10)] == [prepared.intent_id]
    assert checkout.load(counter.tx, token_hash=hashed("a")).order_id == other.order_id


def test_the_last_piece_is_sold_once(counter: Counter) -> None:
    counter.begin("a", 10)
    counter.begin("b", 1)
    counter.prepare("a")
    assert refused("inventory.sold_out", lambda: counter.prepare("b")).facts["available"] == 0


def test_a_pickup_is_held_where_it_is_fetched(counter: Counter) -> None:
    counter.begin("a", 5, msgspec.structs.replace(TOLD, delivery_id="pickup"))
    done = counter.settle(counter.prepare("a"), State.CAPTURED)
    allocations = orders.allocations_of(counter.tx, order_id=done.order_id)
    assert {allocation.location_id for allocation in allocations} == {counter.sharjah.id}
    counter.begin("b", 1, msgspec.structs.replace(TOLD, delivery_id="pickup"))
    refused("inventory.sold_out", lambda: counter.prepare("b"))


def test_a_discount_has_as_many_places_as_its_limit(counter: Counter) -> None:
    terms = discounts.Terms(discounts.DiscountKind.PERCENTAGE, value_ppm=100_000, usage_limit=1)
    discounts.create(counter.tx, code="WELCOME", terms=terms)
    coded = msgspec.structs.replace(TOLD, discount_code="welcome")
    assert counter.begin("a", details=coded).sums.discount_minor == 1_000
    counter.begin("b", details=coded)
    prepared = counter.prepare("a")
    refused("discounts.used_up", lambda: counter.prepare("b"))
    counter.settle(prepared, State.DECLINED)
    assert counter.settle(counter.prepare("b"), State.CAPTURED).order_id


def test_cash_on_delivery_is_an_order_that_is_still_to_be_paid(counter: Counter) -> None:
    counter.begin("a")
    prepared = checkout.prepare(counter.tx, token_hash=hashed("a"), gateway="cash_on_delivery")
    done = counter.settle(prepared, State.DEFERRED)
    order = orders.load(counter.tx, order_id=done.order_id)
    assert (order.financial_status, order.paid_minor) == (orders.FinancialStatus.PENDING, 0)


def test_nothing_for_sale_is_refused_at_its_line(counter: Counter) -> None:
    lines = (carts.Line(counter.soap.id, 1), carts.Line(12, 1))
    no = refused("checkout.no_such_variant", lambda: checkout.create(counter.tx, token_hash=hashed("a"), lines=lines))
    assert no.field == "line_items[1].item.id"


# News that comes again, late, or without what it should bring ---------------------------------------------------------


def test_a_decline_that_is_told_again_is_over_and_changes_nothing(counter: Counter) -> None:
    counter.begin("a")
    prepared = counter.prepare("a")
    counter.settle(prepared, State.DECLINED)
    again = counter.prepare("a", key="another")
    for _ in range(3):
        counter.settle(prepared, State.DECLINED)
    assert payments.load_intent(counter.tx, intent_id=prepared.intent_id).due_at == payments.NOTHING_OPEN
    assert checkout.load(counter.tx, token_hash=hashed("a")).payment == again.checkout.payment
    tries = counter.tx.all("SELECT tries FROM attempts WHERE shop_id = :shop_id AND scope = 'decline'")
    assert {row[0] for row in tries} == {1}


def test_news_of_an_order_whose_checkout_was_swept_gives_nothing_back(counter: Counter) -> None:
    counter.begin("a")
    prepared = counter.prepare("a")
    counter.settle(prepared, State.CAPTURED)
    counter.tx.run("DELETE FROM checkouts WHERE shop_id = :shop_id")
    counter.settle(prepared, State.CAPTURED)
    assert payments.due_refunds(counter.tx, most=10) == []
    assert len(orders.list_orders(counter.tx)) == 1


def test_a_challenge_whose_page_nobody_names_leaves_the_charge_to_be_asked_for_again(counter: Counter) -> None:
    counter.begin("a")
    prepared = counter.prepare("a", key="k", asked="card")
    counter.settle(prepared, State.CHALLENGED)
    assert counter.prepare("a", key="k", asked="card").state is State.CHARGING
    challenged = counter.settle(prepared, State.CHALLENGED, challenge_url="https://bank.example")
    assert challenged.status is Status.REQUIRES_ESCALATION
    counter.settle(prepared, State.CHALLENGED)
    payment = checkout.load(counter.tx, token_hash=hashed("a")).payment
    assert payment is not None
    assert payment.challenge_url == "https://bank.example"


def test_a_challenge_that_is_told_after_its_charge_was_given_up_leads_nobody_away(counter: Counter) -> None:
    counter.begin("a")
    prepared = counter.prepare("a")
    counter.settle(prepared, State.ABANDONED)
    late = counter.settle(prepared, State.CHALLENGED, challenge_url="https://bank.example")
    assert late.status is Status.READY
    assert counter.available == 10


def test_who_pays_at_the_bank_s_page_has_not_hoarded(counter: Counter) -> None:
    guards = (Limit("hold", f"address:{counter.tx.actor.address}", 1, HOUR),)
    counter.begin("a")
    prepared = counter.prepare("a")
    counter.settle(prepared, State.CHALLENGED, challenge_url="https://bank.example")
    with pytest.raises(Refusal, match="too_many"):
        attempts.check_all(counter.tx, limits=guards)
    counter.settle(prepared, State.CAPTURED)
    attempts.check_all(counter.tx, limits=guards)


@pytest.mark.parametrize("then", ["changed", "cancelled"])
def test_money_that_comes_after_the_buyer_wanted_something_else_is_given_back(counter: Counter, then: str) -> None:
    counter.begin("a")
    prepared = counter.prepare("a")
    counter.settle(prepared, State.ABANDONED)
    if then == "changed":
        line = carts.Line(counter.soap.id, 2)
        checkout.update(counter.tx, token_hash=hashed("a"), details=TOLD, lines=(line,))
    else:
        checkout.cancel(counter.tx, token_hash=hashed("a"))
    counter.settle(prepared, State.CAPTURED)
    assert orders.list_orders(counter.tx) == []
    (refund,) = payments.due_refunds(counter.tx, most=10)
    assert (refund.amount_minor, refund.state) == (prepared.amount_minor, RefundState.REFUNDING)
