"""A shop with buyers for the postman: what they order, pay, get sent and get back, and the letters that follow."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.shop import DELIVERY, open_shop
from matjar.compose.wiring import all_operations
from matjar.core.address import Address
from matjar.core.clock import now_ms
from matjar.core.command import Answer, Command
from matjar.core.ids import hash_token
from matjar.domain import catalog, checkout, orders, shops
from matjar.domain.carts import Line
from matjar.domain.catalog import NewVariant, Option
from matjar.domain.checkout import Checkout, Details
from matjar.domain.notices import Message
from matjar.domain.orders import Order
from matjar.domain.payments import Outcome, State
from matjar.edge.tokens import Tokens
from matjar.storage import feed, refusals
from matjar.storage.carrier import Carrier, InProcess
from matjar.storage.desk import Storage
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect
from matjar.workers.postman import Clerk, Links, Postman

HOME = Address(name="Layla Haddad", line1="12 Marina Walk", city="Dubai", region="DU", country="AE")
OFFICE = Address(
    name="Layla Haddad", company="Haddad & Sons LLC", vat_number="100987654300003", line1="Office 4", city="Dubai",
    country="AE",
)  # fmt: skip
BANK = "Bank: Marsa National\nIBAN: AE07 0331 2345 6789 0123 456"
SECRET = "a secret of many letters, for tests"


class Box:
    """A mail server that takes letters, or says no."""

    name = "box"

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.refuses: Exception | None = None

    async def send(self, message: Message) -> None:
        """Take a letter, or say no."""
        if self.refuses is not None:
            raise self.refuses
        self.sent.append(message)


class Tide:
    """A clock that a test turns forward."""

    def __init__(self) -> None:
        self.ahead_ms = 0

    def __call__(self) -> int:
        return now_ms() + self.ahead_ms


class Way:
    """The way to the writer, which may be closed: what is asked is read, and nothing is written."""

    def __init__(self, carrier: Carrier) -> None:
        self.closed = False
        self._carrier = carrier

    async def submit(self, command: Command) -> Answer:
        """Hand over, unless the way is closed; then ``storage.away``."""
        if self.closed:
            raise refusals.AWAY()
        return await self._carrier.submit(command)

    async def close(self) -> None:
        """Let go."""
        await self._carrier.close()


class House:
    """A platform with one shop, its clerk and its postman."""

    def __init__(self, folder: Path) -> None:
        self.clock = Tide()
        self._engine = SqliteEngine(connect(folder / "shops.sqlite"))
        migrate(self._engine)
        self._reader = SqliteReader(folder / "shops.sqlite", self.clock)
        self.way = Way(InProcess(self._engine, all_operations(), self.clock))
        self.storage = Storage(self.way, self._reader)
        self.desk = self.storage.desk(1)
        self.tokens = Tokens(SECRET)
        self.box = Box()
        self.variant_ids: list[int] = []
        self._bought = 0

    def close(self) -> None:
        """Let go of the database."""
        self._reader.close()
        self._engine.close()

    def begin_epoch(self) -> None:
        """The database was restored from a backup."""
        feed.begin_epoch(self._engine, self.clock())

    def run(self, sql: str) -> None:
        """Tamper with the database."""
        self._engine.begin()
        self._engine.run(sql, {})
        self._engine.commit()

    async def open(self, **settings: Any) -> None:
        """Open the shop, with a soap in two sizes beside those of the bench's shop."""
        self.variant_ids = await open_shop(self.storage, products=2)
        told = shops.Settings(
            legal_name="Bench Trading LLC", email="hello@bench.example", bank_details=BANK,
            registrations=(shops.Registration("AE", "100123456700003"),), names={"ar": "المتجر"},
            address=Address(line1="1 Warehouse Street", city="Dubai", country="AE"), **settings,
        )  # fmt: skip
        await self.desk.submit(shops.configure)(settings=told)
        oud = await self.desk.submit(catalog.create_product)(
            title="Oud soap", handle="oud-soap", options=(Option("Size", ("Small", "Large")),),
            variants=tuple(
                NewVariant(price_minor=price, sku=size, choices=(size,), weight_grams=100, continue_selling=True)
                for size, price in (("Small", 3000), ("Large", 5000))
            ),
        )  # fmt: skip
        await self.desk.submit(catalog.translate)(
            owner_type="product", owner_id=oud.id, language="ar",
            texts={"title": "صابون العود", "value:Large": "كبير"},
        )  # fmt: skip
        self.variant_ids += [variant.id for variant in oud.variants]

    async def fill(self, language: str = "en", **details: Any) -> tuple[str, Checkout]:
        """Somebody fills a checkout with a rose soap and two large oud soaps; its token, and how it stands."""
        self._bought += 1
        token = f"checkout-{self._bought:016d}"
        told: dict[str, Any] = {"email": "layla@example.com", "shipping": HOME, "delivery_id": DELIVERY} | details
        lines = (Line(self.variant_ids[0], 1), Line(self.variant_ids[-1], 2))
        made = await self.desk.submit(checkout.create)(
            token_hash=hash_token(token), lines=lines, language=language, details=Details(**told)
        )
        return token, made

    async def pay(self, token: str, gateway: str, state: State) -> Checkout:
        """Pay, with this outcome."""
        prepared = await self.desk.submit(checkout.prepare)(token_hash=hash_token(token), gateway=gateway)
        outcome = Outcome(state, f"ch_{prepared.intent_id}", prepared.amount_minor)
        token_hash = self.tokens.order_hash(1, prepared.checkout.id)
        return await self.desk.submit(checkout.settle)(
            intent_id=prepared.intent_id, outcome=outcome, order_token_hash=token_hash
        )

    async def buy(self, gateway: str = "twin", language: str = "en", **details: Any) -> Order:
        """An order: paid by card, or to be paid outside."""
        token, _ = await self.fill(language, **details)
        state = State.CAPTURED if gateway == "twin" else State.DEFERRED
        done = await self.pay(token, gateway, state)
        return await self.desk.read(lambda view: orders.load(view, order_id=done.order_id))

    def postman(self) -> Postman:
        """A postman who begins his day."""
        return Postman(self.storage, self.box, self.links())

    def links(self) -> Links:
        """Where letters lead."""
        return Links(self.tokens, origin_of)

    async def rounds(self) -> list[Message]:
        """The clerk's and the postman's round; the letters that went out in it."""
        before = len(self.box.sent)
        await Clerk(self.storage).look()
        await self.postman().look()
        return self.box.sent[before:]


def origin_of(handle: str, hosts: Sequence[str]) -> str:
    """Where a shop's pages are."""
    return f"https://{hosts[0] if hosts else f'{handle}.example'}"


def one(letters: list[Message]) -> Message:
    """The only letter."""
    (letter,) = letters
    return letter


def told(house: House, story: Callable[[House], Awaitable[None]]) -> None:
    """Open the shop, and live through a story there."""

    async def whole() -> None:
        await house.open()
        await story(house)

    asyncio.run(whole())
