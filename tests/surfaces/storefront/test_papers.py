"""What a buyer has in writing, on the shop's pages: invoices by a link of their own, with company and number; news."""

import re
from typing import Any
from urllib.parse import quote

import pytest

from matjar.domain import customers, orders
from matjar.domain.customers import Consent, Customer
from matjar.domain.orders import Return
from matjar.edge.tokens import Tokens
from matjar.surfaces.storefront.pages.details import NEWS
from tests.platform import Platform
from tests.surfaces.storefront.guest import ADDRESS, TOLD, Guest
from tests.surfaces.storefront.reader import Reader
from tests.surfaces.storefront.test_account import sign_in

FIRM = ADDRESS | {"company": "Haddad <b>& Sons</b> LLC", "vat_number": "100987654300003"}


def order_page(guest: Guest, reader: Reader, **told: Any) -> str:
    """Buy, and look at the order's page."""
    _, answer = guest.pay(guest.fill(quantity=2, **told))
    path = re.sub(r"^https?://[^/]+", "", answer["order"]["permalink_url"])
    return reader.get(path)


def papers_of(page: str) -> list[str]:
    """Where the papers of an order are."""
    return re.findall(r'href="(/papers/[^"]+)"', page)


def bare(text: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ")


def test_an_invoice_says_all_that_the_law_asks_for_in_both_languages(guest: Guest, reader: Reader) -> None:
    (path,) = papers_of(order_page(guest, reader, shipping_address=FIRM))
    page = reader.get(path)
    said = bare(page)
    for text in ("Tax Invoice", "فاتورة ضريبية", "INV-", "Date of issue and supply", "تاريخ الإصدار والتوريد",
                 "Bench Trading LLC", "100123456700003", "100987654300003", "Rose soap No. 0", "AED 98.00",
                 "5%", "Taxed amount", "Unit price without tax"):  # fmt: skip
        assert text in said
    assert "Haddad &lt;b&gt;&amp; Sons" in page
    assert reader.answer["cache-control"] == "no-store"
    arabic = reader.get(f"/ar{path}")
    assert '<html lang="ar" dir="rtl"' in arabic
    assert bare(arabic).index("فاتورة ضريبية") < bare(arabic).index("Tax Invoice")


def test_a_credit_note_names_the_invoice_that_it_corrects(guest: Guest, reader: Reader, platform: Platform) -> None:
    page = order_page(guest, reader)
    order_path, (invoice,) = reader.path, papers_of(page)
    name = re.search(r"INV-\d+", invoice)
    assert name is not None
    order = platform.read(lambda view: orders.list_latest(view, most=1))[0]
    platform.submit(orders.begin_refund, order_id=order.id, lines=(Return(order.lines[0].id, 1),), reason="Torn <i>")
    note = papers_of(reader.get(order_path))[1]
    page = reader.get(note)
    said = bare(page)
    for text in ("Tax Credit Note", "إشعار دائن ضريبي", f"Corrects invoice تصحيح للفاتورة {name[0]}"):
        assert text in said
    assert "Torn &lt;i&gt;" in page


@pytest.mark.parametrize("change", ["INV-999999", "INV-000001x", "CN-000001", "../orders", "٠"])
def test_a_paper_is_opened_by_its_own_link_alone(reader: Reader, guest: Guest, change: str) -> None:
    (path,) = papers_of(order_page(guest, reader))
    token = path.rpartition(".")[2]
    reader.get(f"/papers/{quote(change, safe='')}.{token}")
    assert reader.status == 404


def test_a_company_is_asked_for_and_kept(reader: Reader, platform: Platform) -> None:
    page = reader.get("/products.json")
    assert page
    handle = re.search(r'"handle":"([^"]+)"', page)
    assert handle is not None
    reader.send("/cart/add", {"product": handle[1], "quantity": "1"})
    page = reader.send("/checkout/begin", {"go": "1"})
    assert "Buying for a company?" in page
    typed = {
        "email": "firm@example.com", "phone": "", "country": "AE", "name": "Sara", "line1": "1 Street",
        "city": "Dubai", "region": "DU", "company": "Haddad LLC", "vat_number": "100987654300003", "marketing": "1",
        "delivery": "courier", "gateway": "cash_on_delivery", "do": "pay",
    }  # fmt: skip
    assert "checked" not in page.partition('name="marketing"')[2].partition(">")[0], "nobody agrees for the buyer"
    reader.send("/checkout", reader.fields(page) | typed)
    assert reader.path.startswith("/orders/")
    order = platform.read(lambda view: orders.list_latest(view, most=1))[0]
    assert (order.contact.billing.company, order.contact.billing.vat_number) == ("Haddad LLC", "100987654300003")
    (agreed,) = _consents(platform, "firm@example.com")
    assert (agreed.given, agreed.words, agreed.source) == (True, NEWS, "checkout")


def test_no_more_news_by_one_click_of_a_mail_program_from_anywhere(
    guest: Guest, reader: Reader, platform: Platform
) -> None:
    told = TOLD["buyer"] | {"email": "news@example.com", "accepts_marketing": True}
    order_page(guest, reader, buyer=told)
    customer = _customer(platform, "news@example.com")
    way_out = f"/no-more-news/{Tokens(platform.settings.secret.reveal()).of_news(1, customer.id)}"
    assert "No more news by e-mail?" in reader.get(way_out), "a program that checks links changes nothing"
    assert _customer(platform, "news@example.com").accepts_marketing
    reader.cookies.clear()
    reader.send(way_out, {"List-Unsubscribe": "One-Click"}, origin="https://mail.example", sec_fetch_site="cross-site")
    assert reader.status == 200
    assert not _customer(platform, "news@example.com").accepts_marketing
    assert [each.source for each in _consents(platform, "news@example.com")] == ["letter", "checkout"]
    reader.send(f"{way_out}x", {"List-Unsubscribe": "One-Click"})
    assert reader.status == 404


def _customer(platform: Platform, email: str) -> Customer:
    found = platform.read(lambda view: customers.find(view, email=email))
    assert found is not None
    return found


def _consents(platform: Platform, email: str) -> list[Consent]:
    customer_id = _customer(platform, email).id
    return platform.read(lambda view: customers.list_consents(view, customer_id=customer_id))


def test_what_somebody_agreed_to_stands_in_their_account_and_a_tick_taken_away_is_a_no(
    reader: Reader, platform: Platform
) -> None:
    sign_in(reader, platform, "wants-news@example.com")
    page = reader.get("/account/details")
    assert "You agreed to that" not in page
    page = reader.send("/account/details", reader.fields(page) | {"language": "en", "marketing": "1"})
    assert "You agreed to that on" in page
    assert f'<q dir="auto">{NEWS}</q>' in page
    page = reader.send("/account/details", reader.fields(page) | {"language": "en"})
    assert "You agreed to that" not in page
    said = [(each.given, each.source) for each in _consents(platform, "wants-news@example.com")]
    assert said == [(False, "account"), (True, "account")]
