"""What happens with invoices."""

from matjar.core.tx import Event


class InvoiceIssued(Event, tag="invoice_issued", frozen=True):
    """An invoice has its number."""

    order_id: int
    number: int
    total_minor: int


class CreditNoteIssued(Event, tag="credit_note_issued", frozen=True):
    """A credit note has its number."""

    order_id: int
    number: int
    total_minor: int
