"""A whole platform with people in it: two shops, real identity, real back office, and clocks that can be turned.

Nobody here is a fixture of the back office: they joined at identity's own database, and are known elsewhere by bundles.
"""

import asyncio
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from benchmarks.shop import SHOP_ID, open_shop
from matjar.compose import wiring
from matjar.compose.identity import of_identity
from matjar.core.clock import MINUTE
from matjar.core.ids import hash_token
from matjar.core.tx import SYSTEM, Actor
from matjar.domain import access
from matjar.domain.access import Code
from matjar.edge import codes
from matjar.resilience.bundles import ACCESS, REVOCATIONS, Shelf
from matjar.storage.desk import Storage
from tests.edge.authenticator import Authenticator
from tests.gateways import metrics
from tests.platform import Platform, ask
from tests.stories.continuity.clocks import TURNED, Clocks
from tests.surfaces.admin.office import Answer, Person, health, wait_until

OTHER_SHOP = 2
HANDLES = {SHOP_ID: "bench", OTHER_SHOP: "other"}
OWNER, PARTNER, STRANGER = "olfat", "parvin", "salma"
"""The shop's owner; another owner of it; the owner of another shop."""
PACKERS = ("faris", "farah")
"""They have printed codes, and no passkey."""
PACE = "30"
"""What comes every minute, comes every two seconds."""
_STEP = 20 * MINUTE
"""Who works looks at a page so often; after half an hour one is asked who one is."""


class Household:
    """The platform, its people's devices and printed codes."""

    def __init__(self, engine: str) -> None:
        self.platform = platform = Platform(engine, staffed=True, MATJAR_PACE=PACE)
        settings = platform.settings
        self.home = settings.home
        self.clocks = Clocks(self.home / "clocks", platform.names)
        platform.environ |= {
            "TURNED_CLOCKS": str(self.clocks.folder),
            "PYTHONPATH": f"{TURNED}:{platform.environ['PYTHONPATH']}",
            "MATJAR_BUNDLE_SOURCES": f"http://localhost:{settings.port_identity}",
        }
        self.shelf, self.own_shelf = Shelf(self.home / "bundles"), Shelf(self.home / "admin" / "bundles")
        self.keys: dict[int, Authenticator] = {}
        self.sheets: dict[str, list[str]] = {}
        """Printed codes that are not spent yet."""
        self.ids: dict[str, int] = {}

    def open(self) -> "Household":
        """Open the shops, let their people join, start everything, and wait until all is well."""
        self.platform.furnish()
        asyncio.run(self._join())
        self.platform.start(*self.platform.names)
        self.platform.wait_until_well()
        self.wait_until_heard()
        return self

    # People -----------------------------------------------------------------------------------------------------------

    async def _join(self) -> None:
        async with wiring.storage_of_command_line(self.platform.settings) as shops:
            await open_shop(shops, shop_id=OTHER_SHOP, handle=HANDLES[OTHER_SHOP], products=1)
        async with wiring.storage_of_command_line(self.platform.settings, of_identity) as storage:
            await self._own(storage, OWNER, SHOP_ID)
            await self._own(storage, STRANGER, OTHER_SHOP)
            await self._hire(storage, PARTNER, access.OWNER)
            for name in (OWNER, PARTNER, STRANGER):
                await self._enrol(storage, name)
            for name in PACKERS:
                await self._hire(storage, name, "fulfilment")
                await self._print(storage, name, SHOP_ID)
            await self._print(storage, STRANGER, OTHER_SHOP)

    async def _own(self, storage: Storage, name: str, shop_id: int) -> None:
        begin = storage.desk(shop_id, SYSTEM).submit(access.begin_shop)
        await begin(handle=HANDLES[shop_id], name=HANDLES[shop_id], language="en", token=name)
        await self._come_in(storage, name, shop_id)

    async def _hire(self, storage: Storage, name: str, role_id: str) -> None:
        invite = storage.desk(SHOP_ID, self._actor(OWNER)).submit(access.invite)
        await invite(email=f"{name}@example.com", role_id=role_id, token=name, language="en")
        await self._come_in(storage, name, SHOP_ID)

    async def _come_in(self, storage: Storage, name: str, shop_id: int) -> None:
        self.ids[name] = await storage.desk(0, SYSTEM).submit(access.open_account)(
            of_shop_id=shop_id, token=name, email=f"{name}@example.com", name=name.title(), language="en"
        )
        await storage.desk(shop_id, self._actor(name)).submit(access.accept)(token=name)

    async def _enrol(self, storage: Storage, name: str) -> None:
        device = self.keys[self.ids[name]] = Authenticator(number=self.ids[name])
        await storage.desk(0, self._actor(name)).submit(access.add_passkey)(
            credential_id=device.id, public_key=self.public_key(name), name="Phone", sign_count=0, backed_up=True
        )

    def public_key(self, name: str) -> bytes:
        """Of somebody's passkey."""
        return self.keys[self.ids[name]]._cose()

    async def _print(self, storage: Storage, name: str, shop_id: int) -> None:
        sheet = self.sheets[name] = [codes.mint() for _ in range(10)]
        printed = tuple(Code(hash_token(code), "admin") for code in sheet)
        await storage.desk(shop_id, self._actor(name)).submit(access.print_codes)(codes=printed)

    def _actor(self, name: str) -> Actor:
        return Actor("staff", self.ids[name], "192.0.2.1", "passkey")

    # Signing in -------------------------------------------------------------------------------------------------------

    def by_passkey(self, name: str) -> "Colleague":
        """Somebody who signs in at the back office, by passkey."""
        person = Colleague(self, name)
        page = person.sign_in(self.ids[name])
        assert (page.status, name.title() in page.words) == (200, True), page.words
        return person

    def by_code(self) -> "Colleague":
        """A packer who signs in at the back office, by the next of their printed codes."""
        name = next(name for name in PACKERS if self.sheets[name])
        person = Colleague(self, name)
        page = person.send("/sign-in/code", {"code": self.sheets[name].pop()})
        assert (page.status, name.title() in page.words) == (200, True), page.words
        return person

    def by_identity(self, name: str) -> "Colleague":
        """Somebody who signs in at identity, and comes back with its word."""
        person = Colleague(self, name)
        page = self.try_identity(person)
        assert (page.status, name.title() in page.words) == (200, True), page.words
        return person

    def try_identity(self, person: "Colleague") -> Answer:
        """From the back office to identity, by passkey there, and back; where that ends."""
        there = person.at(self.platform.settings.port_identity)
        asked = there._ask("GET", self._leave(person).partition(there.origin)[2], "", {})
        csrf = asked.forms["/sign-in/passkey"]["csrf"]
        options = there._ask("POST", "/sign-in/passkey/options", f"csrf={csrf}", {"accept": "application/json"})
        answer = self.keys[self.ids[person.name]].get(options.body, there.origin)
        page = there._ask("POST", "/sign-in/passkey", urlencode({"csrf": csrf, "answer": answer}), {})
        target = f"{person.origin}/bench/signed-in"
        if target not in page.forms:
            return page
        return person.send("/signed-in", page.forms[target], **{"sec-fetch-site": "same-site"})

    def _leave(self, person: "Colleague") -> str:
        """Where the back office sends somebody to; it looks in on identity every few seconds after it was silent."""
        found = ""

        def leaves() -> bool:
            nonlocal found
            found = person.send("/sign-in/elsewhere", {"to": "/"}).headers.get("location", "")
            return bool(found)

        self.wait_until(leaves)
        return found

    # Time -------------------------------------------------------------------------------------------------------------

    def let_time_pass(self, ms: int, at_work: Sequence[Person]) -> None:
        """Time goes by, while some people work."""
        for _ in range(0, ms, _STEP):
            self.clocks.let_pass(min(_STEP, ms))
            for person in at_work:
                assert person.get("/orders").status == 200

    def age_ms(self) -> int | None:
        """A, as the back office has it."""
        age: int | None = ask(f"http://127.0.0.1:{self.platform.settings.port_admin}/healthz")[1]["heartbeat_age_ms"]
        return age

    def wait_for_fresh_news(self) -> None:
        """Until the back office has heard of identity within the last minute."""
        self.wait_until(lambda: (age_ms := self.age_ms()) is not None and age_ms < MINUTE)

    def counted(self, metric: str) -> float:
        """What the back office counts; 0 where it has not begun to."""
        return metrics(f"http://127.0.0.1:{self.platform.settings.port_admin}").get(metric, 0.0)

    # Bundles ----------------------------------------------------------------------------------------------------------

    def published(self, kind: str, shop_id: int = 0) -> bytes:
        """What identity published last."""
        return _newest(self.shelf, kind, shop_id)

    def heard(self, kind: str, shop_id: int = 0) -> bytes:
        """What the back office has kept last."""
        return _newest(self.own_shelf, kind, shop_id)

    def wait_until_heard(self) -> None:
        """Until the back office has heard of identity just now, knows its people, and finds nothing ill."""
        self.wait_for_heartbeat()
        self.wait_until(lambda: self.knows_everybody() and not health(self.platform))

    def knows_everybody(self) -> bool:
        """Whether the back office has heard who works in each shop."""
        return all(self.heard(ACCESS, shop_id) for shop_id in HANDLES)

    def wait_for_heartbeat(self) -> None:
        """Until a newer one has come than lies there now."""
        before = self.own_shelf.numbers(REVOCATIONS, 0)
        self.wait_until(lambda: self.own_shelf.numbers(REVOCATIONS, 0)[-1:] > before[-1:])

    # Processes --------------------------------------------------------------------------------------------------------

    def restart_admin(self) -> None:
        """The back office dies, and starts from its own disk."""
        self.platform.kill("admin")
        self.platform.start("admin")
        self.wait_until(lambda: self.is_there("admin"))

    def is_there(self, name: str) -> bool:
        """Whether a surface answers."""
        port = {"admin": self.platform.settings.port_admin, "identity": self.platform.settings.port_identity}[name]
        try:
            return ask(f"http://127.0.0.1:{port}/healthz", timeout=2)[0] == 200
        except OSError:
            return False

    def admin_pid(self) -> int:
        """The process that is the back office."""
        return self.platform._children["admin"].pid

    def invite_owner(self) -> None:
        """What every start of the platform does for a shop that identity knows no owner of."""

        async def invite() -> None:
            async with wiring.storage_of_command_line(self.platform.settings, of_identity) as storage:
                begin = storage.desk(SHOP_ID, SYSTEM).submit(access.begin_shop)
                await begin(handle=HANDLES[SHOP_ID], name="Bench", language="en", token="again")

        asyncio.run(invite())

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Until something has happened."""
        wait_until(holds, self.platform)


class Colleague(Person):
    """Somebody who works in a shop, with a browser of their own."""

    def __init__(self, house: Household, name: str) -> None:
        super().__init__(house.platform, house)
        self.name = name
        self._id = house.ids[name]

    def open(self, path: str) -> Answer:
        """Open a page, and show the passkey where one is asked for it."""
        page = self.get(path)
        if f"{self.base}/prove" not in page.forms:
            return page
        waiting = page.forms[f"{self.base}/prove"]
        answer = self.answer("/prove/options", self._id, csrf=waiting["csrf"])
        return self.send("/prove", waiting | {"answer": answer})


def _newest(shelf: Shelf, kind: str, shop_id: int) -> bytes:
    numbers = shelf.numbers(kind, shop_id)
    found = shelf.find(kind, shop_id, numbers[-1]) if numbers else None
    return b"".join(found.files.values()) if found else b""
