"""An invoice or a credit note as a page to print, for whoever has its link: on A4, and in both of the shop's languages.

What must stand there. United Arab Emirates: Executive Regulation of the VAT law (Cabinet Decision 52 of 2017), Articles
59 and 60. Saudi Arabia: VAT Implementing Regulations, Article 53, in Arabic beside any other language, with the code of
ZATCA's resolution on e-invoicing. European Union: Directive 2006/112/EC, Article 226: date (1), number (2), both
parties' VAT numbers (3, 4), names and addresses (5), quantity and nature (6), date of supply (7); for each rate what is
taxed, the price of a unit without tax and what came off (8), the rate (9) and the tax (10). Article 219 for credit
notes. What was issued is printed as it was frozen; the other language's words for the goods are those of today.
"""

from collections.abc import Sequence

import msgspec
from litestar import Response, get

from matjar.core.address import Address
from matjar.core.money import divide_half_up
from matjar.core.tx import Reading
from matjar.domain import invoices, orders
from matjar.domain.invoices import Body, Invoice, Item, Paper, Party
from matjar.domain.orders import Order
from matjar.edge.framework import Ask, visit_of
from matjar.edge.languages import catalogue, direction, sentence
from matjar.edge.pages import own
from matjar.edge.regions import region_name
from matjar.edge.tokens import BAD_LINK
from matjar.surfaces.storefront.pages.frame import Frame, routes
from matjar.surfaces.storefront.parts import Parts

PAGE = "/papers"

TERMS = {
    "number": sentence("Number"),
    "issued": sentence("Date of issue and supply"),
    "order": sentence("Order"),
    "corrects": sentence("Corrects invoice"),
    "reason": sentence("Reason"),
    "seller": sentence("Seller"),
    "buyer": sentence("Buyer"),
    "tax_number": sentence("Tax number"),
    "goods": sentence("Description"),
    "quantity": sentence("Quantity"),
    "unit_price": sentence("Unit price"),
    "unit_net": sentence("Unit price without tax"),
    "discount": sentence("Discount"),
    "net": sentence("Without tax"),
    "rate": sentence("Tax rate"),
    "tax": sentence("Tax"),
    "total": sentence("Total with tax"),
    "by_rate": sentence("Tax by rate"),
    "taxable": sentence("Taxed amount"),
    "sum": sentence("Total"),
    "inclusive": sentence("Unit prices have their tax in them."),
    "exclusive": sentence("Unit prices are without tax."),
}
HEADINGS = {
    sentence("Tax Invoice"), sentence("Simplified Tax Invoice"), sentence("Invoice"), sentence("Tax Credit Note"),
    sentence("Credit Note"),
}  # fmt: skip
"""What papers are headed when they are issued: words that the law prescribes."""

REASONS = {
    "customer": sentence("At the buyer’s wish"),
    "inventory": sentence("Not in stock"),
    "fraud": sentence("Cancelled by the shop"),
    "declined": sentence("Not paid"),
    "other": sentence("Cancelled"),
    "paid_too_much": sentence("Paid too much"),
}
"""Reasons that the house itself gives, in words; what somebody typed stays as it is."""


class Said(msgspec.Struct, frozen=True):
    """Something in one language."""

    language: str
    direction: str
    text: str


class Row(msgspec.Struct, frozen=True):
    """A line of the paper; ``titles`` as it was sold first."""

    item: Item
    titles: tuple[Said, ...]
    unit_net_minor: int
    """The price of a unit without tax, after what came off."""


class Words(msgspec.Struct, frozen=True):
    """What a paper says, in one language or in two."""

    languages: tuple[str, ...]

    def term(self, name: str) -> tuple[Said, ...]:
        """One of ``TERMS``."""
        return self.say(TERMS[name])

    def say(self, text: str) -> tuple[Said, ...]:
        """A sentence in each language; once where both say the same."""
        said = {catalogue(each).gettext(text): each for each in reversed(self.languages)}
        return tuple(Said(each, direction(each), text) for text, each in reversed(said.items()))


@get(routes("/papers/{token:str}"))
async def show(request: Ask, frame: Frame, parts: Parts, token: str) -> Response[bytes]:
    """The paper; refuses ``link.invalid``."""
    name = parts.tokens.open_paper(frame.shop.id, token)
    paper, order = await parts.desk(visit_of(request)).read(lambda view: _load(view, name))
    words = Words(languages_of(frame, paper))
    return own(
        frame.render(
            "invoice.html",
            paper=paper,
            body=paper.body,
            words=words,
            seller_at=address_of(paper.body.seller),
            buyer_at=address_of(paper.body.buyer),
            rows=[_row(frame, parts, words, order, item, paper.body) for item in paper.body.items],
            corrects=invoices.name_of(Paper.INVOICE, paper.body.invoice_number) if paper.body.invoice_number else "",
            order_name=order.name,
            reason=words.say(REASONS.get(paper.body.reason, paper.body.reason)),
            code=_picture_of(invoices.qr_text(paper)),
        )
    )


def languages_of(frame: Frame, paper: Invoice) -> tuple[str, ...]:
    """The reader's language and another of the shop's; Arabic wherever Saudi Arabia's tax is in it."""
    others = [each for each in frame.shop.languages if each != frame.language]
    if frame.language != "ar" and any(tax.place.startswith("SA") for tax in paper.body.taxes):
        others.insert(0, "ar")
    return (frame.language, *others[:1])


def address_of(party: Party) -> Address:
    """Where a party is, without what stands above it already, and without a region that has no name."""
    at = party.address
    known = at.region if region_name(at.country, at.region) != at.region else ""
    name, company = ("" if text == party.name else text for text in (at.name, at.company))
    return msgspec.structs.replace(at, name=name, company=company, vat_number="", region=known)


def _load(view: Reading, name: str) -> tuple[Invoice, Order]:
    paper = invoices.find_named(view, name=name)
    if paper is None:
        raise BAD_LINK()
    return paper, orders.load(view, order_id=paper.order_id)


def _row(frame: Frame, parts: Parts, words: Words, order: Order, item: Item, body: Body) -> Row:
    """A piece's price without tax is before any discount, as the price beside it is."""
    unit_net_minor = item.unit_price_minor
    if body.prices_include_tax and item.total_minor:
        unit_net_minor = divide_half_up(item.unit_price_minor * item.net_minor, item.total_minor)
    return Row(item, _titles(frame, parts, words.languages, order, item), unit_net_minor)


def _titles(frame: Frame, parts: Parts, languages: Sequence[str], order: Order, item: Item) -> tuple[Said, ...]:
    """What was sold: in the words of the sale, and in those of the shelf in the paper's other language."""
    sold_in = frame.shop.languages[0]
    delivery = order.particulars
    if item.title == delivery.delivery_name:
        sold_in = order.language
    titles = {item.title: sold_in}
    line = next((line for line in order.lines if line.full_title == item.title), None)
    for language in languages:
        said = parts.catalogue.shelf(frame.shop.id).said(line.variant_id, language) if line else None
        if said and language != sold_in:
            titles.setdefault(" – ".join(filter(None, (said.title, said.choice))), language)
        elif line is None and language != sold_in and language in delivery.delivery_names:
            titles.setdefault(delivery.delivery_names[language], language)
    return tuple(Said(each, direction(each), text) for text, each in titles.items())


def _picture_of(code: str) -> str:
    """The code as a drawing; empty where the law asks for none."""
    if not code:
        return ""
    import segno  # noqa: PLC0415 - for Saudi Arabia's papers alone

    picture = segno.make(code, error="m", micro=False)
    return str(picture.svg_inline(scale=3, border=4, dark="#000", light="#fff", omitsize=True))
