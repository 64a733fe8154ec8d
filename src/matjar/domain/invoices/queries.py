"""Questions about invoices."""

from matjar.core.limits import PAGE_ROWS
from matjar.core.tx import Reading
from matjar.domain.invoices import model, store
from matjar.domain.invoices.model import Invoice, Paper


def invoices_of(view: Reading, *, order_id: int) -> list[Invoice]:
    """An order's invoice and its credit notes, the oldest first."""
    return store.invoices_of(view, order_id)


def find_invoice_of(view: Reading, *, order_id: int) -> Invoice | None:
    """The order's invoice, once it is issued."""
    return next((paper for paper in store.invoices_of(view, order_id) if paper.kind is Paper.INVOICE), None)


def load(view: Reading, *, kind: Paper, number: int) -> Invoice:
    """One paper of a series; refuses ``invoices.no_such_invoice``."""
    found = store.find(view, kind, number)
    if found is None:
        raise model.NO_SUCH_INVOICE()
    return found


def find_named(view: Reading, *, name: str) -> Invoice | None:
    """The paper that is called so, such as INV-000001."""
    named = model.read_name(name)
    return store.find(view, *named) if named else None


def list_series(view: Reading, *, kind: Paper, since: int = 0, most: int = PAGE_ROWS) -> list[Invoice]:
    """A series in order, after a number: for the bookkeeper's export."""
    return store.list_since(view, kind, since, min(most, PAGE_ROWS))
