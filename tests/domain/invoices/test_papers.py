"""Invoices and credit notes."""

import msgspec

from matjar.core.address import Address
from matjar.core.tx import Tx
from matjar.domain import invoices, shops
from matjar.domain.invoices import Item, Paper
from matjar.domain.invoices.rules import draft, totals
from matjar.domain.tax import TaxLine

VAT = TaxLine("VAT", 50_000, 500, "AE")
ZERO = TaxLine("VAT", 0, 0, "AE")
SOAP = Item("Rose soap", 1, 10_500, 0, (VAT,), 10_500)
FLOUR = Item("Flour", 2, 1_000, 0, (ZERO,), 2_000)
COMPANY = Address(name="Mariam", company="Hammam LLC", vat_number="100987654300003", country="AE")


def issue(tx: Tx, order_id: int) -> invoices.Invoice:
    """An invoice of one soap."""
    return invoices.issue(
        tx, shop=shops.load(tx), order_id=order_id, order_number=1, currency="AED", buyer=COMPANY, items=[SOAP]
    )


def test_numbers_follow_each_other_in_each_series(tx: Tx) -> None:
    assert [issue(tx, order_id).number for order_id in (1, 2, 3)] == [1, 2, 3]
    note = invoices.issue_credit_note(tx, order_id=2, refund_id=9, items=[SOAP], reason="Broken")
    assert note is not None
    assert (note.number, note.body.invoice_number, note.body.reason) == (1, 2, "Broken")
    assert [paper.number for paper in invoices.list_series(tx, kind=Paper.INVOICE, since=1)] == [2, 3]


def test_a_credit_note_needs_an_invoice(tx: Tx) -> None:
    assert invoices.issue_credit_note(tx, order_id=2, refund_id=9, items=[SOAP], reason="") is None


def test_a_paper_stays_as_it_was_issued(tx: Tx) -> None:
    issued = issue(tx, 1)
    shop = shops.load(tx)
    shops.configure(tx, settings=msgspec.structs.replace(shop.settings, legal_name="Another LLC"))
    assert invoices.load(tx, kind=Paper.INVOICE, number=1) == issued
    assert issued.body.seller.name == "Demo Trading LLC"


def test_a_tax_invoice_says_what_the_emirates_ask_for(tx: Tx) -> None:
    body = draft(Paper.INVOICE, shop=shops.load(tx), buyer=COMPANY, order_number=1, items=[SOAP, FLOUR])
    assert body.heading == "Tax Invoice"
    assert body.seller.vat_number == "100123456700003"
    assert (body.buyer.name, body.buyer.vat_number) == ("Hammam LLC", "100987654300003")
    assert [(tax.rate_ppm, tax.taxable_minor, tax.amount_minor) for tax in body.taxes] == [
        (50_000, 10_000, 500),
        (0, 2_000, 0),
    ]
    assert (body.net_minor, body.tax_minor, body.total_minor) == (12_000, 500, 12_500)


def test_a_seller_who_is_not_registered_issues_no_tax_invoice(tx: Tx) -> None:
    shop = msgspec.structs.replace(shops.load(tx), settings=shops.Settings())
    assert draft(Paper.CREDIT_NOTE, shop=shop, buyer=COMPANY, order_number=1, items=[]).heading == "Credit Note"
    assert draft(Paper.INVOICE, shop=shop, buyer=COMPANY, order_number=1, items=[]).seller.name == "Demo"


def test_a_saudi_invoice_s_code_says_who_when_and_how_much() -> None:
    """The example of ZATCA's own guide."""
    tax = TaxLine("VAT", 150_000, 15_000, "SA")
    records = Item("Records", 1, 100_000, 0, (tax,), 100_000)
    seller = invoices.Party("Bobs Records", vat_number="310122393500003")
    body = invoices.Body(
        "Tax Invoice", seller, invoices.Party("Reem"), 1, (records,), totals([records]), 85_000, 15_000, 100_000, True
    )
    issued_at = 1_650_900_600_000
    paper = invoices.Invoice(Paper.INVOICE, 1, 1, 1, None, "SAR", 15_000, 100_000, body, issued_at)
    assert invoices.qr_text(paper) == (
        "AQxCb2JzIFJlY29yZHMCDzMxMDEyMjM5MzUwMDAwMwMUMjAyMi0wNC0yNVQxNTozMDowMFoEBzEwMDAuMDAFBjE1MC4wMA=="
    )


def test_elsewhere_there_is_no_such_code(tx: Tx) -> None:
    assert invoices.qr_text(issue(tx, 1)) == ""


def test_saudi_arabia_calls_an_invoice_to_a_person_simplified_and_one_to_a_business_not(tx: Tx) -> None:
    shop = shops.load(tx)
    saudi = shops.Settings(registrations=(shops.Registration("SA", "310122393500003"),))
    shop = msgspec.structs.replace(shop, settings=saudi)
    soap = Item("Soap", 1, 11_500, 0, (TaxLine("VAT", 150_000, 1_500, "SA"),), 11_500)
    person, business = Address(name="Reem", country="SA"), Address(company="Reem Co", vat_number="3001", country="SA")
    for kind, buyer, heading in (
        (Paper.INVOICE, person, "Simplified Tax Invoice"),
        (Paper.INVOICE, business, "Tax Invoice"),
        (Paper.CREDIT_NOTE, person, "Tax Credit Note"),
    ):
        assert draft(kind, shop=shop, buyer=buyer, order_number=1, items=[soap]).heading == heading


def test_a_paper_is_found_by_its_name_and_by_no_other(tx: Tx) -> None:
    issued = issue(tx, 1)
    assert invoices.find_named(tx, name=issued.name) == issued
    for name in ("", "INV", "INV-", "INV-٠٠٠٠٠١", "inv-000001", "CN-000001", "INV-000002", f"INV-{'9' * 40}"):
        assert invoices.find_named(tx, name=name) is None
