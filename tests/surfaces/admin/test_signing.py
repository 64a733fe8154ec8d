"""Signing in at the back office, with nobody else's help, and showing once more who one is."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic

import pytest

from matjar.edge import codes
from matjar.surfaces.admin.identity import WAIT_SECONDS
from tests.surfaces.admin.office import DEVELOPER, OWNER, SHEET, Answer, Person, wait_until


def test_whoever_is_not_known_is_led_to_sign_in_and_then_where_they_were_going(person: Person) -> None:
    page = person.get("/orders?view=all")
    assert page.url.startswith("/bench/sign-in?to=")
    answer = person.answer("/sign-in/options", OWNER)
    assert person.send("/sign-in", {"to": "/orders?view=all", "answer": answer}).url == "/bench/orders?view=all"


def test_a_passkey_opens_the_shop_though_identity_is_not_there(owner: Person) -> None:
    assert "Welcome, \u2068Olfat\u2069" in owner.get("/").words


def test_a_passkey_of_nobody_here_opens_nothing(person: Person) -> None:
    stranger = person.house.keys[OWNER]
    before, stranger.id = stranger.id, b"somebody else's"
    try:
        page = person.sign_in()
    finally:
        stranger.id = before
    assert (page.status, "does not open this shop" in page.words) == (403, True)
    assert person.get("/").url.startswith("/bench/sign-in")


def test_a_challenge_is_good_once(person: Person) -> None:
    answer = person.answer("/sign-in/options", OWNER)
    assert person.send("/sign-in", {"answer": answer}).status == 200
    assert person.send("/sign-in", {"answer": answer}).status == 409


def test_a_printed_code_opens_the_shop_once_for_routine_and_loudly(person: Person, owner: Person) -> None:
    typed = codes.grouped(SHEET[0]).lower()
    assert "Faris" in person.send("/sign-in/code", {"code": typed}).words
    other = Person(person.platform, person.house)
    assert other.send("/sign-in/code", {"code": typed}).status == 403
    assert person.get("/payout").status == 403
    assert "Printed code" in owner.get("/audit?kind=self.").words


def test_guessing_codes_is_slow(person: Person) -> None:
    answers = [person.send("/sign-in/code", {"code": codes.mint()}).status for _ in range(31)]
    assert answers == [403] * 30 + [429]


def test_whoever_signs_out_is_out_though_their_cookie_is_not(owner: Person) -> None:
    kept = dict(owner.cookies)
    assert "You are signed out" in owner.post("/sign-out", "/").words
    owner.cookies = kept
    assert owner.get("/orders").url.startswith("/bench/sign-in")


def test_a_session_of_one_shop_is_nobody_in_another(owner: Person) -> None:
    cookie = next(name for name in owner.cookies if name.startswith("__Host-admin-") and name[-1].isdigit())
    owner.cookies["__Host-admin-2"] = owner.cookies[cookie]
    assert owner._ask("GET", "/other/orders", "", {}).status == 404


def test_a_form_from_elsewhere_or_of_another_session_changes_nothing(owner: Person) -> None:
    fields = owner.get("/").forms["/bench/sign-out"]
    strange = owner.send("/tasks/done", {"task": "1", **fields}, **{"sec-fetch-site": "cross-site"})
    forged = owner.send("/tasks/done", {"task": "1", "csrf": "0" * 32})
    assert (strange.status, "This did not come from your own page" in strange.words) == (403, True)
    assert (forged.status, "This page was open for too long" in forged.words) == (403, True)


def test_a_grant_that_nobody_left_for_is_not_taken(person: Person) -> None:
    page = person.send("/signed-in", {"grant": "eyJ.a.b", "state": "x" * 22})
    assert (page.status, "begun elsewhere" in page.words) == (422, True)


@contextmanager
def answering(port: int) -> Iterator[None]:
    """Somebody at identity's address who is ready."""

    class Ready(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", port), Ready) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def wait_for_answer(person: Person) -> Answer:
    """Leave for identity, once the back office looks in on it again."""
    found: list[Answer] = []

    def left() -> bool:
        found.append(person.send("/sign-in/elsewhere", {"to": "/stock"}))
        return found[-1].status == 303

    wait_until(left, person.platform)
    return found[-1]


def test_while_identity_is_away_nobody_is_sent_there_and_the_page_says_what_works(person: Person) -> None:
    page = person.send("/sign-in/elsewhere", {"to": "/stock"})
    assert (page.status, "E-mail and password wait." in page.words) == (503, True)
    assert "Today you come in by passkey, or by a printed code below." in page.words
    assert page.forms["/bench/sign-in"]["to"] == "/stock"
    assert "E-mail and password wait." in person.get("/sign-in").words


def test_staff_is_changed_at_identity_and_waits_while_that_is_away(owner: Person) -> None:
    shown = owner.get("/staff")
    assert "/bench/staff/change?to=invite" in shown.body
    away = owner.get("/staff/change?to=invite")
    assert (away.status, "nobody answers at the moment" in away.words) == (503, True)
    with answering(owner.platform.settings.port_identity):
        wait_until(lambda: owner.get("/staff/change?to=roles").status == 303, owner.platform)
        assert owner.get("/staff/change?to=invite").headers["location"].endswith("/shops/bench/people/invite")
        assert owner.get("/staff/change?person=3").headers["location"].endswith("/shops/bench/people/3")
        assert owner.get("/prove/passkey").headers["location"].endswith("/account/passkeys")


def test_an_identity_that_hangs_holds_nobody_up(person: Person) -> None:
    with socket.create_server(("127.0.0.1", person.platform.settings.port_identity)):
        began = monotonic()
        assert person.send("/sign-in/elsewhere", {"to": "/"}).status == 503
        assert person.send("/sign-in/elsewhere", {"to": "/"}).status == 503
        assert person.get("/sign-in").status == 200
        assert monotonic() - began < 2 * WAIT_SECONDS


def test_what_was_typed_when_the_session_ended_is_sent_after_signing_in_again(owner: Person) -> None:
    fields = owner.get("/stock").forms["/bench/stock"]
    owner.cookies.clear()
    asked = owner.send("/stock", fields | {"count": "١٢"})
    assert (asked.status, "What you typed is kept" in asked.words) == (401, True)
    waiting = asked.forms["/bench/sign-in"]
    again = owner.send("/sign-in", waiting | {"answer": owner.answer("/sign-in/options", OWNER)})
    assert "You are in again" in again.words
    sent = owner.send("/stock", again.forms["/bench/stock"])
    assert ": 12 on the shelf at Dubai." in sent.words
    owner.send("/stock", owner.get("/stock").forms["/bench/stock"] | {"count": "1000000"})


def test_what_another_site_sends_does_not_wait_for_anybody_to_sign_in(person: Person) -> None:
    asked = person.send("/stock", {"row": "1", "count": "0"}, **{"sec-fetch-site": "cross-site"})
    assert asked.status == 401
    assert "again" not in asked.forms["/bench/sign-in"]


@pytest.mark.parametrize("path", ["/", "/orders", "/stock", "/prices", "/tasks", "/staff", "/payout", "/audit", "/x"])
def test_no_page_of_somebody_who_is_signed_in_is_kept_by_their_browser(owner: Person, path: str) -> None:
    assert owner.get(path).headers["cache-control"] == "no-store"


def test_the_way_to_identity_carries_a_state_that_only_this_browser_knows(person: Person) -> None:
    with answering(person.platform.settings.port_identity):
        left = wait_for_answer(person)
    assert left.status == 303
    assert "/continue?surface=admin&shop=bench&state=" in left.headers["location"]
    assert person.cookies["__Host-admin-state"]


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "/a\nb"])
def test_nobody_is_led_astray_after_signing_in(person: Person, to: str) -> None:
    page = person.send("/sign-in", {"to": to, "answer": person.answer("/sign-in/options", OWNER)})
    assert page.url == "/bench/", page.words


def test_a_role_sees_what_it_may_and_no_more(person: Person) -> None:
    page = person.sign_in(DEVELOPER)
    assert "Payout account" not in page.words
    assert "Could everybody still get in?" not in page.words
    assert person.get("/payout").status == 403
    assert person.get("/staff").status == 403


def test_the_other_language_is_kept(person: Person) -> None:
    page = person.post("/language", "/sign-in")
    assert 'lang="ar" dir="rtl"' in page.body


@pytest.mark.parametrize("path", ["/nothing", "/orders/9999", "/orders/x", "/orders/1001/nothing"])
def test_what_is_not_here_says_so_calmly(owner: Person, path: str) -> None:
    page = owner.get(path)
    assert (page.status, "This page is not here" in page.words) == (404, True)
    assert "Sign out" in page.words


def test_a_shop_that_is_not_there_asks_which_was_meant(person: Person) -> None:
    assert person._ask("GET", "/nosuch/orders", "", {}).status == 404
    assert "Which shop?" in person._ask("GET", "/", "", {}).words
    assert person._ask("GET", "/?shop=bench", "", {}).url.startswith("/bench/sign-in")
