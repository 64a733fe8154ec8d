"""The invoices' SQL."""

import msgspec

from matjar.core.tx import Reading, Row, Tx
from matjar.domain.invoices.model import Body, Invoice, Paper

_INSERT = """
    INSERT INTO invoices (shop_id, kind, number, id, order_id, refund_id, currency, tax_minor, total_minor, body,
        issued_at)
    VALUES (:shop_id, :kind, :number, :id, :order_id, :refund_id, :currency, :tax_minor, :total_minor, :body,
        :issued_at)
"""
_OF_ORDER = """
    SELECT kind, number, id, order_id, refund_id, currency, tax_minor, total_minor, body, issued_at
    FROM invoices WHERE shop_id = :shop_id AND order_id = :order_id ORDER BY id LIMIT 500
"""
_FIND = """
    SELECT kind, number, id, order_id, refund_id, currency, tax_minor, total_minor, body, issued_at
    FROM invoices WHERE shop_id = :shop_id AND kind = :kind AND number = :number
"""
_LIST = """
    SELECT kind, number, id, order_id, refund_id, currency, tax_minor, total_minor, body, issued_at
    FROM invoices WHERE shop_id = :shop_id AND kind = :kind AND number > :since ORDER BY number LIMIT :most
"""

_decode_body = msgspec.json.Decoder(Body).decode
_encode = msgspec.json.Encoder().encode


def insert(tx: Tx, invoice: Invoice) -> None:
    """Write a new invoice or credit note."""
    tx.run(_INSERT, **{**msgspec.structs.asdict(invoice), "body": _encode(invoice.body).decode()})


def invoices_of(view: Reading, order_id: int) -> list[Invoice]:
    """An order's invoice and credit notes, the oldest first."""
    return [_invoice(row) for row in view.all(_OF_ORDER, order_id=order_id)]


def find(view: Reading, kind: Paper, number: int) -> Invoice | None:
    """One paper by its number."""
    row = view.one(_FIND, kind=kind, number=number)
    return _invoice(row) if row else None


def list_since(view: Reading, kind: Paper, since: int, most: int) -> list[Invoice]:
    """The papers of a series after a number."""
    return [_invoice(row) for row in view.all(_LIST, kind=kind, since=since, most=most)]


def _invoice(row: Row) -> Invoice:
    return Invoice(*(Paper(row[0]), *row[1:8], _decode_body(row[8]), row[9]))
