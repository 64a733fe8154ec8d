"""An order in a database, a desk for it, and a gateway that answers as a test tells it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from matjar.core.clock import now_ms
from matjar.core.tx import BUYER
from matjar.domain import orders, shops
from matjar.domain.orders import Order
from matjar.domain.payments import GATEWAY_AWAY, Charge, Message, Outcome, State
from matjar.storage.carrier import InProcess
from matjar.storage.desk import Desk, Storage
from matjar.storage.head import Head
from matjar.storage.operations import operations
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect
from matjar.storage.tx import ShopTx
from tests.conftest import DEMO
from tests.domain.orders.sales import goods, sell, stock


class Scripted:
    """A gateway that gives the answers it was told to give, and counts money by key, as real ones do."""

    name = "twin"

    def __init__(self) -> None:
        self.away = False
        self.gives = True
        self.state = State.CAPTURED
        self.moved: dict[str, int] = {}

    async def fingerprint(self, token: str) -> str:
        return ""

    async def charge(self, charge: Charge) -> Outcome:
        raise NotImplementedError

    async def find(self, key: str, reference: str) -> Outcome | None:
        return None

    async def capture(self, reference: str, amount_minor: int, key: str) -> Outcome:
        self._answer(key, amount_minor)
        return Outcome(self.state, reference, amount_minor)

    async def void(self, reference: str, key: str) -> Outcome:
        self._answer(key, 0)
        return Outcome(self.state, reference)

    async def refund(self, reference: str, amount_minor: int, currency: str, key: str) -> bool:
        self._answer(key, amount_minor)
        return self.gives

    def read_message(self, headers: dict[str, str], body: bytes) -> Message | None:
        return None

    async def close(self) -> None:
        pass

    def _answer(self, key: str, amount_minor: int) -> None:
        """Do it; the answer may be lost all the same."""
        self.moved[key] = amount_minor
        if self.away:
            raise GATEWAY_AWAY(gateway=self.name)


@asynccontextmanager
async def open_shop(folder: Path, state: State) -> AsyncIterator[tuple[Desk, Order]]:
    """A shop with one order of two soaps and a courier, for 235.00 dirhams."""
    engine = SqliteEngine(connect(folder / "shops.sqlite"))
    migrate(engine)
    engine.begin()
    head = Head(1)
    tx = ShopTx(engine, head, now_ms(), BUYER, "test")
    shops.create(
        tx, handle="demo", name="Demo", currency="AED", country="AE", time_zone="Asia/Dubai", settings=DEMO
    )
    stock(tx, [11])
    order = sell(tx, [goods(11, 2, 10_500)], state)
    head.save(engine, tx.now)
    engine.commit()
    storage = Storage(
        InProcess(engine, operations([orders.COMMANDS]), now_ms), SqliteReader(folder / "shops.sqlite", now_ms)
    )
    try:
        yield storage.desk(1, request_id="test"), order
    finally:
        await storage.close()
