"""Sales for the tests: goods on a shelf, a charge, and the order that they become."""

from collections.abc import Sequence

from matjar.core.address import Address
from matjar.core.ids import hash_token
from matjar.core.tx import Tx
from matjar.domain import inventory, orders, payments, pricing
from matjar.domain.orders import Contact, Order, Placement
from matjar.domain.payments import Outcome, State
from matjar.domain.shipping import Option
from matjar.domain.shops import Rounding
from matjar.domain.tax import Policy, Rate

VAT = (Rate("AE", "", "standard", "VAT", 50_000),)
POLICY = Policy(inclusive=True, rounding=Rounding.LINE)
HOME = Address(name="Mariam", line1="Marina Walk 1", city="Dubai", country="AE")
COURIER = Option("courier", {"en": "Courier"}, 2500, False, 1, 3, None)


def goods(item_id: int, quantity: int, price_minor: int, category: str = "standard") -> pricing.PricedLine:
    """A line as it is priced; variant and product have the item's number too."""
    return pricing.PricedLine(
        item_id, item_id, item_id, f"Soap {item_id}", "", f"S-{item_id}", quantity, price_minor, category, 100, True
    )


def stock(tx: Tx, item_ids: Sequence[int], on_hand: int = 100) -> int:
    """Put so many of each item on the shelf of a new location; tells its id."""
    location = inventory.create_location(tx, name="Store room")
    for item_id in item_ids:
        tx.run("INSERT INTO inventory_items (shop_id, id, tracked) VALUES (:shop_id, :id, 1)", id=item_id)
        inventory.set_stock(tx, inventory_item_id=item_id, location_id=location.id, on_hand=on_hand)
    return location.id


def sell(
    tx: Tx,
    lines: Sequence[pricing.PricedLine],
    state: State = State.CAPTURED,
    gateway: str = "twin",
    delivery: Option | None = COURIER,
    policy: Policy = POLICY,
) -> Order:
    """Take a checkout's way from the hold to the order."""
    sums = pricing.total(
        lines, delivery=delivery, discount=None, rates=VAT, policy=policy, tax_on_delivery=True
    )
    checkout_id = tx.new_id()
    wants = [inventory.Want(line.inventory_item_id, line.quantity, False, line.title) for line in lines]
    inventory.reserve(tx, checkout_id=checkout_id, wants=wants, lapses_at=tx.now + 1, in_flight=True)
    capture = "manual" if state is State.AUTHORIZED else "automatic"
    intent = payments.begin(
        tx, checkout_id=checkout_id, gateway=gateway, amount_minor=sums.total_minor, currency="AED", capture=capture,
        due_at=tx.now + 1,
    )  # fmt: skip
    payments.note(tx, intent_id=intent.id, outcome=Outcome(state, f"ch_{intent.id}"), due_at=tx.now + 1)
    order_id = tx.new_id()
    shares = inventory.commit(tx, checkout_id=checkout_id, order_id=order_id)
    placement = Placement(
        order_id=order_id,
        checkout_id=checkout_id,
        token_hash=hash_token(str(checkout_id)),
        contact=Contact("mariam@example.com", "", HOME, HOME),
        language="en",
        sums=sums,
        delivery_id="courier" if delivery else "",
        delivery_name="Courier" if delivery else "",
        gateway=gateway,
        state=state,
        intent_id=intent.id,
        reference=f"ch_{intent.id}",
        customer_id=None,
        shares=shares,
    )
    return orders.place(tx, placement=placement)
