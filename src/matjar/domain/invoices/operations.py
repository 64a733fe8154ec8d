"""Issuing. The number is taken in the transaction that writes the paper, so that no series ever has a gap."""

from collections.abc import Sequence

from matjar.core.address import Address
from matjar.core.tx import Tx
from matjar.domain import shops
from matjar.domain.invoices import events, queries, rules, store
from matjar.domain.invoices.model import Body, Invoice, Item, Paper
from matjar.domain.shops import Shop


def issue(
    tx: Tx,
    *,
    shop: Shop,
    order_id: int,
    order_number: int,
    currency: str,
    buyer: Address,
    items: Sequence[Item],
) -> Invoice:
    """Issue the order's invoice: when its money is taken or its goods are sent, whichever comes first.

    That is the date of supply under the UAE's VAT law (Federal Decree-Law 8 of 2017, Article 25). The caller sees to
    it that an order has one invoice.
    """
    body = rules.draft(Paper.INVOICE, shop=shop, buyer=buyer, order_number=order_number, items=items)
    invoice = _write(tx, Paper.INVOICE, "invoices", order_id, None, currency, body)
    tx.emit(events.InvoiceIssued(order_id, invoice.number, invoice.total_minor))
    return invoice


def issue_credit_note(
    tx: Tx, *, order_id: int, refund_id: int, items: Sequence[Item], reason: str
) -> Invoice | None:
    """Correct the order's invoice by what the buyer no longer owes; nothing to correct where none was issued yet."""
    invoice = queries.find_invoice_of(tx, order_id=order_id)
    if invoice is None:
        return None
    body = rules.draft(
        Paper.CREDIT_NOTE, shop=shops.load(tx), buyer=invoice.body.buyer.address,
        order_number=invoice.body.order_number, items=items, invoice_number=invoice.number, reason=reason,
    )  # fmt: skip
    note = _write(tx, Paper.CREDIT_NOTE, "credit_notes", order_id, refund_id, invoice.currency, body)
    tx.emit(events.CreditNoteIssued(order_id, note.number, note.total_minor))
    return note


def _write(
    tx: Tx, kind: Paper, series: str, order_id: int, refund_id: int | None, currency: str, body: Body
) -> Invoice:
    invoice = Invoice(
        kind, tx.next_number(series), tx.new_id(), order_id, refund_id, currency, body.tax_minor, body.total_minor,
        body, tx.now,
    )  # fmt: skip
    store.insert(tx, invoice)
    return invoice
