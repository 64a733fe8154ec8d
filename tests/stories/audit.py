"""The audit: the books of the shoppers and of the gateway, held against what the platform wrote.

The platform's tables alone prove nothing: they would agree with themselves after losing an order. Each function
returns what it found wrong, in words; nothing is what a platform at rest must give.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import aiohttp
import apsw
import msgspec

from benchmarks.shop import SHOP_ID
from matjar.core.tx import Reading, Row
from matjar.domain import ledger
from matjar.storage.desk import Storage
from tests.platform import Platform
from tests.stories.shoppers import Shopper

REST_SECONDS = 30.0
_OPEN = ("incomplete", "ready_for_complete", "canceled")

_ORDERS = "SELECT id, checkout_id, number, total_minor, paid_minor, gateway FROM orders WHERE shop_id = :shop_id"
_LINES = "SELECT order_id, variant_id, inventory_item_id, quantity FROM line_items WHERE shop_id = :shop_id"
_INTENTS = "SELECT id, order_id, state FROM payment_intents WHERE shop_id = :shop_id AND gateway = 'twin'"
_LEVELS = "SELECT inventory_item_id, on_hand, committed, reserved FROM inventory_levels WHERE shop_id = :shop_id"
_INVOICES = "SELECT number FROM invoices WHERE shop_id = :shop_id AND kind = 'invoice'"
_FEED = "SELECT number, type FROM feed WHERE shop_id = :shop_id"
_UNREST = """
    SELECT 'charges that are due', COUNT(*) FROM payment_intents WHERE shop_id = :shop_id AND due_at > 0
    UNION ALL SELECT 'captures and voids that are due', COUNT(*) FROM transactions
        WHERE shop_id = :shop_id AND due_at > 0
    UNION ALL SELECT 'refunds that are due', COUNT(*) FROM refunds WHERE shop_id = :shop_id AND due_at > 0
    UNION ALL SELECT 'checkouts half paid', COUNT(*) FROM checkouts
        WHERE shop_id = :shop_id AND status IN ('complete_in_progress', 'requires_escalation')
    UNION ALL SELECT 'holds', COUNT(*) FROM holds WHERE shop_id = :shop_id
"""


class Charge(msgspec.Struct, frozen=True):
    """What the gateway's book says of one charge in the end."""

    key: str
    state: str
    kept_minor: int
    """Taken, less what was given back."""

    @property
    def intent_id(self) -> int:
        """The intent whose charge it is."""
        return int(self.key.split("-")[1])


class Tables(msgspec.Struct, frozen=True):
    """What the platform wrote."""

    orders: dict[int, Row]
    lines: list[Row]
    intents: dict[int, Row]
    levels: list[Row]
    invoices: list[int]
    feed: list[Row]
    balances: dict[tuple[str, str], int]

    @classmethod
    def read(cls, view: Reading) -> "Tables":
        """All of it, from one snapshot."""
        return cls(
            orders={row[0]: row for row in view.all(_ORDERS)},
            lines=view.all(_LINES),
            intents={row[0]: row for row in view.all(_INTENTS)},
            levels=view.all(_LEVELS),
            invoices=[row[0] for row in view.all(_INVOICES)],
            feed=view.all(_FEED),
            balances=ledger.balances(view),
        )


async def audit(platform: Platform, shoppers: Sequence[Shopper], *, stock: int) -> list[str]:
    """Wait until the platform has come to rest, and tell all that is wrong. ``stock``: of each article at first."""
    storage = platform.storage()
    try:
        return await _audit(platform, storage, shoppers, stock)
    finally:
        await storage.close()


async def _audit(platform: Platform, storage: Storage, shoppers: Sequence[Shopper], stock: int) -> list[str]:
    found = [f"still {unrest}" for unrest in await _rest(storage)]
    async with aiohttp.ClientSession() as session:
        looks = await asyncio.gather(*(shopper.look(session) for shopper in shoppers if shopper.token))
    found += [f"checkout {look.get('id')} is {look.get('status')}" for look in looks if not _is_over(look)]
    tables = await storage.read(SHOP_ID, Tables.read)
    charges = read_book(platform)
    found += [fault for shopper in shoppers for fault in shopper.faults]
    found += wrongs(shoppers, charges, tables, stock)
    return found + ([] if platform.settings.postgres_url else list(_file(platform)))


def wrongs(shoppers: Sequence[Shopper], charges: Sequence[Charge], tables: Tables, stock: int) -> list[str]:
    """Where the three books do not agree."""
    return [
        *_promises(shoppers, tables),
        *_charges(charges, tables),
        *_money(charges, tables),
        *_stock(tables, stock),
        *_series(tables),
    ]


async def _rest(storage: Storage) -> list[str]:
    """Wait until nothing is half done; what still is when patience ends."""
    deadline = time.monotonic() + REST_SECONDS
    while True:
        rows = await storage.read(SHOP_ID, lambda view: view.all(_UNREST))
        unrest = [f"{count} {what}" for what, count in rows if count]
        if not unrest or time.monotonic() > deadline:
            return unrest
        await asyncio.sleep(0.2)


def _is_over(look: dict[str, object]) -> bool:
    return (look.get("status") == "completed" and "order" in look) or look.get("status") in _OPEN


def read_book(platform: Platform) -> list[Charge]:
    """The gateway's own book, each charge as it stands in the end."""
    last = {line["charge"]["ask"]["key"]: line["charge"] for line in platform.twin_book()}
    charges = []
    for key, charge in last.items():
        taken = charge.get("taken", {}).get("amount_minor", 0)
        given = sum(step["amount_minor"] for step in charge.get("refunds", ()))
        charges.append(Charge(key, charge["state"], taken - given))
    return charges


def _promises(shoppers: Sequence[Shopper], tables: Tables) -> Iterator[str]:
    """Every order that a shopper was told of stands, once, and is of what they wanted."""
    owners = Counter(order_id for shopper in shoppers for order_id in set(shopper.told))
    yield from (f"order {order_id} was promised to {n} shoppers" for order_id, n in owners.items() if n > 1)
    bought: dict[int, dict[int, int]] = {}
    for order_id, variant_id, _, quantity in tables.lines:
        bought.setdefault(order_id, {})[variant_id] = quantity
    for shopper in shoppers:
        told = set(map(int, shopper.told))
        if len(told) > 1:
            yield f"shopper {shopper.number} was told of several orders: {told}"
        for order_id in told:
            if order_id not in tables.orders:
                yield f"order {order_id}, promised to shopper {shopper.number}, is lost"
            elif bought.get(order_id) != shopper.lines:
                yield f"order {order_id} is of {bought.get(order_id)}, not of {shopper.lines}"
    checkouts = Counter(row[1] for row in tables.orders.values())
    yield from (f"checkout {checkout_id} became {n} orders" for checkout_id, n in checkouts.items() if n > 1)


def _charges(charges: Sequence[Charge], tables: Tables) -> Iterator[str]:
    """Every charge that the gateway kept money of has its one order, and every order that was paid has its charge."""
    paid: Counter[int] = Counter()
    for charge in charges:
        intent = tables.intents.get(charge.intent_id)
        if intent is None:
            yield f"the gateway has charge {charge.intent_id}, which nobody wrote down"
            continue
        order = tables.orders.get(intent[1])
        if charge.state in ("authorized", "challenged"):
            yield f"charge {charge.intent_id} is still {charge.state} at the gateway, {intent[2]} with us"
        elif charge.kept_minor and order is None:
            yield f"charge {charge.intent_id} took {charge.kept_minor} for no order"
        elif order is not None and charge.kept_minor != order[3]:
            yield f"charge {charge.intent_id} took {charge.kept_minor} for an order of {order[3]}"
        if order is not None:
            paid[order[0]] += 1
    for order_id, _, _, _, _, gateway in tables.orders.values():
        if paid[order_id] != (gateway == "twin"):
            yield f"order {order_id}, by {gateway}, has {paid[order_id]} charges"


def _money(charges: Sequence[Charge], tables: Tables) -> Iterator[str]:
    """The ledger sums to zero, and says of the gateway what the gateway says itself."""
    for currency in {currency for _, currency in tables.balances}:
        balances = {account: amount for (account, at), amount in tables.balances.items() if at == currency}
        totals = sum(row[3] for row in tables.orders.values())
        unpaid = sum(row[3] - row[4] for row in tables.orders.values())
        earned = -sum(amount for name, amount in balances.items() if name.split(":")[0] in ("sales", "delivery", "tax"))
        for what, is_, should in (
            ("the ledger's sum", sum(balances.values()), 0),
            ("the gateway's account", balances.get("gateway:twin", 0), sum(charge.kept_minor for charge in charges)),
            ("what is due to buyers", balances.get("refunds_due", 0), 0),
            ("what buyers owe", balances.get("receivable", 0), unpaid),
            ("what was earned", earned, totals),
        ):
            if is_ != should:
                yield f"{what} is {is_} {currency} and should be {should}"


def _stock(tables: Tables, stock: int) -> Iterator[str]:
    """What is promised is what the orders' lines say, and nothing is held any more."""
    sold: Counter[int] = Counter()
    for _, _, item_id, quantity in tables.lines:
        sold[item_id] += quantity
    for item_id, on_hand, committed, reserved in tables.levels:
        if (on_hand, committed, reserved) != (stock, sold[item_id], 0) or committed > on_hand:
            wrong = f"on hand {on_hand}, committed {committed}, reserved {reserved}"
            yield f"item {item_id}: {wrong}; of {stock}, {sold[item_id]} were sold"


def _series(tables: Tables) -> Iterator[str]:
    """Numbers have no gaps, and the feed tells of each order once."""
    feed = sorted(row[0] for row in tables.feed)
    for what, numbers in (
        ("orders", sorted(row[2] for row in tables.orders.values())),
        ("invoices", sorted(tables.invoices)),
        ("the feed", feed),
    ):
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{what} have a gap in their numbers, or one twice: {numbers[-5:]}"
    told = sum(type_ == "order_placed" for _, type_ in tables.feed)
    if told != len(tables.orders):
        yield f"the feed tells of {told} orders, and there are {len(tables.orders)}"


def _file(platform: Platform) -> Iterator[str]:
    """The file itself is whole."""
    connection = apsw.Connection(str(platform.settings.sqlite_path), flags=apsw.SQLITE_OPEN_READONLY)
    yield from (f"the file: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok")
    yield from (f"the file: a row of {row[0]} refers to none" for row in connection.execute("PRAGMA foreign_key_check"))
    connection.close()
