"""Orders and their lines."""

import msgspec

from matjar.core.tx import Row, Tx
from matjar.domain.orders.model import Contact, FinancialStatus, FulfilmentStatus, LineItem, Order, Particulars, Status
from matjar.domain.tax import TaxLine

_INSERT = """
    INSERT INTO orders (shop_id, id, number, checkout_id, customer_id, token_hash, status, financial_status,
        fulfilment_status, currency, language, subtotal_minor, discount_minor, delivery_minor, tax_minor, total_minor,
        paid_minor, refunded_minor, credited_minor, particulars, contact, gateway, request_id, created_at, updated_at,
        cancelled_at, cancel_reason)
    VALUES (:shop_id, :id, :number, :checkout_id, :customer_id, :token_hash, :status, :financial_status,
        :fulfilment_status, :currency, :language, :subtotal_minor, :discount_minor, :delivery_minor, :tax_minor,
        :total_minor, :paid_minor, :refunded_minor, :credited_minor, :particulars, :contact, :gateway, :request_id,
        :created_at, :updated_at, :cancelled_at, :cancel_reason)
"""
_UPDATE = """
    UPDATE orders SET status = :status, financial_status = :financial_status, fulfilment_status = :fulfilment_status,
        paid_minor = :paid_minor, refunded_minor = :refunded_minor, credited_minor = :credited_minor,
        updated_at = :updated_at, cancelled_at = :cancelled_at, cancel_reason = :cancel_reason
    WHERE shop_id = :shop_id AND id = :id
"""
_INSERT_LINE = """
    INSERT INTO line_items (shop_id, order_id, id, position, product_id, variant_id, inventory_item_id, title,
        variant_title, sku, quantity, unit_price_minor, discount_minor, taxes, tax_minor, total_minor,
        requires_shipping, fulfilled, refunded, cancelled)
    VALUES (:shop_id, :order_id, :id, :position, :product_id, :variant_id, :inventory_item_id, :title,
        :variant_title, :sku, :quantity, :unit_price_minor, :discount_minor, :taxes, :tax_minor, :total_minor,
        :requires_shipping, :fulfilled, :refunded, :cancelled)
"""
_UPDATE_LINE = """
    UPDATE line_items SET fulfilled = :fulfilled, refunded = :refunded, cancelled = :cancelled
    WHERE shop_id = :shop_id AND order_id = :order_id AND id = :id
"""
_SET_CONTACT = """
    UPDATE orders SET contact = :contact, updated_at = :now WHERE shop_id = :shop_id AND id = :id
"""

_decode_taxes = msgspec.json.Decoder(tuple[TaxLine, ...]).decode
_decode_particulars = msgspec.json.Decoder(Particulars).decode
_decode_contact = msgspec.json.Decoder(Contact).decode
_encode = msgspec.json.Encoder().encode


def insert(tx: Tx, order: Order, token_hash: bytes) -> None:
    """Write a new order with its lines."""
    row = msgspec.structs.asdict(order)
    row.update(
        token_hash=token_hash,
        particulars=_encode(order.particulars).decode(),
        contact=_encode(order.contact).decode(),
    )
    del row["lines"]
    tx.run(_INSERT, **row)
    tx.run_many(_INSERT_LINE, [_line_row(order.id, line) for line in order.lines])


def update(tx: Tx, order: Order) -> None:
    """Write what changes in an order's life; not its lines."""
    tx.run(
        _UPDATE, id=order.id, status=order.status, financial_status=order.financial_status,
        fulfilment_status=order.fulfilment_status, paid_minor=order.paid_minor, refunded_minor=order.refunded_minor,
        credited_minor=order.credited_minor, updated_at=order.updated_at, cancelled_at=order.cancelled_at,
        cancel_reason=order.cancel_reason,
    )  # fmt: skip


def update_lines(tx: Tx, order_id: int, lines: list[LineItem]) -> None:
    """Write how much of each line was sent, credited, taken off."""
    rows = [
        {
            "order_id": order_id,
            "id": line.id,
            "fulfilled": line.fulfilled,
            "refunded": line.refunded,
            "cancelled": line.cancelled,
        }
        for line in lines
    ]
    tx.run_many(_UPDATE_LINE, rows)


def set_contact(tx: Tx, order_id: int, contact: Contact) -> None:
    """Write who bought."""
    tx.run(_SET_CONTACT, id=order_id, contact=_encode(contact).decode(), now=tx.now)


def assemble(orders: list[Row], lines: list[Row]) -> list[Order]:
    """Orders from their rows, each with its lines."""
    by_order: dict[int, list[LineItem]] = {row[0]: [] for row in orders}
    for row in lines:
        if row[0] in by_order:
            by_order[row[0]].append(_line(row))
    return [_order(row, tuple(by_order[row[0]])) for row in orders]


def _order(row: Row, lines: tuple[LineItem, ...]) -> Order:
    statuses = Status(row[4]), FinancialStatus(row[5]), FulfilmentStatus(row[6])
    texts = _decode_particulars(row[17]), _decode_contact(row[18])
    return Order(*(*row[:4], *statuses, *row[7:17], *texts, *row[19:], lines))


def _line(row: Row) -> LineItem:
    return LineItem(*(*row[1:12], _decode_taxes(row[12]), *row[13:15], bool(row[15]), *row[16:]))


def _line_row(order_id: int, line: LineItem) -> dict[str, object]:
    row = msgspec.structs.asdict(line)
    row.update(
        order_id=order_id,
        taxes=_encode(line.taxes).decode(),
        requires_shipping=int(line.requires_shipping),
    )
    return row
