"""What people try at the back office's doors, over HTTP, on its real processes.

Where each attack on signing in is tried:

==================================  ====================================================================
session fixation                    test_sessions.py, surfaces/identity/test_attacks.py
CSRF: every form of every page      here, surfaces/identity/test_attacks.py; edge/test_csrf.py
replayed assertion                  test_sessions.py (two workers at once), test_signing.py; edge/test_passkeys.py
wrong origin, no user verification  here; edge/test_passkeys.py
a cookie after signing out          test_sessions.py (revoked by identity, at another worker), test_signing.py
tampered token, `alg`, `kid`        test_sessions.py (a few, by cookie); all of them in edge/test_session_attacks.py
a grant that another surface signs  test_sessions.py; edge/test_sessions.py, surfaces/storefront/test_sessions.py
a code spent twice                  test_sessions.py (two workers at once), test_signing.py; edge/test_local.py
header injection                    here, surfaces/identity/test_attacks.py; letters: adapters/mail/test_mail.py
open redirect                       here, surfaces/identity/test_attacks.py, test_seals.py
who is known here?                  surfaces/identity/test_attacks.py; surfaces/storefront/test_account.py
throttles, by address and by name   here, surfaces/identity/test_attacks.py; edge/test_visit.py
another shop's session or passkey   test_signing.py, stories/continuity; edge/test_sessions.py
==================================  ====================================================================
"""

import socket
from urllib.parse import quote

import pytest

from benchmarks.shop import SHOP_ID
from matjar.edge import codes
from matjar.edge.declaring import declared_actions
from matjar.edge.framework import application
from matjar.edge.sessions import cookie_name
from matjar.surfaces.admin.pages import PAGES
from tests.edge.authenticator import PRESENT
from tests.surfaces.admin.office import OWNER, Person, sell

COOKIE = cookie_name("admin", SHOP_ID)
ELSEWHERE = [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "///evil.example", "/\t/evil.example", " //evil.example",
    "https://evil.example", "https:evil.example", "javascript:alert(1)", "data:text/html,x", "@evil.example",
    "/\nSet-Cookie: evil=1", "/\r\n\r\nevil", "//evil.example@localhost", "/..//evil.example",
]  # fmt: skip
# Forms ----------------------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")
def test_no_form_is_taken_from_elsewhere_or_from_another_session(owner: Person, person: Person) -> None:
    order = sell(owner.platform)
    person.sign_in()
    mine, theirs = (each.get("/").forms["/bench/sign-out"]["csrf"] for each in (owner, person))
    forms = [
        (path.removeprefix("/{handle:str}").replace("{name:str}", order), action)
        for method, path, action in declared_actions(application(PAGES, None))
        if method == "POST" and path.startswith("/{handle:str}/")
    ]
    assert len(forms) > 20
    for path, action in forms:
        for site in ("cross-site", "same-site"):
            crossing = owner.send(path, {"csrf": mine}, **{"sec-fetch-site": site})
            assert crossing.status == (422 if path == "/signed-in" else 403), path
        if not action.permission:
            continue
        for csrf in ({}, {"csrf": ""}, {"csrf": "0" * 32}, {"csrf": theirs}):
            assert owner.send(path, csrf).status == 403, (path, csrf)
    assert owner.get(f"/orders/{order}").status == 200


def test_a_script_of_another_site_cannot_send_the_token_it_does_not_have(owner: Person, person: Person) -> None:
    person.sign_in()
    theirs = person.get("/").forms["/bench/sign-out"]["csrf"]
    assert owner.send("/tasks/done", {"task": "1"}, **{"x-csrf-token": theirs}).status == 403
    assert owner.send("/tasks/done", {"task": "1"}, **{"x-csrf-token": "0" * 32}).status == 403


# Passkeys and codes ---------------------------------------------------------------------------------------------------


def test_what_was_said_to_one_question_answers_no_other(owner: Person, person: Person) -> None:
    csrf = owner.get("/").forms["/bench/sign-out"]["csrf"]
    to_sign_in, to_prove = owner.answer("/sign-in/options", OWNER), owner.answer("/prove/options", OWNER, csrf=csrf)
    assert owner.send("/prove", {"csrf": csrf, "answer": to_sign_in}).status == 403
    assert person.send("/sign-in", {"answer": to_prove}).status == 403
    assert owner.send("/prove", {"csrf": csrf, "answer": to_prove}).status == 200
    assert owner.send("/prove", {"csrf": csrf, "answer": to_prove}).status == 409


@pytest.mark.parametrize("host", ["evil.localhost", "localhost.evil.example", "localhost"])
def test_a_page_elsewhere_borrows_nobody_s_passkey(person: Person, host: str) -> None:
    """Not even one below the same domain, which a browser would let ask, and which says that it is us."""
    options = person._ask("POST", "/bench/sign-in/options", "", {"accept": "application/json", "host": host})
    answer = person.house.keys[OWNER].get(options.body, f"http://{host}")
    assert person.send("/sign-in", {"answer": answer}, host=host).status == 403
    assert person.send("/sign-in", {"answer": answer}).status == 403


def test_a_device_that_did_not_make_sure_of_its_person_is_not_enough(person: Person) -> None:
    device = person.house.keys[OWNER]
    before, device.flags = device.flags, PRESENT
    try:
        assert person.sign_in().status == 403
    finally:
        device.flags = before


def test_whoever_has_a_whole_network_guesses_no_faster(person: Person) -> None:
    """IPv6 gives everybody 2^64 addresses; and some proxies write the port beside each."""
    statuses = []
    for number in range(31):
        person.headers["x-forwarded-for"] = f"6.6.6.{number}, [2001:db8:0:7::{number:x}]:{4000 + number}"
        statuses.append(person.send("/sign-in/code", {"code": codes.mint()}).status)
    assert statuses == [403] * 30 + [429]


# Ways -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ELSEWHERE)
def test_nobody_is_sent_elsewhere(owner: Person, to: str) -> None:
    shown = owner._ask("GET", f"/bench/sign-in?to={quote(to)}", "", {})
    assert (shown.status, shown.url) == (200, "/bench/")
    spoken = owner.send("/language", {"language": "en", "path": to})
    assert (spoken.status, spoken.url) == (200, "/bench/")


@pytest.mark.parametrize(
    "path",
    [
        "/%0d%0aSet-Cookie:%20evil=1",
        "/bench/%0d%0aevil:%201",
        "/bench/sign-in?to=/%0d%0aevil:%201",
        "/?shop=bench%0d%0aevil:1",
    ],
)
def test_no_line_is_slipped_into_a_head(owner: Person, path: str) -> None:
    assert "evil" not in head_of(owner, path)


def test_a_language_with_a_line_break_is_none(owner: Person) -> None:
    owner.send("/language", {"language": "en\r\nSet-Cookie: evil=1", "path": "/"})
    assert "evil" not in owner.cookies


def head_of(person: Person, path: str) -> str:
    """The raw head of an answer, as bytes that a browser would read."""
    with socket.create_connection(("127.0.0.1", person.platform.settings.port_admin), 10) as connection:
        lines = [
            "Host: localhost",
            "Accept: text/html",
            f"Cookie: {COOKIE}={person.cookies[COOKIE]}",
            "Connection: close",
        ]
        connection.sendall("\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""]).encode())
        received = b""
        while piece := connection.recv(65536):
            received += piece
    head = received.partition(b"\r\n\r\n")[0].decode("latin-1")
    return "\r\n".join(line for line in head.split("\r\n") if not line.lower().startswith("location:"))
