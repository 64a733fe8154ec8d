"""What must stand on an invoice, and its sums.

Sources. United Arab Emirates: Executive Regulation of the VAT law (Cabinet Decision 52 of 2017), Article 59 (1) for tax
invoices, 59 (2) for simplified ones, 60 for tax credit notes: the words "Tax Invoice" or "Tax Credit Note", name,
address and registration number of the seller, and of a buyer who is registered; a sequential number; the date of issue
(which is the date of supply, because we issue on it); per line description, unit price, quantity, rate; discounts,
gross amount, tax in dirhams; for a credit note the invoice that it corrects and why. Saudi Arabia: VAT Implementing
Regulations, Article 53 (5) and, for simplified invoices, 53 (8): date of issue, name, address and number of the seller,
the goods, what is to be paid, the tax in it. One paper meets both: it always carries what the full invoice asks for, as
far as the buyer told it.
"""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime

from matjar.core.address import Address
from matjar.core.clock import SECOND
from matjar.core.money import to_text
from matjar.domain.invoices.model import Body, Invoice, Item, Paper, Party, TaxTotal
from matjar.domain.shops import Shop

_HEADINGS = {Paper.INVOICE: "Invoice", Paper.CREDIT_NOTE: "Credit Note"}


def draft(
    kind: Paper,
    *,
    shop: Shop,
    buyer: Address,
    order_number: int,
    items: Sequence[Item],
    invoice_number: int = 0,
    reason: str = "",
) -> Body:
    """Everything that is printed, with its sums."""
    taxes = totals(items)
    seller = seller_of(shop, taxes)
    tax_minor = sum(total.amount_minor for total in taxes)
    total_minor = sum(item.total_minor for item in items)
    return Body(
        heading=_heading(kind, seller, taxes, buyer),
        seller=seller,
        buyer=Party(buyer.company or buyer.name, buyer, buyer.vat_number),
        order_number=order_number,
        items=tuple(items),
        taxes=taxes,
        net_minor=total_minor - tax_minor,
        tax_minor=tax_minor,
        total_minor=total_minor,
        prices_include_tax=shop.settings.prices_include_tax,
        invoice_number=invoice_number,
        reason=reason,
    )


def _heading(kind: Paper, seller: Party, taxes: Sequence[TaxTotal], buyer: Address) -> str:
    """The words that the law prescribes; Saudi Arabia's for who is no business are others."""
    if not seller.vat_number:
        return _HEADINGS[kind]
    saudi = any(total.place.startswith("SA") for total in taxes)
    simplified = saudi and kind is Paper.INVOICE and not buyer.vat_number
    return f"{'Simplified ' if simplified else ''}Tax {_HEADINGS[kind]}"


def totals(items: Sequence[Item]) -> tuple[TaxTotal, ...]:
    """The tax at each rate, in the order in which the rates first appear."""
    taxable: dict[tuple[str, int, str], int] = {}
    amounts: dict[tuple[str, int, str], int] = {}
    for item in items:
        for tax in item.taxes:
            rate = (tax.name, tax.rate_ppm, tax.place)
            taxable[rate] = taxable.get(rate, 0) + item.net_minor
            amounts[rate] = amounts.get(rate, 0) + tax.amount_minor
    return tuple(TaxTotal(*rate, taxable[rate], amounts[rate]) for rate in amounts)


def seller_of(shop: Shop, taxes: Sequence[TaxTotal]) -> Party:
    """The shop under its legal name, with its number where the tax is due, else where the shop is at home."""
    settings = shop.settings
    countries = [total.place[:2] for total in taxes] or [shop.country]
    numbers = [each.number for each in settings.registrations if each.country == countries[0]]
    return Party(settings.legal_name or shop.name, settings.address, numbers[0] if numbers else "")


def qr_text(invoice: Invoice) -> str:
    """What the QR code on a Saudi invoice or credit note says; empty where the tax is not Saudi Arabia's.

    Tag, length and value of seller, VAT number, moment, total and VAT, in base64: ZATCA's Security Features
    Implementation Standards, tags 1 to 5 (generation phase). The later tags need ZATCA's cryptographic stamp.
    """
    body = invoice.body
    if not any(tax.place.startswith("SA") for tax in body.taxes):
        return ""
    moment = datetime.fromtimestamp(invoice.issued_at // SECOND, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    total, tax = (to_text(amount, invoice.currency) for amount in (body.total_minor, body.tax_minor))
    fields = [text.encode()[:255] for text in (body.seller.name, body.seller.vat_number, moment, total, tax)]
    return base64.b64encode(b"".join(bytes((tag, len(text))) + text for tag, text in enumerate(fields, 1))).decode()
