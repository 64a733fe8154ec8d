"""One's own account, and a shop's people, roles, codes and tokens; what changes power wants a passkey just now."""

import re

import pytest

from matjar.core.action import Class
from matjar.core.clock import HOUR, MINUTE
from matjar.core.ids import hash_token
from matjar.domain import access
from matjar.edge import codes
from matjar.edge.declaring import declared_actions
from matjar.edge.framework import application
from matjar.surfaces.identity.pages import PAGES
from tests.surfaces.identity.house import PASSWORD, Browser, House
from tests.workers.publisher.identity import SHOP

POWER = ["/shops/rose/people/invite", "/shops/rose/roles/new", "/shops/rose/tokens/new"]


@pytest.mark.parametrize("path", POWER)
def test_power_wants_a_passkey_and_leads_there_and_back(house: House, sara: Browser, path: str) -> None:
    assert sara.get(path).url.path == "/prove"
    assert "You have no passkey yet" in sara.text
    sara.enrol()
    assert sara.get(path).url.path == path
    house.now += 6 * MINUTE
    house.hear()
    assert sara.get(path).url.path == "/prove"
    assert sara.prove(path).path == path


def test_power_waits_while_the_news_is_old(house: House, sara: Browser) -> None:
    sara.enrol()
    house.now += 6 * MINUTE
    answer = sara.get("/shops/rose/people/invite")
    assert answer.status_code == 503
    assert "with a passkey or a printed code you get into the back" in " ".join(answer.text.split())


def test_who_was_away_for_half_an_hour_shows_their_passkey_before_they_write(house: House, sara: Browser) -> None:
    sara.enrol().get("/account")
    house.now += 31 * MINUTE
    house.hear()
    assert sara.get("/account").url.path == "/account"
    assert sara.send("/account", name="Sara", language="en").url.path == "/account"
    house.now += 31 * MINUTE
    house.hear()
    csrf = sara.csrf
    assert csrf
    assert sara.send("/account", name="Sara", language="en").url.path == "/prove"


def test_somebody_is_invited_comes_in_with_their_role_and_may_no_more(house: House, sara: Browser) -> None:
    sara.enrol().get("/shops/rose/people/invite")
    assert re.search(r'value="fulfilment" selected', sara.text)
    house.letters()
    sara.send("/shops/rose/people/invite", email="omar@example.com", role="cashier", language="ar")
    (letter,) = house.letters()
    assert letter.address == "omar@example.com"
    assert letter.language == "ar"
    assert "دعوتك إلى Rose &amp; Oud" not in letter.subject
    assert letter.subject == "دعوتك إلى Rose & Oud"
    assert "أمين صندوق" in letter.text
    assert 'dir="rtl"' in letter.html
    link = re.search(r"https://localhost:8003(/join/\S+)", letter.text)
    assert link is not None
    omar = Browser(house).join(link[1], "another@example.com", "Omar")
    omar.get("/account")
    assert "omar@example.com" in omar.text
    assert omar.get("/shops/rose/people").status_code == 403
    assert omar.get("/shops/rose/codes").status_code == 200
    assert omar.get("/shops/elsewhere/people").status_code == 404


def test_a_person_is_suspended_let_in_again_given_a_role_and_removed(house: House, sara: Browser) -> None:
    sara.enrol()
    omar = house.do(access.invite, SHOP, owner_of(house))
    omar(email="omar@example.com", role_id="cashier", token="omars", language="en")
    his = Browser(house).join("/join/rose/omars", name="Omar")
    person = next(each for each in colleagues(house) if each.name == "Omar")
    at = f"/shops/rose/people/{person.person_id}"
    sara.get(at)
    assert "is suspended" in sara.send(at, do="suspend").text or "Suspended" in sara.text
    assert his.get("/shops/rose/codes").status_code == 403
    sara.send(at, do="resume")
    assert "They can sign in again" in sara.text
    sara.send(at, do="role", role="manager")
    assert colleagues(house)[-1].role_id == "manager"
    sara.send(at, do="remove")
    assert sara.path == "/shops/rose/people"
    assert [each.name for each in colleagues(house)] == ["Sara Haddad"]


def test_the_last_owner_stays(house: House, sara: Browser) -> None:
    sara.enrol()
    at = f"/shops/rose/people/{owner_of(house)}"
    sara.get(at)
    answer = sara.send(at, do="role", role="manager")
    assert answer.status_code == 409
    assert "A shop has an owner: first make somebody else one." in answer.text


def test_a_role_of_one_s_own_is_made_changed_and_removed(house: House, sara: Browser) -> None:
    sara.enrol().get("/shops/rose/roles/new")
    sara.send("/shops/rose/roles/new", name="Stylist", permissions="read_orders")
    assert "Stylist" in sara.text
    (role,) = [each for each in house.wait(house.storage.read(SHOP, access.list_roles)) if each.name == "Stylist"]
    assert role.permissions == ("read_orders",)
    at = f"/shops/rose/roles/{role.id}"
    sara.get(at)
    sara.send(at, name="Florist", permissions="read_products")
    assert "Florist" in sara.text
    sara.get(at)
    sara.send(at, do="remove", name="Florist")
    assert "Florist" not in sara.text


def test_a_role_s_name_that_is_taken_is_said_beside_its_field(house: House, sara: Browser) -> None:
    sara.enrol().get("/shops/rose/roles/new")
    answer = sara.send("/shops/rose/roles/new", name="Manager", permissions="read_orders")
    assert answer.status_code == 409
    assert 'id="name-wrong"' in answer.text
    assert re.search(r'value="read_orders"\s+checked', answer.text)


def test_a_token_is_shown_once_and_kept_as_its_fingerprint(house: House, sara: Browser) -> None:
    sara.enrol().get("/shops/rose/tokens/new")
    sara.send("/shops/rose/tokens/new", name="Books", permissions="read_orders")
    shown = re.search(r"data-code>(matjar_[A-Za-z0-9_-]{44})<", sara.text)
    assert shown is not None
    kept = house.wait(house.storage.read(SHOP, access.access_of)).tokens[0]
    assert (kept.hash, kept.scopes) == (hash_token(shown[1]), ("read_orders",))
    sara.get("/shops/rose/tokens")
    assert shown[1] not in sara.text
    sara.send("/shops/rose/tokens/withdraw", token=str(kept.id))
    assert not house.wait(house.storage.read(SHOP, access.access_of)).tokens


def test_a_sheet_of_codes_is_shown_once_and_each_names_its_surface(house: House, sara: Browser) -> None:
    sara.enrol().get("/shops/rose/codes")
    sara.send("/shops/rose/codes")
    shown = re.findall(r'class="code" dir="ltr">([0-9A-Z-]+)<', sara.text)
    assert len(shown) == 10
    kept = {code.hash: code.surface for code in house.wait(house.storage.read(SHOP, access.access_of)).members[0].codes}
    found = [kept[hash_token(codes.fold(code.lower().replace("-", " ")))] for code in shown]
    assert found == ["admin"] * 10
    assert "refunds too if they are yours" in sara.text


def test_another_password_signs_out_every_other_browser_and_not_this_one(house: House, sara: Browser) -> None:
    sara.enrol()
    other = Browser(house)
    other.device = sara.device
    other.sign_in_by_passkey()
    sara.get("/account/password")
    assert sara.send("/account/password", present="wrong", password="lantern cloud seven").status_code == 422
    sara.send("/account/password", present=PASSWORD, password="lantern cloud seven")
    assert sara.path == "/account"
    assert other.get("/account").url.path == "/sign-in"


def test_an_address_changes_by_a_letter_and_the_old_one_is_told(house: House, sara: Browser) -> None:
    sara.enrol().get("/account/email")
    house.letters()
    sara.send("/account/email", email="layla@example.com")
    told = {letter.address: letter for letter in house.letters()}
    assert told["sara@example.com"].subject == "Your address is about to change"
    assert "l…@example.com" in told["sara@example.com"].text.replace("\u2068", "").replace("\u2069", "")
    link = re.search(r"https://localhost:8003(/confirm/\S+)", told["layla@example.com"].text)
    assert link is not None
    sara.get(link[1])
    sara.send(link[1])
    assert "layla@example.com" in sara.text


def test_a_removed_passkey_signs_nobody_in(house: House, sara: Browser) -> None:
    sara.enrol().get("/account/passkeys")
    sara.send("/account/passkeys/remove", key=sara.hidden("key"))
    assert sara.path == "/account/passkeys"
    other = Browser(house)
    other.device = sara.device
    other.sign_in_by_passkey()
    assert other.page.status_code == 403
    assert "Nobody here has this passkey" in other.text


def test_a_form_of_another_browser_or_site_is_refused(house: House, sara: Browser) -> None:
    sara.get("/account")
    fields = {"csrf": sara.csrf, "name": "Eve", "language": "en"}
    other = Browser(house).sign_in()
    answer = house.wait(other.client.post("/sign-in/code", data={"csrf": fields["csrf"], "code": "1"}))
    assert answer.status_code == 403
    crossing = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert house.wait(sara.client.post("/account", data=fields, headers=crossing)).status_code == 403


def test_pages_are_kept_by_nobody_and_run_no_script_of_others(sara: Browser) -> None:
    headers = sara.get("/account").headers
    assert headers["cache-control"] == "no-store"
    assert "require-trusted-types-for 'script'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.filterwarnings("ignore:.*Inferred")
def test_every_route_says_what_it_is_for_and_shops_are_behind_their_own() -> None:
    found = declared_actions(application([PAGES], None))
    assert len(found) > 60
    of_shops = [action for _, path, action in found if path.startswith("/shops/")]
    assert of_shops
    assert all(action.class_ in (Class.C3, Class.C4) for action in of_shops)


def test_an_old_tab_s_session_is_over_after_its_hours(house: House, sara: Browser) -> None:
    house.now += 13 * HOUR
    house.hear()
    sara.get("/account/sessions")
    assert sara.path == "/sign-in"


def owner_of(house: House) -> int:
    """The shop's owner."""
    return colleagues(house)[0].person_id


def colleagues(house: House) -> list[access.Colleague]:
    """The shop's people, in the order in which they came."""
    return sorted(house.wait(house.storage.read(SHOP, access.list_colleagues)), key=lambda each: each.joined_at)
