"""Identity with its pages, in this process, on a clock that tests turn; and people at its doors with their browsers."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from argon2 import PasswordHasher

from matjar.core.tx import Actor
from matjar.domain import access
from matjar.domain.access.ports import Provider
from matjar.domain.notices import Message
from matjar.edge.audit import Audit
from matjar.edge.local import Local
from matjar.edge.passkeys import Passkeys
from matjar.edge.passwords import Passwords
from matjar.edge.visit import Proxies
from matjar.surfaces.identity import app
from matjar.surfaces.identity.letters import Writer
from matjar.surfaces.identity.parts import Parts
from matjar.surfaces.identity.posting import Carrier
from matjar.surfaces.identity.vault import Vault
from tests.edge.authenticator import Authenticator
from tests.workers.publisher.identity import SHOP, Identity

ADDRESS, ADMIN = "https://localhost:8003", "https://localhost:8001"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
PASSWORD = "kettle orbit maple"
SHOP_NAME = "Rose & Oud"


class Letterbox:
    """Whoever carries letters, and has them all. ``ailment`` is what is raised instead, if anything."""

    name = "letterbox"

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.ailment: Exception | None = None

    async def send(self, message: Message) -> None:
        """Take a letter."""
        if self.ailment is not None:
            raise self.ailment
        self.letters.append(message)


class House(Identity):
    """Identity, whole."""

    def __init__(
        self, home: Path, provider: Provider | None = None, hasher: PasswordHasher = QUICK, secret: bytes = b"v" * 32
    ) -> None:  # fmt: skip
        """``secret`` is what the secrets of one-time codes are sealed with."""
        super().__init__(home)
        self.letterbox = Letterbox()
        local = Local(home / "identity" / "local.sqlite")
        self.parts = Parts(
            storage=self.storage, trust=self.trust, local=local, audit=Audit(home / "identity" / "audit.sqlite"),
            passkeys=Passkeys("localhost", "identity", b"s" * 32, local), passwords=Passwords(hasher),
            proxies=Proxies(()), vault=Vault(secret), secret=b"s" * 32, address=ADDRESS, surfaces={"admin": ADMIN},
            provider=provider,
        )  # fmt: skip
        self.carrier = Carrier(self.storage, self.letterbox, Writer(ADDRESS))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Litestar 3 will want of names
            self.app = app.make(self.parts, self.carrier)
        self.hear()

    def hear(self) -> None:
        """What is published is heard here too: the news is fresh."""
        self.look()
        self.bring(self.trust)

    def link(self, shop_id: int = SHOP, handle: str = "rose") -> str:
        """A link for a shop's first owner."""
        token = f"first-{shop_id}"
        begin = self.do(access.begin_shop, shop_id)
        begin(handle=handle, name=SHOP_NAME, language="en", token=token)
        return f"/join/{handle}/{token}"

    async def post(self, path: str, body: bytes, authorization: str) -> httpx.Response:
        """A request of another surface."""
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url=ADDRESS) as client:
            return await client.post(path, content=body, headers={"authorization": authorization})

    def letters(self) -> list[Message]:
        """What has been mailed since the last look."""
        self.wait(self.carrier.round())
        taken, self.letterbox.letters = self.letterbox.letters, []
        return taken

    def link_in(self, template: str) -> str:
        """The path of the link in the one letter whose link begins so."""
        (found,) = (
            match[1] for letter in self.letters() if (match := re.search(rf"{ADDRESS}({template}\S*)", letter.text))
        )
        return str(found)

    def by(self, person_id: int) -> Actor:
        """Somebody who acts."""
        return Actor("staff", person_id, "192.0.2.1", "passkey")


class Browser:
    """One browser: keeps cookies, follows redirects, sends forms with their hidden fields."""

    def __init__(self, house: House, language: str = "en") -> None:
        self.house = house
        self.device = Authenticator()
        transport = httpx.ASGITransport(app=house.app)
        headers = {"accept": "text/html", "accept-language": language, "user-agent": "Firefox/1 (Linux)"}
        self.client = httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers=headers, follow_redirects=True)
        self.page = httpx.Response(200)

    @property
    def text(self) -> str:
        """The page that is open."""
        return self.page.text

    @property
    def path(self) -> str:
        """Where it is open."""
        return self.page.url.path

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Open a page."""
        self.page = self.house.wait(self.client.get(path, headers=headers))
        return self.page

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form of the page that is open."""
        data = {"csrf": self.csrf} | {name.replace("_", "-"): value for name, value in fields.items()}
        headers = {"origin": ADDRESS, "referer": str(self.page.url), "sec-fetch-site": "same-origin"}
        self.page = self.house.wait(self.client.post(path, data=data, headers=headers))
        return self.page

    @property
    def csrf(self) -> str:
        """The token that the open page's forms carry."""
        return self.hidden("csrf")

    def hidden(self, name: str) -> str:
        """A hidden field of the open page."""
        found = re.search(rf'name="{name}"\s+value="([^"]*)"', self.text)
        return found[1] if found else ""

    # What people do ---------------------------------------------------------------------------------------------------

    def join(self, link: str, email: str = "sara@example.com", name: str = "Sara Haddad") -> "Browser":
        """Come in by a link, with a new account."""
        self.get(link)
        self.send(link, email=email, name=name, password=PASSWORD, do="open")
        return self

    def enrol(self, then: str = "/account/passkeys") -> "Browser":
        """Add a passkey."""
        self.get("/account/passkeys/new")
        answer = self._ask("/account/passkeys/options", self.device.create)
        self.send("/account/passkeys", answer=answer, name="Key", then=then)
        return self

    def sign_in_by_passkey(self) -> "Browser":
        """Sign in with it."""
        self.get("/sign-in")
        self.send("/sign-in/passkey", answer=self._ask("/sign-in/passkey/options", self.device.get))
        return self

    def sign_in(self, email: str = "sara@example.com", password: str = PASSWORD) -> "Browser":
        """The first step, by a password."""
        self.get("/sign-in")
        self.send("/sign-in", email=email, password=password)
        return self

    def prove(self, then: str) -> "Browser":
        """Show the passkey, and go on."""
        self.get(f"/prove?then={then}")
        self.send("/prove", answer=self._ask("/prove/options", self.device.get), then=then)
        return self

    def _ask(self, path: str, device: Any) -> str:
        headers = {"accept": "application/json", "origin": ADDRESS}
        options = self.house.wait(self.client.post(path, data={"csrf": self.csrf}, headers=headers))
        assert options.status_code == 200, options.text
        answer: str = device(options.text, ADDRESS)
        return answer


def hosts(response: httpx.Response) -> Iterator[str]:
    """Every host that a chain of redirects went through."""
    yield from (urlsplit(str(each.url)).netloc for each in (*response.history, response))
