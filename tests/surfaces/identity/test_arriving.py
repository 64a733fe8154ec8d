"""Joining a shop, from the link to the back office's door; and what is said when something is to be mended."""

from matjar.domain import access
from tests.surfaces.identity.house import ADMIN, PASSWORD, Browser, House
from tests.workers.publisher.identity import SHOP

ONWARD = f"{ADMIN}/rose/sign-in/elsewhere"


def stop_at_the_door(browser: Browser, path: str) -> str:
    """Where a page leads that leads away from here; empty: it is shown."""
    browser.client.follow_redirects = False
    answer = browser.get(path)
    browser.client.follow_redirects = True
    return str(answer.headers.get("location", ""))


def test_whoever_joins_is_led_on_to_a_passkey_and_the_back_office(sara: Browser) -> None:
    assert sara.path == "/shops/rose/welcome"
    assert "/account/passkeys/new?then=/shops/rose/welcome" in sara.text
    assert f'href="{ONWARD}"' in sara.text


def test_whoever_joins_by_a_link_is_said_to_have_come_by_it(house: House, sara: Browser) -> None:
    joined = [each for each in house.wait(house.storage.read(SHOP, access.list_audit)) if each.deed == "member_joined"]
    assert [each.proof for each in joined] == ["link"]
    sara.get("/account/sessions")
    assert "Invitation" in sara.text
    assert "Password and a code by e-mail" not in sara.text


def test_an_owner_makes_a_passkey_then_the_sheet_and_then_goes_on(house: House, sara: Browser) -> None:
    sara.enrol(then="/shops/rose/welcome")
    assert sara.path == "/shops/rose/welcome"
    assert "Make the sheet" in sara.text
    sara.send("/shops/rose/codes", then="/shops/rose/welcome")
    assert f'href="{ONWARD}"' in sara.text
    assert stop_at_the_door(sara, "/shops/rose/welcome") == ONWARD


def test_others_go_on_as_soon_as_they_have_a_passkey(house: House, sara: Browser) -> None:
    owner = house.wait(house.storage.read(SHOP, access.access_of)).members[0].person_id
    invite = house.do(access.invite, SHOP, owner)
    invite(email="nour@example.com", role_id="fulfilment", token="nour", language="en")
    nour = Browser(house).join("/join/rose/nour", "nour@example.com", "Nour")
    nour.enrol(then="/account")
    assert stop_at_the_door(nour, "/shops/rose/welcome") == ONWARD


def test_the_link_leads_whoever_is_in_already_to_where_they_were(sara: Browser) -> None:
    assert sara.get("/join/rose/first-7").url.path == "/shops/rose/welcome"


def test_everything_that_is_to_be_mended_is_said_at_once_beside_its_field(house: House) -> None:
    browser = Browser(house)
    browser.get(house.link())
    browser.send("/join/rose/first-7", name=" ", email="nobody", password="short", do="open")
    assert browser.page.status_code == 422
    assert [f'id="{field}-wrong"' in browser.text for field in ("name", "email", "password")] == [True] * 3
    assert 'value="nobody"' in browser.text


def test_both_passwords_are_looked_at_before_anything_is_said(sara: Browser) -> None:
    sara.get("/account/password")
    sara.send("/account/password", present="not mine at all", password="short")
    assert [f'id="{field}-wrong"' in sara.text for field in ("present", "password")] == [True] * 2
    sara.send("/account/password", present=PASSWORD, password="lantern brick violin")
    assert sara.path == "/account"


def test_a_shop_is_called_in_the_reader_s_language_what_it_calls_itself_there(house: House, sara: Browser) -> None:
    describe = house.do(access.describe_shop, SHOP)
    describe(handle="rose", name="Rose & Oud", language="en", names={"ar": "ورد وعود"})
    assert "Rose &amp; Oud" in sara.get("/shops/rose/people").text
    assert "ورد وعود" in sara.get("/shops/rose/people?language=ar").text
