"""Questions about orders."""

from typing import Any

import msgspec

from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain import invoices, payments
from matjar.domain.orders import model
from matjar.domain.orders.model import Dossier, Occasion, Order, Preview, Refundable
from matjar.domain.orders.model.parcels import Allocation, Piece, Return
from matjar.domain.orders.rules import crediting, standing
from matjar.domain.orders.store import finding, parcels

_FOREVER = 1 << 62


class Filter(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which orders are asked for; what is left empty does not matter. Times are milliseconds, from … to before ….

    Beside each status there is ``unpaid``, money that is still to come in, and ``unsent``, goods that are still to go.
    """

    status: str = ""
    financial_status: str = ""
    fulfilment_status: str = ""
    customer_id: int = 0
    created_from: int = 0
    created_before: int = _FOREVER
    updated_from: int = 0
    updated_before: int = _FOREVER
    words: str = ""
    """A part of the buyer's name, e-mail or address, or of the SKU of what was bought."""


EVERY = Filter()


def load(view: Reading, *, order_id: int) -> Order:
    """One order; refuses ``orders.no_such_order``."""
    order = finding.find(view, finding.BY_ID, id=order_id)
    if order is None:
        raise model.NO_SUCH_ORDER()
    return order


def find_by_token(view: Reading, *, token_hash: bytes) -> Order | None:
    """The order whose page a buyer's token opens."""
    return finding.find(view, finding.BY_TOKEN, token_hash=token_hash)


def find_by_number(view: Reading, *, number: int) -> Order | None:
    """The order with this number: 1 for #1001."""
    return finding.find(view, finding.BY_NUMBER, number=number)


def find_by_checkout(view: Reading, *, checkout_id: int) -> Order | None:
    """The order that a checkout became."""
    return finding.find(view, finding.BY_CHECKOUT, checkout_id=checkout_id)


def list_orders(view: Reading, *, matching: Filter = EVERY, since_id: int = 0, most: int = PAGE_ROWS) -> list[Order]:
    """Orders after an id, the oldest first: what a program pages through, and misses nothing."""
    return finding.listed(view, finding.AFTER, since_id=since_id, most=min(most, PAGE_ROWS), **_parameters(matching))


def list_latest(
    view: Reading, *, matching: Filter = EVERY, before_id: int = _FOREVER, most: int = PAGE_ROWS
) -> list[Order]:
    """Orders before an id, the newest first: what a person looks through."""
    return finding.listed(view, finding.BEFORE, before_id=before_id, most=min(most, PAGE_ROWS), **_parameters(matching))


def count(view: Reading, *, matching: Filter = EVERY) -> int:
    """How many orders match."""
    return finding.count(view, **_parameters(matching))


def search(
    view: Reading, *, text: str, matching: Filter = EVERY, before_id: int = _FOREVER, most: int = PAGE_ROWS
) -> list[Order]:
    """Orders by their number, as #1001 or 1001, whatever else; or by a part of the buyer's data; newest first."""
    digits = text.strip().removeprefix("#")
    if digits.isascii() and digits.isdigit() and len(digits) < 16:
        found = find_by_number(view, number=int(digits) - model.FIRST_NUMBER + 1)
        if found is not None:
            return [found]
    narrowed = msgspec.structs.replace(matching, words=text)
    return list_latest(view, matching=narrowed, before_id=before_id, most=most)


def _parameters(matching: Filter) -> dict[str, Any]:
    """A filter as its statement takes it, its words as a pattern that they alone match."""
    words = matching.words.strip().lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return msgspec.structs.asdict(matching) | {"words": f"%{words}%" if words else ""}


def load_dossier(view: Reading, *, order_id: int) -> Dossier:
    """Everything about one order; refuses ``orders.no_such_order``."""
    order = load(view, order_id=order_id)
    placed = Occasion(order.id, "placed", "buyer", {"total_minor": order.total_minor}, order.created_at)
    return Dossier(
        order,
        tuple(payments.transactions_of(view, order_id=order_id)),
        tuple(payments.refunds_of(view, order_id=order_id)),
        tuple(parcels.fulfilments_of(view, order_id)),
        tuple(invoices.invoices_of(view, order_id=order_id)),
        (placed, *parcels.timeline_of(view, order_id)),
    )


def allocations_of(view: Reading, *, order_id: int) -> list[Allocation]:
    """From which locations the order's pieces are to be sent: what a picker asks."""
    return parcels.allocations_of(view, order_id)


def refundable(view: Reading, *, order_id: int) -> Refundable:
    """What can still be refunded of an order; refuses ``orders.no_such_order``."""
    order = load(view, order_id=order_id)
    rest = crediting.rest_of(order, payments.refunds_of(view, order_id=order_id))
    delivery = rest.pop(crediting.DELIVERY)
    return Refundable(
        tuple(Piece(line_item_id, part.quantity) for line_item_id, part in rest.items() if part.quantity),
        delivery.total_minor,
        sum(part.total_minor for part in rest.values()) + delivery.total_minor,
    )


def preview_refund(
    view: Reading, *, order_id: int, lines: tuple[Return, ...] = (), delivery_minor: int = 0, amount_minor: int = 0
) -> Preview:
    """What ``begin_refund`` would do with the same arguments; refuses as it does."""
    order = load(view, order_id=order_id)
    refunds = payments.refunds_of(view, order_id=order_id)
    credit = crediting.credit(order, refunds, lines, delivery_minor, amount_minor)
    owing = msgspec.structs.replace(order, credited_minor=order.credited_minor + credit.total_minor)
    return Preview(credit, standing.payout(owing, refunds))
