"""An identity with its publisher, on a clock that tests turn, and surfaces that are brought its bundles."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from matjar.compose.identity import identity_operations
from matjar.core.clock import now_ms
from matjar.core.refusal import Refusal
from matjar.core.tx import SYSTEM, Actor, Tx
from matjar.domain import access
from matjar.edge.trust import Trust
from matjar.resilience.bundles import ACCESS, KEYS, REVOCATIONS, Moment, Shelf
from matjar.storage.carrier import InProcess
from matjar.storage.desk import Storage
from matjar.storage.schema import IDENTITY, migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect
from matjar.workers.publisher import Press, Publisher

P = ParamSpec("P")
T = TypeVar("T")
SHOP, OTHER = 7, 8


class Identity:
    """Identity's process without its pages; what it does, it does until it is done."""

    def __init__(self, home: Path, *, pace: float = 1.0) -> None:
        self.home = home
        self.now = now_ms()
        self._pace = pace
        self._loop = asyncio.new_event_loop()
        self.shelf = Shelf(home / "bundles")
        self.begin("identity.sqlite")

    def begin(self, database: str) -> None:
        """Start the process, on this database."""
        path = self.home / database
        engine = SqliteEngine(connect(path))
        migrate(engine, IDENTITY)
        self.storage = Storage(InProcess(engine, identity_operations(), self.clock), SqliteReader(path, self.clock))
        self.trust = self.surface("identity")
        self.publisher = Publisher(self.storage, self.trust, Press(self.trust, self.home), self._pace)

    def end(self) -> None:
        """Stop it."""
        self.wait(self.storage.close())
        self._loop.close()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Until it is done."""
        return self._loop.run_until_complete(work)

    def clock(self) -> int:
        """What the clock says."""
        return self.now

    def surface(self, name: str) -> Trust:
        """A surface of the same platform, as it starts."""
        trust = Trust(self.home, name, clock=lambda: Moment(self.now, self.now))
        trust.load()
        return trust

    def do(self, verb: Callable[Concatenate[Tx, P], T], shop_id: int = 0, by: int = 0) -> Callable[P, T]:
        """Something to be done there, by a person or by the command line."""
        actor = Actor("staff", by, "192.0.2.7", "passkey") if by else SYSTEM

        def submit(*nothing: P.args, **arguments: P.kwargs) -> T:
            return self.wait(self._submit(self.storage.desk(shop_id, actor).submit(verb)(*nothing, **arguments)))

        return submit

    async def _submit(self, answer: Awaitable[T]) -> T:
        return await answer

    def open_shop(self, shop_id: int = SHOP) -> int:
        """A shop with an owner; tells who."""
        token, handle = f"owner-{shop_id}", f"shop-{shop_id}"
        self.do(access.begin_shop, shop_id)(handle=handle, name=handle, language="en", token=token)
        owner = self.do(access.open_account)(
            of_shop_id=shop_id, token=token, email=f"{handle}@example.com", name="Sara", language="en"
        )
        self.do(access.accept, shop_id, owner)(token=token)
        return owner

    def look(self) -> None:
        """Let the publisher look until there is nothing left to do."""
        while self.wait(self.publisher.look()):
            pass

    def bring(self, surface: Trust) -> None:
        """Bring a surface what lies published, as its follower would, which goes on after what is refused."""
        surface.pin_root()
        order = (KEYS, REVOCATIONS, ACCESS)
        for kind, shop_id in sorted(self.shelf.list_places(), key=lambda place: order.index(place[0])):
            newest = self.numbers(kind, shop_id)[-1]
            found = self.shelf.find(kind, shop_id, newest)
            assert found
            if surface.kept.wants(kind, shop_id, newest):
                with suppress(Refusal):
                    surface.kept.offer(kind, shop_id, found.token, found.files, surface.clock())

    def numbers(self, kind: str, shop_id: int = 0) -> list[int]:
        """The numbers of what lies published."""
        return self.shelf.numbers(kind, shop_id)
