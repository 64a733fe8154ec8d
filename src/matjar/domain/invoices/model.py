"""Invoices and credit notes: what the tax office and the buyer's bookkeeper read, frozen when it is issued."""

from enum import StrEnum

import msgspec

from matjar.core.address import NOWHERE, Address
from matjar.core.refusal import Kind, declare
from matjar.domain.tax import TaxLine

NO_SUCH_INVOICE = declare("invoices.no_such_invoice", Kind.NOT_FOUND, "There is no such invoice.")


class Paper(StrEnum):
    """What was issued. Each has a gapless series of its own in each shop."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who sells or buys, as they are named before the tax office."""

    name: str
    address: Address = NOWHERE
    vat_number: str = ""
    """The UAE's and KSA's TRN, the EU's VAT identification number; empty for a person."""


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line: so many pieces at a price, what came off, its taxes, and what it comes to with them."""

    title: str
    quantity: int
    unit_price_minor: int
    discount_minor: int
    taxes: tuple[TaxLine, ...]
    total_minor: int
    sku: str = ""

    @property
    def tax_minor(self) -> int:
        """The tax on the line."""
        return sum(tax.amount_minor for tax in self.taxes)

    @property
    def net_minor(self) -> int:
        """The line without its tax."""
        return self.total_minor - self.tax_minor


class TaxTotal(msgspec.Struct, frozen=True):
    """One tax at one rate over the whole paper."""

    name: str
    rate_ppm: int
    place: str
    taxable_minor: int
    amount_minor: int


class Body(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything that is printed. A paper about an order that changes later stays as it was."""

    heading: str
    """``Tax Invoice`` where the seller is registered for tax, else ``Invoice``; likewise for credit notes.
    ``Simplified Tax Invoice`` in Saudi Arabia, for a buyer without a number."""
    seller: Party
    buyer: Party
    order_number: int
    items: tuple[Item, ...]
    taxes: tuple[TaxTotal, ...]
    net_minor: int
    tax_minor: int
    total_minor: int
    prices_include_tax: bool
    invoice_number: int = 0
    """For a credit note: the invoice that it corrects."""
    reason: str = ""


class Invoice(msgspec.Struct, frozen=True):
    """An issued invoice or credit note."""

    kind: Paper
    number: int
    id: int
    order_id: int
    refund_id: int | None
    currency: str
    tax_minor: int
    total_minor: int
    body: Body
    issued_at: int

    @property
    def name(self) -> str:
        """As it is printed: INV-000001, CN-000001."""
        return name_of(self.kind, self.number)


def name_of(kind: Paper, number: int) -> str:
    """What a paper is called that has this number in its series."""
    return f"{_SERIES[kind]}-{number:06d}"


def read_name(name: str) -> tuple[Paper, int] | None:
    """Which paper is called so; None: none can be."""
    series, _, digits = name.partition("-")
    kind = next((kind for kind, word in _SERIES.items() if word == series), None)
    return (kind, int(digits)) if kind and digits.isascii() and digits.isdigit() and len(digits) < 16 else None


_SERIES = {Paper.INVOICE: "INV", Paper.CREDIT_NOTE: "CN"}
