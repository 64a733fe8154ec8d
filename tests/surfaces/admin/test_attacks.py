"""What people try at the back office's doors, over HTTP, on its real processes.

Where each attack on signing in is tried:

==================================  ====================================================================
session fixation                    here, surfaces/identity/test_attacks.py
CSRF: every form of every page      here, surfaces/identity/test_attacks.py; edge/test_csrf.py
replayed assertion                  here (two workers at once), test_signing.py; edge/test_passkeys.py
wrong origin, no user verification  here; edge/test_passkeys.py
a cookie after signing out          here (revoked by identity, at another worker), test_signing.py
tampered token, `alg`, `kid`        here (a few, by cookie); all of them in edge/test_session_attacks.py
a grant that another surface signs  here; edge/test_sessions.py, surfaces/storefront/test_sessions.py
a code spent twice                  here (two workers at once), test_signing.py; edge/test_local.py
header injection                    here, surfaces/identity/test_attacks.py; letters: adapters/mail/test_mail.py
open redirect                       here, surfaces/identity/test_attacks.py, test_seals.py
who is known here?                  surfaces/identity/test_attacks.py; surfaces/storefront/test_account.py
throttles, by address and by name   here, surfaces/identity/test_attacks.py; edge/test_visit.py
another shop's session or passkey   test_signing.py, stories/continuity; edge/test_sessions.py
==================================  ====================================================================
"""

import hashlib
import hmac
import socket
import subprocess
import sys
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import quote

import msgspec
import pytest

from benchmarks.shop import SHOP_ID
from matjar.compose.bundles import open_trust
from matjar.core.clock import HOUR, now_ms
from matjar.domain.access import Method
from matjar.edge import codes
from matjar.edge.declaring import declared_actions
from matjar.edge.framework import application
from matjar.edge.keyring import Keyring
from matjar.edge.sessions import Grant, cookie_name, mint
from matjar.resilience.bundles import Revocations
from matjar.surfaces.admin.pages import PAGES
from tests.edge.authenticator import PRESENT
from tests.gateways import free_port
from tests.platform import ROOT, Platform
from tests.surfaces.admin.office import DEVELOPER, OWNER, SHEET, House, Person, sell, wait_until

COOKIE = cookie_name("admin", SHOP_ID)
ELSEWHERE = [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "///evil.example", "/\t/evil.example", " //evil.example",
    "https://evil.example", "https:evil.example", "javascript:alert(1)", "data:text/html,x", "@evil.example",
    "/\nSet-Cookie: evil=1", "/\r\n\r\nevil", "//evil.example@localhost", "/..//evil.example",
]  # fmt: skip
WORKER = """
import sys
from matjar.compose.admin import open_admin
from matjar.compose.settings import read
from matjar.edge.serving import serve
from matjar.surfaces.admin import app

parts, behind = open_admin(read())
serve(app.make(parts), "127.0.0.1", int(sys.argv[1]), behind)
"""
"""The back office once more, at the same address as far as people know, and on a port of its own."""


@pytest.fixture(scope="module")
def second(platform: Platform, house: House) -> Iterator[int]:
    """The port of a second worker: it shares what the first one remembers."""
    port = free_port()
    with (platform.settings.log_folder / "second.log").open("ab") as log:
        command = [sys.executable, "-c", WORKER, str(port)]
        worker = subprocess.Popen(command, env=platform.environ, stdout=log, stderr=log, cwd=ROOT)
    try:
        there = Person(platform, house).at(port)
        wait_until(lambda: answers(there), platform)
        yield port
    finally:
        worker.terminate()
        worker.wait(10)


def both(platform: Platform, ports: tuple[int, int], send: Callable[[int], int]) -> list[int]:
    """The same, sent to two workers at once: what each answers, in order."""
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(send, ports))


# Sessions -------------------------------------------------------------------------------------------------------------


def test_who_signs_in_gets_a_session_that_was_not_there_before(person: Person) -> None:
    person.sign_in(DEVELOPER)
    planted = person.cookies[COOKIE]
    person.sign_in(OWNER)
    assert person.cookies[COOKIE] != planted
    assert sid_of(person.cookies[COOKIE]) != sid_of(planted)


def test_a_session_that_identity_revokes_is_over_at_every_worker(owner: Person, second: int) -> None:
    other = Person(owner.platform, owner.house)
    other.sign_in()
    assert owner.at(second).get("/orders").status == 200
    house = owner.house
    assert isinstance(house, House)
    house.tell(Revocations(sessions={sid_of(owner.cookies[COOKIE]): now_ms() + HOUR}))
    for worker in (owner, owner.at(second)):
        wait_until(lambda worker=worker: is_turned_away(worker), owner.platform)  # type: ignore[misc]
    assert not is_turned_away(other)


def test_who_signs_out_at_one_worker_is_out_at_the_other(owner: Person, second: int) -> None:
    kept = dict(owner.cookies)
    owner.post("/sign-out", "/")
    owner.cookies |= kept
    assert is_turned_away(owner.at(second))


def test_no_other_surface_signs_anybody_in_here(person: Person) -> None:
    house = person.house
    assert isinstance(house, House)
    strangers = [Keyring(house.home, name) for name in ("storefront", "till", "api", "publisher")]
    keys = [keyring.signing(now_ms()) for keyring in strangers]
    house.tell(Revocations())
    wait_until(lambda: ask_keys(person.platform, [key.public.kid for key in keys]), person.platform)
    grant = grant_of(OWNER)
    for key in keys:
        person.cookies[COOKIE] = mint(grant, key)
        assert is_turned_away(person)
    assert person.send("/signed-in", {"grant": mint(grant, keys[0]), "state": "x" * 22}).status == 422
    way = msgspec.json.encode({"state": "x" * 22, "path": "/"})
    person.cookies["__Host-admin-state"] = urlsafe_b64encode(way).decode()
    assert person.send("/signed-in", {"grant": mint(grant, keys[0]), "state": "x" * 22}).status == 401
    assert is_turned_away(person)


def test_nobody_writes_a_cookie_of_their_own(person: Person) -> None:
    trust = open_trust(person.platform.settings, "admin")
    signing, payload = trust.keyring.signing(now_ms()), encoded(msgspec.json.encode(grant_of(OWNER)))
    kid = signing.public.kid
    person.cookies[COOKIE] = mint(grant_of(OWNER), signing)
    assert not is_turned_away(person), "what follows would be let in, were it rightly signed"
    public = signing.public.verifying.as_pem(private=False)
    for header in (
        {"alg": "none"}, {"alg": "none", "kid": kid, "typ": "matjar-session"}, {"alg": "HS256", "kid": kid},
        {"alg": "HS256", "kid": kid, "typ": "matjar-session"}, {"alg": "ES256", "kid": "../../secrets/admin.pem"},
        {"alg": "ES256", "kid": "https://evil.example/key"}, {"alg": "ES256", "kid": "nobody's"},
        {"alg": "ES256", "kid": open_trust(person.platform.settings, "identity").keyring.signing(now_ms()).public.kid},
    ):  # fmt: skip
        begun = f"{encoded(msgspec.json.encode(header))}.{payload}"
        sealed = hmac.digest(public, begun.encode(), hashlib.sha256)
        for signature in ("", encoded(sealed), encoded(sealed * 2), mint(grant_of(OWNER), signing).rpartition(".")[2]):
            person.cookies[COOKIE] = f"{begun}.{signature}"
            assert is_turned_away(person), header


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


def test_of_two_workers_one_takes_a_passkey_s_answer(person: Person, second: int) -> None:
    first = person.platform.settings.port_admin
    for _ in range(5):
        answer = person.answer("/sign-in/options", OWNER)

        def send(port: int, answer: str = answer) -> int:
            return Person(person.platform, person.house).at(port).send("/sign-in", {"answer": answer}).status

        assert both(person.platform, (first, second), send) == [200, 409]


def test_of_two_workers_one_takes_a_printed_code(person: Person, second: int) -> None:
    first = person.platform.settings.port_admin
    for code in SHEET[5:]:

        def send(port: int, code: str = code) -> int:
            return Person(person.platform, person.house).at(port).send("/sign-in/code", {"code": code}).status

        assert both(person.platform, (first, second), send) == [200, 403]


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


def answers(person: Person) -> bool:
    """Whether the worker that they are at is there."""
    try:
        return person.get("/sign-in").status == 200
    except OSError:
        return False


def is_turned_away(person: Person) -> bool:
    """Whether the back office knows them no more."""
    return person.get("/orders").url.startswith("/bench/sign-in")


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


def grant_of(person_id: int) -> Grant:
    """A session as the back office would begin it."""
    now = now_ms()
    return Grant("s" * 22, person_id, SHOP_ID, "admin", Method.PASSKEY, now, now + HOUR, 0, now)


def sid_of(cookie: str) -> str:
    """Which session a cookie is of."""
    return msgspec.json.decode(decoded(cookie.split(".")[1]), type=Grant).sid


def ask_keys(platform: Platform, kids: list[str]) -> bool:
    """Whether the back office knows these keys."""
    connection = HTTPConnection("127.0.0.1", platform.settings.port_admin, timeout=5)
    connection.request("GET", "/bundles/keys/0")
    shared = msgspec.json.decode(connection.getresponse().read())
    connection.close()
    told = b64decode(shared["files"]["keys.json"]).decode()
    return all(kid in told for kid in kids)


def encoded(content: bytes) -> str:
    """As tokens are written."""
    return urlsafe_b64encode(content).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """As tokens are read."""
    return urlsafe_b64decode(text + "==")
