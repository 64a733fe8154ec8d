"""Signing in at identity: by passkey, by password and a code, once lost, and on to where somebody came from."""

import re

import pyotp
import pytest

from matjar.core.clock import DAY, HOUR, MINUTE, SECOND
from matjar.domain import access
from matjar.edge.sessions import Sessions
from tests.surfaces.identity.house import ADMIN, PASSWORD, Browser, House
from tests.workers.publisher.identity import SHOP


def test_the_first_owner_comes_in_by_a_link_once_and_owns_the_shop(house: House) -> None:
    link = house.link()
    sara = Browser(house).join(link)
    assert sara.path == "/shops/rose/welcome"
    sara.get("/shops/rose/people")
    assert "Sara Haddad" in sara.text
    assert Browser(house).get(link).status_code == 404


def test_a_passkey_is_added_right_away_and_signs_in_alone(house: House, sara: Browser) -> None:
    sara.enrol()
    assert "The passkey was added" in sara.text
    sara.send("/sign-out")
    assert sara.get("/account").url.path == "/sign-in"
    sara.sign_in_by_passkey()
    assert sara.path == "/account"


def test_a_password_asks_for_a_code_by_letter_and_the_letter_s_code_signs_in(house: House, sara: Browser) -> None:
    house.letters()
    other = Browser(house).sign_in()
    assert other.path == "/sign-in/code"
    assert "s…@example.com" in other.text
    (letter,) = house.letters()
    code = re.search(r"\d{6}", letter.text)
    assert code is not None
    wrong = f"{(int(code[0]) + 1) % 1_000_000:06}"
    assert other.send("/sign-in/code", code=wrong).status_code == 422
    assert other.send("/sign-in/code", code=code[0]).url.path == "/account"
    told = [each.subject for each in house.letters()]
    assert told == ["You signed in on a new device"]


def test_who_has_an_app_is_asked_for_its_code_which_is_good_once(house: House, sara: Browser) -> None:
    secret = set_up_app(sara)
    house.now += 30 * SECOND
    other = Browser(house).sign_in()
    assert "The code from your app" in other.text
    code = pyotp.TOTP(secret).at(house.now // SECOND)
    assert other.send("/sign-in/code", code=f"{code[:3]} {code[3:]}").url.path == "/account"
    third = Browser(house).sign_in()
    assert third.send("/sign-in/code", code=code).status_code == 422


def test_a_recovery_code_stands_in_for_the_app_once(house: House, sara: Browser) -> None:
    set_up_app(sara)
    sara.send("/account/second-step/recovery")
    codes = re.findall(r"data-code>([^<]+)<", sara.text)
    assert len(codes) == 10
    typed = codes[0].lower().replace("-", " ")
    other = Browser(house).sign_in()
    assert other.send("/sign-in/code", recovery=typed).url.path == "/account"
    third = Browser(house).sign_in()
    assert third.send("/sign-in/code", recovery=typed).status_code == 422


@pytest.mark.parametrize("email", ["sara@example.com", "nobody@example.com"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(house: House, sara: Browser, email: str) -> None:
    other = Browser(house).sign_in(email, "a wrong password")
    assert other.page.status_code == 403
    assert "E-mail address or password is not right." in other.text
    assert "a wrong password" not in other.text


def test_guessing_is_slowed_down(house: House, sara: Browser) -> None:
    other = Browser(house)
    for _ in range(30):
        other.sign_in(password="a wrong password")
        if other.page.status_code == 429:
            break
    assert other.page.status_code == 429
    other.sign_in(password=PASSWORD)
    assert other.path == "/sign-in"


def test_a_forgotten_password_is_replaced_by_a_link_and_nobody_learns_who_is_known(
    house: House, sara: Browser
) -> None:
    confirm(house, sara)
    other = Browser(house)
    said = []
    for email in ("sara@example.com", "nobody@example.com"):
        other.get("/forgotten")
        said.append(other.send("/forgotten", email=email).text.replace(email, "…"))
    assert re.sub(r'value="[^"]*"', "", said[0]) == re.sub(r'value="[^"]*"', "", said[1])
    link = house.link_in("/reset/")
    other.get(link)
    assert other.send(link, password="password123").status_code == 422
    assert other.send(link, password="lantern cloud seven").url.path == "/sign-in"
    assert other.get(link).status_code == 404
    assert sara.get("/account").url.path == "/sign-in"
    assert Browser(house).sign_in(password="lantern cloud seven").path == "/sign-in/code"


def test_who_has_lost_everything_waits_three_days_and_may_be_refused(house: House, sara: Browser) -> None:
    set_up_app(sara)
    other = Browser(house).sign_in()
    other.get("/sign-in/lost")
    other.send("/sign-in/lost", do="ask")
    assert "in 3 days" in other.text
    house.hear()
    sara.get("/account")
    assert "lost your keys" in sara.text
    house.now += 3 * DAY + MINUTE
    house.hear()
    other = Browser(house).sign_in()
    other.get("/sign-in/lost")
    house.letters()
    other.send("/sign-in/lost", do="code")
    (code,) = (re.search(r"\d{6}", letter.text) for letter in house.letters())
    assert code is not None
    assert other.send("/sign-in/lost", do="finish", code=code[0]).url.path == "/account/passkeys"
    assert Browser(house).sign_in().text.count("The code from your letter") == 1


def test_a_surface_s_visitor_is_handed_back_with_a_grant_of_their_own(house: House, sara: Browser) -> None:
    asked = "/continue?surface=admin&shop=rose&state=0123456789abcdef0123"
    sara.get(asked)
    assert f'action="{ADMIN}/rose/signed-in"' in sara.text
    assert sara.hidden("state") == "0123456789abcdef0123"
    assert f"form-action 'self' {ADMIN}" in sara.page.headers["content-security-policy"]
    admin = house.surface("admin")
    house.hear()
    house.bring(admin)
    grant = Sessions("admin", admin.kept, lambda _: False).verify(sara.hidden("grant"), SHOP, house.now)
    assert (grant.surface, grant.shop_id) == ("admin", SHOP)
    with pytest.raises(Exception, match="session.invalid"):
        Sessions("till", admin.kept, lambda _: False).verify(sara.hidden("grant"), SHOP, house.now)


def test_who_is_not_signed_in_is_handed_back_once_they_are(house: House, sara: Browser) -> None:
    sara.enrol().send("/sign-out")
    sara.get("/continue?surface=admin&shop=rose&state=0123456789abcdef0123")
    assert sara.path == "/sign-in"
    assert "Sign in to" in sara.text
    sara.sign_in_by_passkey()
    assert sara.hidden("state") == "0123456789abcdef0123"
    assert sara.get("/continue").url.path == "/account"


@pytest.mark.parametrize(
    "asked",
    [
        "surface=evil&shop=rose&state=0123456789abcdef0",
        "surface=admin&shop=//evil.example&state=0123456789abcdef0",
        "surface=admin&shop=rose&state=short",
        "surface=https://evil.example&shop=rose&state=0123456789abcdef0",
    ],
)
def test_nobody_is_sent_to_where_a_caller_says(sara: Browser, asked: str) -> None:
    assert sara.get(f"/continue?{asked}").status_code == 404


def test_a_stranger_to_the_shop_is_handed_nothing(house: House, sara: Browser) -> None:
    house.link(8, "other")
    answer = sara.get("/continue?surface=admin&shop=other&state=0123456789abcdef0")
    assert answer.status_code == 403
    assert not sara.hidden("grant")


def test_a_session_ends_after_twelve_hours_and_everywhere_at_once(house: House, sara: Browser) -> None:
    sara.enrol()
    other = Browser(house)
    other.device = sara.device
    other.sign_in_by_passkey()
    sara.get("/account/sessions")
    sara.send("/account/sessions/end-all")
    assert other.get("/account").url.path == "/sign-in"
    other.sign_in_by_passkey()
    house.now += 12 * HOUR
    house.hear()
    assert other.get("/account").url.path == "/sign-in"


def set_up_app(browser: Browser) -> str:
    """Set up an app for one-time codes; tells its secret."""
    browser.get("/account/second-step/app")
    letters = re.search(r'class="code" dir="ltr">([A-Z2-7 ]+)<', browser.text)
    assert letters is not None
    secret = letters[1].replace(" ", "")
    code = pyotp.TOTP(secret).at(browser.house.now // SECOND)
    browser.send("/account/second-step/app", sealed=browser.hidden("sealed"), code=code)
    assert "are asked for when you sign in" in browser.text
    return secret


def confirm(house: House, browser: Browser) -> None:
    """Follow the link that a new account's address is confirmed by."""
    link = house.link_in("/confirm/")
    browser.get(link)
    assert "is confirmed" in browser.send(link).text


def test_a_link_in_a_letter_changes_nothing_by_being_opened(house: House, sara: Browser) -> None:
    link = house.link_in("/confirm/")
    for _ in range(2):
        assert Browser(house).get(link).status_code == 200
    owner = house.wait(house.storage.read(SHOP, access.list_colleagues))[0].person_id
    account = house.wait(house.storage.read(0, lambda view: access.load_account(view, person_id=owner)))
    assert account.email_confirmed_at is None


def test_a_passkey_that_counts_backwards_lets_in_and_is_in_the_audit(house: House, sara: Browser) -> None:
    sara.enrol()
    sara.sign_in_by_passkey()
    sara.device.count = 0
    sara.send("/sign-out")
    sara.sign_in_by_passkey()
    assert sara.path == "/account"
    deeds = [entry.deed for entry in house.wait(house.storage.read(0, access.list_audit))]
    assert deeds.count("passkey_regressed") == 1
