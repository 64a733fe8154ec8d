"""What an order's sale and credits are in the ledger, on the invoice and on credit notes."""

from collections.abc import Iterable, Iterator

from matjar.domain import ledger
from matjar.domain.invoices import Item
from matjar.domain.orders.model import LineItem, Order
from matjar.domain.orders.rules.crediting import DELIVERY, Part, Rest
from matjar.domain.payments import Credit
from matjar.domain.tax import TaxLine


def sale_postings(order: Order) -> list[tuple[str, int]]:
    """The sale in the ledger: the buyer owes the total; the shop has earned it, less the taxes."""
    agreed = order.particulars
    goods_minor = sum(line.total_minor - line.tax_minor for line in order.lines)
    taxes = [tax for line in order.lines for tax in line.taxes] + list(agreed.delivery_taxes)
    return _postings(1, order.total_minor, goods_minor, taxes)


def credit_postings(credit: Credit) -> list[tuple[str, int]]:
    """The same backwards, for what the buyer no longer owes."""
    goods_minor = sum(line.total_minor - sum(tax.amount_minor for tax in line.taxes) for line in credit.lines)
    return _postings(-1, credit.total_minor, goods_minor, credit.taxes)


def invoice_items(order: Order, rest: Rest) -> Iterator[Item]:
    """What is left of the order, as it stands on an invoice."""
    for line in order.lines:
        part = rest[line.id]
        if part.quantity:
            yield _item(order, line, part)
    yield from _delivery_item(order, rest[DELIVERY])


def credit_items(order: Order, credit: Credit) -> Iterator[Item]:
    """What was credited, as it stands on a credit note."""
    lines = {line.id: line for line in order.lines}
    for credited in credit.lines:
        part = Part(credited.quantity, credited.total_minor, credited.taxes)
        yield _item(order, lines[credited.line_item_id], part)
    yield from _delivery_item(order, Part(0, credit.delivery_minor, credit.delivery_taxes))


def _item(order: Order, line: LineItem, part: Part) -> Item:
    """The discount is what lies between the price of the pieces and what they come to."""
    shown_minor = part.total_minor
    if not order.particulars.inclusive:
        shown_minor -= sum(tax.amount_minor for tax in part.taxes)
    discount_minor = line.unit_price_minor * part.quantity - shown_minor if part.quantity else 0
    return Item(
        line.full_title, part.quantity, line.unit_price_minor if part.quantity else 0, discount_minor, part.taxes,
        part.total_minor, line.sku,
    )  # fmt: skip


def _delivery_item(order: Order, part: Part) -> Iterator[Item]:
    if part.total_minor:
        tax_minor = sum(tax.amount_minor for tax in part.taxes)
        shown_minor = part.total_minor if order.particulars.inclusive else part.total_minor - tax_minor
        yield Item(order.particulars.delivery_name or "Delivery", 1, shown_minor, 0, part.taxes, part.total_minor)


def _postings(
    sign: int, total_minor: int, goods_minor: int, taxes: Iterable[TaxLine]
) -> list[tuple[str, int]]:
    by_place: dict[str, int] = {}
    for tax in taxes:
        by_place[tax.place] = by_place.get(tax.place, 0) + tax.amount_minor
    delivery_minor = total_minor - goods_minor - sum(by_place.values())
    return [
        (ledger.RECEIVABLE, sign * total_minor),
        (ledger.SALES, -sign * goods_minor),
        (ledger.DELIVERY, -sign * delivery_minor),
        *((ledger.tax(place), -sign * amount_minor) for place, amount_minor in by_place.items()),
    ]
