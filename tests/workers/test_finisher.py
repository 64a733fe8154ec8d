"""The finisher: what fails is tried ever later, is told once for each try, and holds up nothing else."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from matjar.core.clock import now_ms
from matjar.core.tx import BUYER
from matjar.domain import checkout, payments, shops
from matjar.domain.payments import GATEWAY_AWAY, Outcome
from matjar.edge.paying import Cashier
from matjar.edge.tokens import Tokens
from matjar.storage.carrier import InProcess
from matjar.storage.desk import Storage
from matjar.storage.head import Head
from matjar.storage.operations import operations
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, SqliteReader, connect
from matjar.storage.tx import ShopTx
from matjar.workers.finisher import LONGEST_RETRY_SECONDS, Finisher
from tests.conftest import DEMO
from tests.edge.till import Scripted

pytestmark = pytest.mark.anyio

DUE = 51
"""One more than a round looks at."""


class Stubborn(Scripted):
    """A gateway that stumbles over some charges, whenever it is asked about them."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.stumbles_over: set[int] = set()
        self.error: Exception = ValueError("a state that nobody has heard of")

    async def find(self, key: str, reference: str) -> Outcome | None:
        intent_id = int(key.split("-")[1])
        self.asked.append(intent_id)
        if intent_id in self.stumbles_over:
            raise self.error
        return None


class House:
    """A shop with due charges, a gateway, and a finisher with a clock that the test turns."""

    def __init__(self, folder: Path) -> None:
        engine = SqliteEngine(connect(folder / "shops.sqlite"))
        migrate(engine)
        engine.begin()
        head = Head(1)
        tx = ShopTx(engine, head, now_ms(), BUYER, "test")
        shops.create(
            tx, handle="demo", name="Demo", currency="AED", country="AE", time_zone="Asia/Dubai", settings=DEMO
        )
        self.due = [_charge(tx, number) for number in range(DUE)]
        head.save(engine, tx.now)
        engine.commit()
        self.storage = Storage(
            InProcess(engine, operations([checkout.COMMANDS]), now_ms), SqliteReader(folder / "shops.sqlite", now_ms)
        )
        self.gateway = Stubborn()
        self.seconds = 0.0
        self.finisher = Finisher(
            self.storage, Cashier({"twin": self.gateway}, Tokens("s" * 22), 1.0), lambda: self.seconds
        )

    async def look(self, at: float) -> list[int]:
        """One round at this second; which charges were asked about."""
        self.seconds = at
        self.gateway.asked.clear()
        await self.finisher.look(self.finisher.finish_due)
        return self.gateway.asked


def _charge(tx: ShopTx, number: int) -> int:
    intent = payments.begin(
        tx, checkout_id=tx.new_id(), gateway="twin", amount_minor=6_400, currency="AED", capture="automatic",
        due_at=number + 1,
    )  # fmt: skip
    return intent.id


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = House(tmp_path)
    yield made
    await made.storage.close()


@pytest.fixture
def logged() -> Iterator[list[dict[str, Any]]]:
    with capture_logs() as lines:
        yield lines  # type: ignore[misc]


async def test_what_fails_is_tried_ever_later_and_told_once_for_each_try(
    house: House, logged: list[dict[str, Any]]
) -> None:
    ill = house.due[0]
    house.gateway.stumbles_over = {ill}
    assert await house.look(0) == house.due[:50]
    assert await house.look(0.9) == house.due[50:]
    for second in (1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1111):
        assert await house.look(second - 0.1) == []
        assert await house.look(second) == [ill]
    assert [(line["what"], line["id"]) for line in logged] == [("charge", ill)] * 12
    assert [line["again_in_seconds"] for line in logged][-3:] == [LONGEST_RETRY_SECONDS] * 3

    house.gateway.stumbles_over.clear()
    assert await house.look(1411) == [ill]
    assert await house.look(1412) == []


@pytest.mark.parametrize("error", [ValueError("odd"), GATEWAY_AWAY(gateway="twin")], ids=["a fault", "a refusal"])
async def test_a_round_full_of_what_fails_does_not_hide_what_stands_behind_it(
    house: House, logged: list[dict[str, Any]], error: Exception
) -> None:
    *ill, well = house.due
    house.gateway.error = error
    house.gateway.stumbles_over = set(ill)
    assert await house.look(0) == ill
    assert await house.look(0.5) == [well]
    assert await house.look(0.6) == []
    assert await house.look(1) == ill


async def test_a_storage_that_is_away_is_told_of_once(tmp_path: Path, logged: list[dict[str, Any]]) -> None:
    house = House(tmp_path)
    files = [tmp_path / name for name in ("shops.sqlite", "shops.sqlite-wal", "shops.sqlite-shm")]
    for file in files:
        file.rename(file.with_suffix(".elsewhere" + file.suffix))
    for second in range(5):
        assert await house.look(second) == []
    assert [line["event"] for line in logged] == ["storage_away"]
    await house.storage.close()
