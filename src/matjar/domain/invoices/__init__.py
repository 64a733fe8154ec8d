"""Invoices and credit notes, in a gapless series of each for every shop.

Promise: a number is taken only by the paper that carries it, and what was issued never changes.
"""

from matjar.domain.invoices.model import Body, Invoice, Item, Paper, Party, TaxTotal, name_of
from matjar.domain.invoices.operations import issue, issue_credit_note
from matjar.domain.invoices.queries import find_invoice_of, find_named, invoices_of, list_series, load
from matjar.domain.invoices.rules import qr_text

COMMANDS = ()

__all__ = [
    "COMMANDS",
    "Body",
    "Invoice",
    "Item",
    "Paper",
    "Party",
    "TaxTotal",
    "find_invoice_of",
    "find_named",
    "invoices_of",
    "issue",
    "issue_credit_note",
    "list_series",
    "load",
    "name_of",
    "qr_text",
]
