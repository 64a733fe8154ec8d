"""What people try at identity's doors. Where each attack is tried, surfaces/admin/test_attacks.py says."""

import re
from urllib.parse import quote

import httpx
import pytest

from matjar.core.ids import mint_token
from matjar.core.limits import PASSWORD_TRIES
from matjar.domain import access
from matjar.edge.declaring import declared_actions
from matjar.edge.framework import application
from matjar.surfaces.identity.pages import PAGES
from tests.edge.authenticator import PRESENT
from tests.surfaces.identity.house import ADDRESS, PASSWORD, Browser, House

KNOWN, UNKNOWN = "sara@example.com", "aras@example.com"
"""Alike in all but that one of them has an account."""
ELSEWHERE = [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "///evil.example", "/\t/evil.example", " //evil.example",
    "https://evil.example", "https:evil.example", "javascript:alert(1)", "@evil.example", "/\r\nSet-Cookie: evil=1",
    "/..//evil.example/@",
]  # fmt: skip
COOKIE = "__Host-identity"


@pytest.mark.filterwarnings("ignore:.*Inferred")
def test_no_form_is_taken_from_elsewhere_or_from_another_session(house: House, sara: Browser) -> None:
    sara.enrol()
    other = Browser(house)
    other.device = sara.device
    other.sign_in_by_passkey().get("/account")
    sara.get("/account")
    mine, theirs = sara.csrf, other.csrf
    paths = [path for method, path, _ in declared_actions(application([PAGES], None)) if method == "POST"]
    assert len(paths) > 30
    for path in map(filled, paths):
        for site in ("cross-site", "same-site"):
            assert post(sara, path, {"csrf": mine}, {"sec-fetch-site": site}).status_code in (403, 404), path
        assert post(sara, path, {"csrf": mine}, {"origin": "https://evil.example"}).status_code in (403, 404), path
        for sent in ({}, {"csrf": ""}, {"csrf": "0" * 32}, {"csrf": theirs}):
            assert post(sara, path, sent, {"origin": ADDRESS}).status_code in (403, 404), (path, sent)
    assert sara.get("/account").url.path == "/account"


def test_who_signs_in_gets_a_session_that_was_not_there_before(house: House, sara: Browser) -> None:
    planted = sara.enrol().client.cookies[COOKIE]
    sara.send("/sign-out")
    (domain,) = {cookie.domain for cookie in sara.client.cookies.jar}
    sara.client.cookies.set(COOKIE, planted, domain, "/")
    begun = sara.sign_in_by_passkey().client.cookies[COOKIE]
    assert begun != planted
    assert [is_nobody(house, value) for value in (planted, begun)] == [True, False]


def test_a_cookie_of_a_session_that_was_ended_is_nobody_s(house: House, sara: Browser) -> None:
    kept = sara.client.cookies[COOKIE]
    sara.get("/account")
    sara.send("/sign-out")
    assert is_nobody(house, kept)


def test_a_cookie_that_was_changed_or_is_signed_by_nobody_is_nobody_s(house: House, sara: Browser) -> None:
    good = sara.client.cookies[COOKIE]
    head, payload, signature = good.split(".")
    assert not is_nobody(house, good)
    for value in (f"{head}.{payload}.", f"eyJhbGciOiJub25lIn0.{payload}.", f"{head}.{payload[:-2]}AA.{signature}", "x"):
        assert is_nobody(house, value)


def test_a_grant_for_another_surface_opens_nothing_here(house: House, sara: Browser) -> None:
    sara.get("/continue?surface=admin&shop=rose&state=0123456789abcdef0123")
    assert is_nobody(house, sara.hidden("grant"))


@pytest.mark.parametrize("path", ["/sign-in", "/forgotten"])
def test_nobody_learns_by_words_status_or_length_who_is_known(house: House, sara: Browser, path: str) -> None:
    answers = []
    for email in (KNOWN, UNKNOWN):
        other = Browser(house)
        other.get(path)
        answers.append(seen(other.send(path, email=email, password="a wrong password"), email))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("path", ["/sign-in", "/forgotten"])
def test_who_is_not_known_is_slowed_down_as_who_is(house: House, sara: Browser, path: str) -> None:
    statuses = []
    for email in (KNOWN, UNKNOWN):
        other = Browser(house)
        other.get(path)
        statuses.append([other.send(path, email=email, password="wrong guess").status_code for _ in range(22)])
    assert statuses[0] == statuses[1]


def test_a_link_that_is_none_says_nothing_of_the_shop(house: House, sara: Browser) -> None:
    known, unknown = (seen(Browser(house).get(f"/join/{handle}/{mint_token()}")) for handle in ("rose", "sore"))
    assert known == unknown
    reset, confirm = (seen(Browser(house).get(f"/{what}/{mint_token()}")) for what in ("reset", "confirm"))
    assert reset[0] == confirm[0] == known[0]


def test_no_spelling_of_an_address_gives_more_guesses(house: House, sara: Browser) -> None:
    spellings = [KNOWN, KNOWN.upper(), f" {KNOWN}", "Sara@Example.com", f"{KNOWN}\t"]
    other = Browser(house)
    for number in range(PASSWORD_TRIES):
        assert other.sign_in(spellings[number % 5], "a wrong password").page.status_code == 403
    for email in spellings:
        assert other.sign_in(email, PASSWORD).page.status_code == 429, email


@pytest.mark.parametrize("email", ["s.ara@example.com", "sara+1@example.com", "sara@example.com.", "ѕara@example.com"])
def test_what_looks_like_somebody_s_address_is_another_s(house: House, sara: Browser, email: str) -> None:
    assert Browser(house).sign_in(email, PASSWORD).page.status_code == 403


def test_nobody_gives_themselves_another_address_to_guess_from(house: House, sara: Browser) -> None:
    """No proxy is trusted here, so nobody's word counts on where they are."""
    other = Browser(house)
    for number in range(PASSWORD_TRIES + 1):
        other.client.headers["x-forwarded-for"] = f"203.0.113.{number}"
        other.sign_in(password="a wrong password")
    assert other.page.status_code == 429


@pytest.mark.parametrize("to", ELSEWHERE)
def test_nobody_is_sent_elsewhere(house: House, sara: Browser, to: str) -> None:
    sara.enrol().get(f"/prove?then={quote(to)}")
    assert sara.hidden("then") in ("", "/account")
    sara.send("/prove", answer=sara._ask("/prove/options", sara.device.get), then=to)
    assert str(sara.page.url) == f"{ADDRESS}/account"
    sara.send("/sign-out", then=to)
    assert str(sara.page.url).startswith(f"{ADDRESS}/sign-in")


@pytest.mark.parametrize("path", ["/%0d%0aSet-Cookie:%20evil=1", "//evil.example/%0d%0aevil:1", "/\\evil.example"])
def test_who_comes_by_another_name_is_sent_home_and_brings_no_line_along(house: House, path: str) -> None:
    transport = httpx.ASGITransport(app=house.app)
    client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8003")
    answer = house.wait(client.get(f"http://127.0.0.1:8003{path}"))
    assert answer.status_code == 307
    location = dict(answer.headers.raw)[b"location"]
    assert location.startswith(f"{ADDRESS}/".encode())
    assert not re.search(rb"[\r\n]", location)
    assert not location.startswith(f"{ADDRESS}//".encode())


def test_a_device_that_did_not_make_sure_of_its_person_is_not_enough(house: House, sara: Browser) -> None:
    sara.enrol().send("/sign-out")
    sara.device.flags = PRESENT
    assert sara.sign_in_by_passkey().page.status_code == 403


def test_an_answer_to_a_question_of_signing_in_is_good_once_and_proves_nothing(house: House, sara: Browser) -> None:
    sara.enrol().get("/sign-in")
    other = Browser(house)
    other.get("/sign-in")
    answer = other._ask("/sign-in/passkey/options", sara.device.get)
    sara.get("/prove")
    assert sara.send("/prove", answer=answer).status_code == 403
    assert other.send("/sign-in/passkey", answer=answer).url.path == "/account"
    third = Browser(house)
    third.get("/sign-in")
    assert third.send("/sign-in/passkey", answer=answer).status_code == 409


def test_an_owner_of_one_shop_reaches_into_no_other(house: House, sara: Browser) -> None:
    house.do(access.begin_shop, 8)(handle="other", name="Other", language="en", token="other")
    sara.enrol()
    for path in ("people", "people/invite", "roles", "codes", "tokens", "people/1"):
        assert sara.get(f"/shops/other/{path}").status_code == 404


def filled(path: str) -> str:
    """A route's path with something in its gaps."""
    named = {"handle:str": "rose", "token:str": "x" * 22, "person_id:int": "1", "role_id:str": "manager"}
    return re.sub(r"\{([^}]+)\}", lambda gap: named.get(gap[1], "1"), path)


def post(browser: Browser, path: str, fields: dict[str, str], headers: dict[str, str]) -> httpx.Response:
    """Send just this, and stay."""
    return browser.house.wait(browser.client.post(path, data=fields, headers=headers, follow_redirects=False))


def is_nobody(house: House, value: str) -> bool:
    """Whether a cookie opens no page that is somebody's."""
    transport = httpx.ASGITransport(app=house.app)
    client = httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers={"accept": "text/html"})
    return house.wait(client.get("/account", headers={"cookie": f"{COOKIE}={value}"})).status_code == 303


def seen(answer: httpx.Response, email: str = "-") -> tuple[int, int, str, list[str]]:
    """All that somebody can tell answers apart by, but for what is random each time."""
    said = re.sub(r'name="csrf"\s+value="[^"]*"', "", answer.text).replace(email, "…")
    said = re.sub(r"/join/\w+/[\w-]+|/(?:reset|confirm)/[\w-]+", "", said)
    return answer.status_code, len(answer.content), said, sorted(name for name, _ in answer.headers.items())
