"""Finding orders: by what opens them, and page by page. A page takes two statements, its orders and their lines."""

from typing import Any, NamedTuple

from matjar.core.tx import Reading
from matjar.domain.orders.model import Order
from matjar.domain.orders.store.orders import assemble

_ORDERS = """
    SELECT id, number, checkout_id, customer_id, status, financial_status, fulfilment_status, currency, language,
        subtotal_minor, discount_minor, delivery_minor, tax_minor, total_minor, paid_minor, refunded_minor,
        credited_minor, particulars, contact, gateway, request_id, created_at, updated_at, cancelled_at, cancel_reason
    FROM orders WHERE shop_id = :shop_id AND <which>
"""
_LINES = """
    SELECT order_id, id, position, product_id, variant_id, inventory_item_id, title, variant_title, sku, quantity,
        unit_price_minor, discount_minor, taxes, tax_minor, total_minor, requires_shipping, fulfilled, refunded,
        cancelled
    FROM line_items WHERE shop_id = :shop_id AND order_id IN (
        SELECT id FROM orders WHERE shop_id = :shop_id AND <which>
    ) ORDER BY order_id, position LIMIT 100000
"""
_MATCHING = """
    (:status = '' OR status = :status)
    AND (:financial_status = '' OR financial_status = :financial_status
        OR (:financial_status = 'unpaid' AND financial_status IN ('pending', 'authorized', 'partially_paid')))
    AND (:fulfilment_status = '' OR fulfilment_status = :fulfilment_status
        OR (:fulfilment_status = 'unsent' AND fulfilment_status IN ('unfulfilled', 'partial')))
    AND (:customer_id = 0 OR customer_id = :customer_id)
    AND created_at >= :created_from AND created_at < :created_before
    AND updated_at >= :updated_from AND updated_at < :updated_before
    AND (:words = '' OR LOWER(contact) LIKE :words ESCAPE '!' OR EXISTS (
        SELECT 1 FROM line_items s WHERE s.shop_id = :shop_id AND s.order_id = orders.id
            AND LOWER(s.sku) LIKE :words ESCAPE '!'))
"""
_COUNT = "SELECT COUNT(*) FROM orders WHERE shop_id = :shop_id AND <which>".replace("<which>", _MATCHING)


class Pair(NamedTuple):
    """The statement for orders, and the one for their lines."""

    orders: str
    lines: str


def _which(condition: str) -> Pair:
    return Pair(_ORDERS.replace("<which>", condition), _LINES.replace("<which>", condition))


BY_ID = _which("id = :id")
BY_NUMBER = _which("number = :number")
BY_TOKEN = _which("token_hash = :token_hash")
BY_CHECKOUT = _which("checkout_id = :checkout_id")
AFTER = _which("id > :since_id AND " + _MATCHING + " ORDER BY id LIMIT :most")
BEFORE = _which("id < :before_id AND " + _MATCHING + " ORDER BY id DESC LIMIT :most")


def find(view: Reading, pair: Pair, **parameters: Any) -> Order | None:
    """The order that a condition names."""
    found = listed(view, pair, **parameters)
    return found[0] if found else None


def listed(view: Reading, pair: Pair, **parameters: Any) -> list[Order]:
    """The orders of one page."""
    orders = view.all(pair.orders, **parameters)
    return assemble(orders, view.all(pair.lines, **parameters)) if orders else []


def count(view: Reading, **parameters: Any) -> int:
    """How many orders match."""
    row = view.one(_COUNT, **parameters)
    return int(row[0]) if row else 0
