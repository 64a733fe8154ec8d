"""A back office as its people find it: real processes, identity's bundles from its keys, browsers with passkeys."""

import itertools
import time
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from copy import copy
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from typing import Protocol
from urllib.parse import urlencode, urlsplit

import msgspec

from benchmarks.shop import SHOP_ID
from matjar.core.clock import now_ms
from matjar.core.ids import hash_token
from matjar.domain.access import BUILT_IN, Access, Code, Member, Passkey
from matjar.edge import codes
from matjar.edge.keyring import Keyring, list_public, load_root
from matjar.resilience.bundles import ACCESS, KEYS, REVOCATIONS, Keys, Revocations, Shelf
from matjar.resilience.bundles.publishing import publish
from tests.edge.authenticator import Authenticator
from tests.platform import PATIENCE_SECONDS, Platform, ask

OWNER, PACKER, NEWCOMER, DEVELOPER = 1, 2, 3, 4
SHEET = tuple(codes.mint() for _ in range(10))
"""The packer's printed codes, each for the back office."""
OWNER_SHEET = (codes.mint(), codes.mint())
"""The owner's."""

_numbers = itertools.count(1)


class House:
    """What identity publishes, with nobody running it."""

    def __init__(self, platform: Platform, *, beat_at: int = 0) -> None:
        """``beat_at``: when the last heartbeat came; now, where nothing is said."""
        self.home = platform.settings.home
        self.keys = {OWNER: Authenticator(number=1), DEVELOPER: Authenticator(number=4)}
        self._shelf, self._root = Shelf(self.home / "bundles"), load_root(self.home)
        self._identity = Keyring(self.home, "identity")
        self._identity.signing(now_ms())
        self._publish(beat_at)

    def _publish(self, beat_at: int) -> None:
        now, key = now_ms(), self._identity.signing(now_ms())
        publish(self._shelf, key, ACCESS, SHOP_ID, Access(SHOP_ID, BUILT_IN, self.members()), now_ms=now)
        self.tell(Revocations(), beat_at or now)

    def tell(self, revoked: Revocations, beat_at: int = 0) -> None:
        """Whose keys count by now, and what is revoked."""
        now, key = now_ms(), self._identity.signing(now_ms())
        publish(self._shelf, self._root, KEYS, 0, Keys(tuple(list_public(self.home)), {}), now_ms=now)
        publish(self._shelf, key, REVOCATIONS, 0, revoked, now_ms=beat_at or now)

    def members(self) -> tuple[Member, ...]:
        """An owner and a developer with passkeys, a packer with printed codes, a newcomer with neither."""
        sheet, own = (tuple(Code(hash_token(code), "admin") for code in each) for each in (SHEET, OWNER_SHEET))
        return (
            Member(OWNER, "Olfat", "o…@example.com", "owner", (self._passkey(OWNER),), own),
            Member(PACKER, "Faris", "f…@example.com", "fulfilment", (), sheet),
            Member(NEWCOMER, "Nour", "n…@example.com", "manager"),
            Member(DEVELOPER, "Dina", "d…@example.com", "developer", (self._passkey(DEVELOPER),)),
        )

    def _passkey(self, person_id: int) -> Passkey:
        key = self.keys[person_id]
        return Passkey(key.id, key._cose(), "Phone", 0, True, now_ms())


class Answer(HTMLParser):
    """A page, and how it came: its forms' fields and all that can be read on it."""

    def __init__(self, response: HTTPResponse, url: str) -> None:
        super().__init__()
        self.status, self.url = response.status, url
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read().decode()
        self.forms: dict[str, dict[str, str]] = {}
        self.words = ""
        self._form: dict[str, str] = {}
        self.feed(self.body)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = self.forms.setdefault(told.get("action", ""), {})
        if tag == "input" and told.get("type") not in ("checkbox", "radio"):
            self._form.setdefault(told.get("name", ""), told.get("value", ""))

    def handle_data(self, data: str) -> None:
        self.words += data


class Devices(Protocol):
    """Whoever has people's security keys, by person."""

    keys: dict[int, Authenticator]


class Person:
    """Somebody with a browser, at an address of their own."""

    base = "/bench"
    """Their shop's pages."""

    def __init__(self, platform: Platform, house: Devices) -> None:
        self.platform, self.house = platform, house
        self.origin = f"http://localhost:{platform.settings.port_admin}"
        self.cookies: dict[str, str] = {}
        number = next(_numbers)
        self.headers = {
            "accept": "text/html", "accept-language": "en",
            "x-forwarded-for": f"10.9.{number >> 8 & 255}.{number & 255}",
        }  # fmt: skip

    def at(self, port: int) -> "Person":
        """The same browser at another surface, or another worker: cookies ignore ports."""
        there = copy(self)
        there.origin = f"http://localhost:{port}"
        return there

    def get(self, path: str, **headers: str) -> Answer:
        """Open a page of the shop, wherever that leads."""
        return self._ask("GET", self.base + path, "", headers)

    def post(self, path: str, form: str = "", **fields: str) -> Answer:
        """Send a form that stands on the page ``form``, or where it goes to; its other fields stay as they are."""
        page = self.get(form or path)
        return self.send(path, page.forms[self.base + path] | fields)

    def send(self, path: str, fields: dict[str, str] | list[tuple[str, str]], **headers: str) -> Answer:
        """Send just these fields, without a page."""
        return self._ask("POST", self.base + path, urlencode(fields), headers)

    def sign_in(self, person_id: int = OWNER) -> Answer:
        """By passkey."""
        return self.send("/sign-in", {"to": "/", "answer": self.answer("/sign-in/options", person_id)})

    def answer(self, path: str, person_id: int, **fields: str) -> str:
        """What the person's device says to a challenge."""
        options = self._ask("POST", self.base + path, urlencode(fields), {"accept": "application/json"})
        assert options.status == 200, options.body
        return self.house.keys[person_id].get(options.body, self.origin)

    def _ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", urlsplit(self.origin).port, timeout=10)
        named = self.headers | {"host": self.origin.partition("//")[2]} | headers
        named["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            named |= {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"} | headers
        connection.request(method, path, body or None, named)
        response = connection.getresponse()
        for line in response.headers.get_all("set-cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]
        answer = Answer(response, path)
        connection.close()
        if answer.status == 303 and urlsplit(answer.headers["location"]).netloc == "":
            return self._ask("GET", answer.headers["location"], "", {"accept": "text/html"})
        return answer


def wait_until(holds: Callable[[], bool], platform: Platform) -> None:
    """Wait until something has happened, as long as a slow machine takes."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, platform.logs()
        time.sleep(0.05)


def wait_until_known(platform: Platform, house: House, ill: AbstractSet[str] = frozenset()) -> None:
    """Wait until the back office knows who works there, and nothing ails it but what is said."""
    wait_until(lambda: set(health(platform)) == ill and Person(platform, house).sign_in().status == 200, platform)


def health(platform: Platform) -> dict[str, str]:
    """What ails the back office, by part."""
    try:
        told = ask(f"http://127.0.0.1:{platform.settings.port_admin}/healthz")[1]
    except OSError:
        return {"process": "does not answer"}
    return {name: part.get("detail", "") for name, part in told["parts"].items() if part["status"] != "ok"}


def sell(
    platform: Platform, *, quantity: int = 1, article: int = 0, gateway: str = "twin", card: str = "approved"
) -> str:
    """Somebody buys: what the order is called in addresses, ``1001``."""
    url, number = f"{platform.url}/checkout-sessions", next(_numbers)
    item = {"id": str(platform.variant_ids[article])}
    status, begun = ask(url, {"line_items": [{"item": item, "quantity": quantity}]})
    assert status == 201, begun
    address = {"name": "Sara Haddad", "line1": "12 Marina Walk", "city": "Dubai", "country": "AE"}
    told = {"buyer": {"email": "sara@example.com"}, "shipping_address": address, "delivery": "courier"}
    ask(f"{url}/{begun['id']}", told, method="PUT")
    payment = {"gateway": gateway} | ({"token": f"tok-{number:016x}-{card}-{number}"} if gateway == "twin" else {})
    status, done = ask(f"{url}/{begun['id']}/complete", {"payment": payment})
    assert status == 200, msgspec.json.encode(done)
    return str(done["order"]["number"])
