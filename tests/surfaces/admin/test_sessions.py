"""Sessions at the back office, stolen, forged, ended elsewhere, and tried at two workers at once.

Where each other attack is tried, test_attacks.py says.
"""

import hashlib
import hmac
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from benchmarks.shop import SHOP_ID
from matjar.compose.bundles import open_trust
from matjar.core.clock import HOUR, now_ms
from matjar.domain.access import Method
from matjar.edge.keyring import Keyring
from matjar.edge.sessions import Grant, cookie_name, mint
from matjar.resilience.bundles import Revocations
from tests.platform import Platform, ask
from tests.surfaces.admin.office import DEVELOPER, OWNER, SHEET, House, Person, wait_until
from tests.surfaces.admin.workers import second_worker

COOKIE = cookie_name("admin", SHOP_ID)


@pytest.fixture(scope="module")
def second(platform: Platform, house: House) -> Iterator[int]:
    """The port of a second worker."""
    with second_worker(platform, house) as port:
        yield port


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
    wait_until(lambda: knows(person.platform, [key.public.kid for key in keys]), person.platform)
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


def test_of_two_workers_one_takes_a_passkey_s_answer(person: Person, second: int) -> None:
    first = person.platform.settings.port_admin
    for _ in range(5):
        answer = person.answer("/sign-in/options", OWNER)

        def send(port: int, answer: str = answer) -> int:
            return Person(person.platform, person.house).at(port).send("/sign-in", {"answer": answer}).status

        assert both((first, second), send) == [200, 409]


def test_of_two_workers_one_takes_a_printed_code(person: Person, second: int) -> None:
    first = person.platform.settings.port_admin
    for code in SHEET[5:]:

        def send(port: int, code: str = code) -> int:
            return Person(person.platform, person.house).at(port).send("/sign-in/code", {"code": code}).status

        assert both((first, second), send) == [200, 403]


def both(ports: tuple[int, int], send: Callable[[int], int]) -> list[int]:
    """The same, sent to two workers at once: what each answers, in order."""
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(send, ports))


def is_turned_away(person: Person) -> bool:
    """Whether the back office knows them no more."""
    return person.get("/orders").url.startswith("/bench/sign-in")


def grant_of(person_id: int) -> Grant:
    """A session as the back office would begin it."""
    now = now_ms()
    return Grant("s" * 22, person_id, SHOP_ID, "admin", Method.PASSKEY, now, now + HOUR, 0, now)


def sid_of(cookie: str) -> str:
    """Which session a cookie is of."""
    return msgspec.json.decode(decoded(cookie.split(".")[1]), type=Grant).sid


def knows(platform: Platform, kids: list[str]) -> bool:
    """Whether the back office knows these keys."""
    shared = ask(f"http://127.0.0.1:{platform.settings.port_admin}/bundles/keys/0")[1]
    told = b64decode(shared["files"]["keys.json"]).decode()
    return all(kid in told for kid in kids)


def encoded(content: bytes) -> str:
    """As tokens are written."""
    return urlsafe_b64encode(content).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """As tokens are read."""
    return urlsafe_b64decode(text + "==")
