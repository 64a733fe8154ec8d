"""A customer's account over plain HTTP, without a script, with identity nowhere about."""

import email
import json
import re
import time
from email import policy
from email.message import EmailMessage

import pytest

from matjar.domain import customers, invoices, orders
from matjar.domain.orders import Filter
from tests.platform import Platform
from tests.surfaces.storefront.reader import Reader
from tests.surfaces.storefront.test_pages import TOLD, fill_cart

SESSION = "__Host-storefront-customer"
CODE = r"\d{6}"
"""What the subject of a letter with a code holds, and no other's."""


def letters_to(platform: Platform, address: str, saying: str) -> list[EmailMessage]:
    """The letters to an address whose subject says this (a pattern), the newest last."""
    paths = sorted((platform.settings.home / "mail").glob("*.eml"))
    found = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
    return [letter for letter in found if letter["To"] == address and re.search(saying, str(letter["Subject"]))]


def next_letter(platform: Platform, address: str, saying: str, after: int = 0) -> EmailMessage:
    """The letter to an address that says this, and comes after so many others that do."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if len(found := letters_to(platform, address, saying)) > after:
            return found[after]
        time.sleep(0.1)
    raise AssertionError(f"no letter to {address} that says {saying}: {platform.logs()}")


def ask(reader: Reader, platform: Platform, address: str) -> EmailMessage:
    """Ask for a code; the letter."""
    before = len(letters_to(platform, address, CODE))
    reader.send("/account/sign-in", {"email": address})
    assert reader.path.startswith("/account/code")
    return next_letter(platform, address, CODE, before)


def sign_in(reader: Reader, platform: Platform, address: str) -> str:
    """Sign in by the digits; the page that it leads to."""
    found = re.search(CODE, str(ask(reader, platform, address)["Subject"]))
    assert found is not None
    page = reader.send("/account/code", {"code": found[0]})
    assert reader.path == "/account"
    return page


def buy(reader: Reader, **told: str) -> str:
    """Buy the first product for cash; the order's page."""
    fill_cart(reader)
    page = reader.send("/checkout/begin", {"go": "1"})
    fields = TOLD | reader.fields(page) | {"delivery": "courier", "gateway": "cash_on_delivery", "do": "pay"} | told
    page = reader.send("/checkout", fields)
    assert reader.path.startswith("/orders/"), page
    return reader.path


def test_a_guests_orders_are_there_once_they_have_an_account(reader: Reader, platform: Platform) -> None:
    path = buy(reader, email="guest-first@example.com").partition("?")[0]
    page = sign_in(reader, platform, "guest-first@example.com")
    assert reader.path == "/account"
    assert f'href="{path}"' in page
    assert "Order" in reader.get(path)


def test_the_letters_link_signs_in_only_when_it_is_meant(reader: Reader, platform: Platform) -> None:
    letter = ask(reader, platform, "by-link@example.com")
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(r"http://[^/]+(/account/enter/\S+)", body.get_content())
    assert found is not None
    elsewhere = Reader(platform, "10.8.8.8")
    elsewhere.get(found[1])
    assert SESSION not in elsewhere.cookies
    assert "You have not ordered anything here yet." in elsewhere.send(found[1], {})
    assert "This link is not good any more." in reader.send(found[1], {})


def test_a_letter_comes_in_the_shops_name_and_leaves_nothing_behind(reader: Reader, platform: Platform) -> None:
    letter = ask(reader, platform, "in-name@example.com")
    assert str(letter["From"]).startswith("Bench")
    assert reader.get("/account/code").count("in-name@example.com") > 0


def test_who_is_known_and_who_is_not_are_answered_alike(reader: Reader, platform: Platform) -> None:
    buy(reader, email="known@example.com")
    pages = []
    for number, address in enumerate(("known@example.com", "stranger@example.com")):
        someone = Reader(platform, f"10.7.7.{number}")
        pages.append(someone.send("/account/sign-in", {"email": address}).replace(address, ""))
    assert pages[0] == pages[1]


def test_a_wrong_code_keeps_the_door_shut(reader: Reader, platform: Platform) -> None:
    ask(reader, platform, "wrong-code@example.com")
    assert "This code is not right" in reader.send("/account/code", {"code": "١٢٣ ٤٥٦"})
    assert (reader.status, SESSION in reader.cookies) == (403, False)


@pytest.mark.parametrize("path", ["/account", "/account/addresses", "/account/details", "/account/my-data"])
def test_pages_of_a_customer_lead_strangers_to_the_door(reader: Reader, path: str) -> None:
    assert "You need no password" in reader.get(path)
    assert reader.path.startswith("/account/sign-in")


@pytest.mark.parametrize("cookie", ["x", "e30.e30." + "A" * 86, ""])
def test_a_made_up_session_is_nobody(reader: Reader, cookie: str) -> None:
    reader.cookies[SESSION] = cookie
    assert "You need no password" in reader.get("/account")


def test_goods_are_shown_alike_to_a_customer_and_to_anybody(reader: Reader, platform: Platform) -> None:
    sign_in(reader, platform, "same-pages@example.com")
    stranger = Reader(platform, "10.9.9.8")
    for path in ("/", "/collections"):
        assert reader.get(path) == stranger.get(path)
        assert "same-pages" not in reader.get(path)


def test_signed_out_here_or_everywhere_is_signed_out(reader: Reader, platform: Platform) -> None:
    page = sign_in(reader, platform, "goes-out@example.com")
    here = dict(reader.cookies)
    reader.send("/account/sign-out", reader.fields(page))
    reader.cookies = here
    assert "You need no password" in reader.get("/account")
    other = Reader(platform, "10.8.8.9")
    sign_in(other, platform, "goes-out@example.com")
    assert "Your orders" in other.get("/account")
    page = sign_in(reader, platform, "goes-out@example.com")
    reader.send("/account/sign-out-everywhere", reader.fields(page))
    assert "You need no password" in other.get("/account")


def test_a_customer_moves_to_another_address_and_takes_their_orders_along(reader: Reader, platform: Platform) -> None:
    path = buy(reader, email="moves-out@example.com").partition("?")[0]
    sign_in(reader, platform, "moves-out@example.com")
    page = reader.get("/account/email")
    page = reader.send("/account/email", reader.fields(page) | {"email": "moves-in@example.com"})
    assert reader.path == "/account/email/code"
    assert "This code is not right" in reader.send("/account/email/code", reader.fields(page) | {"code": "000000"})
    code = re.search(CODE, str(next_letter(platform, "moves-in@example.com", CODE)["Subject"]))
    assert code is not None
    page = reader.send("/account/email/code", reader.fields(page) | {"code": code[0]})
    assert "From now on you sign in with your new address." in page
    assert next_letter(platform, "moves-out@example.com", "has another address")
    elsewhere = Reader(platform, "10.8.8.7")
    assert f'href="{path}"' in sign_in(elsewhere, platform, "moves-in@example.com")


def test_moving_to_somebodys_address_looks_as_moving_to_nobodys(reader: Reader, platform: Platform) -> None:
    buy(reader, email="at-home@example.com")
    pages = []
    for number, address in enumerate(("at-home@example.com", "nobody-home@example.com")):
        someone = Reader(platform, f"10.7.8.{number}")
        sign_in(someone, platform, f"curious-{number}@example.com")
        fields = someone.fields(someone.get("/account/email"))
        page = someone.send("/account/email", fields | {"email": address})
        page += someone.send("/account/email/code", fields | {"code": "000000"})
        for own in (address, f"curious-{number}@example.com", fields["csrf"]):
            page = page.replace(own, "")
        pages.append(page)
    assert pages[0] == pages[1]
    assert next_letter(platform, "at-home@example.com", "is known at")
    assert not letters_to(platform, "at-home@example.com", CODE)


def test_who_signed_in_long_ago_signs_in_once_more_before_moving(reader: Reader) -> None:
    assert "Sign in" in reader.get("/account/email")
    assert reader.path.startswith("/account/sign-in?then=%2Faccount%2Femail")


def test_a_form_that_was_made_for_another_session_is_refused(reader: Reader, platform: Platform) -> None:
    sign_in(reader, platform, "other-form@example.com")
    page = reader.send("/account/details", {"csrf": "0" * 32, "name": "Mallory"})
    assert (reader.status, "open for too long" in page) == (403, True)


def test_a_checkout_begins_with_what_a_customer_keeps(reader: Reader, platform: Platform) -> None:
    sign_in(reader, platform, "prefilled@example.com")
    page = reader.get("/account/addresses/new")
    kept = {"name": "Sara Haddad", "line1": "12 Marina Walk", "city": "Dubai", "country": "AE", "phone": "+971501"}
    page = reader.send("/account/addresses/keep", reader.fields(page) | kept)
    assert "12 Marina Walk" in page
    fill_cart(reader)
    page = reader.send("/checkout/begin", {"go": "1"})
    for text in ("prefilled@example.com", "12 Marina Walk", "+971501", "You are signed in as"):
        assert text in page
    page = reader.send("/account/addresses", reader.fields(reader.get("/account/addresses")) | {"do": "remove"})
    assert "You keep no address yet." in page


def test_an_address_that_is_kept_at_the_checkout_is_there_the_next_time(reader: Reader, platform: Platform) -> None:
    sign_in(reader, platform, "keeps@example.com")
    buy(reader, email="keeps@example.com", line1="Palm Street 5", keep="1")
    assert "Palm Street 5" in reader.get("/account/addresses")


def test_everything_that_is_known_can_be_taken_along(reader: Reader, platform: Platform) -> None:
    buy(reader, email="takes-along@example.com", line1="Creek Road 8")
    sign_in(reader, platform, "takes-along@example.com")
    told = json.loads(reader.get("/account/my-data"))
    assert reader.answer["content-disposition"].startswith("attachment")
    assert (told["email"], told["name"]) == ("takes-along@example.com", "Sara Haddad")
    assert told["orders"][0]["contact"]["shipping"]["line1"] == "Creek Road 8"


def test_who_is_forgotten_leaves_books_that_still_add_up(reader: Reader, platform: Platform) -> None:
    address = "forget-me@example.com"
    buy(reader, email=address, line1="Creek Road 9")
    page = sign_in(reader, platform, address)
    customer = platform.read(lambda view: customers.find(view, email=address))
    assert customer is not None
    ours = Filter(customer_id=customer.id)
    (order,) = platform.read(lambda view: orders.list_orders(view, matching=ours))
    form = reader.get("/account/forget-me")
    page = reader.send("/account/forget-me", reader.fields(form) | {"sure": "1"})
    assert "is still to be sent" in page
    platform.submit(orders.fulfil, order_id=order.id)
    page = reader.send("/account/forget-me", reader.fields(form) | {"sure": "1"})
    assert "We have forgotten you." in page
    (after,) = platform.read(lambda view: orders.list_orders(view, matching=ours))
    assert (after.number, after.total_minor, after.contact.email) == (order.number, order.total_minor, "")
    assert after.contact.shipping.line1 == ""
    assert platform.read(lambda view: customers.load(view, customer_id=customer.id)).email is None
    assert platform.read(lambda view: invoices.invoices_of(view, order_id=order.id))
    assert next_letter(platform, address, "has forgotten you")
