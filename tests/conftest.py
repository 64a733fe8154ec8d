"""What tests stand on: a live transaction on a fresh shop, over both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from matjar.core.clock import now_ms
from matjar.core.ids import EPOCH_MS
from matjar.core.tx import BUYER
from matjar.domain import shops
from matjar.storage.head import Engine, Head
from matjar.storage.postgres import PostgresEngine
from matjar.storage.schema import migrate
from matjar.storage.sqlite import SqliteEngine, connect
from matjar.storage.tx import ShopTx

pytest_plugins = ["tests.postgres", "tests.gateways"]

# A slow machine is not a falsifying example: pytest's own timeout looks after what hangs.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

DEMO = shops.Settings(
    legal_name="Demo Trading LLC",
    registrations=(shops.Registration("AE", "100123456700003"),),
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated database of each engine."""
    if request.param == "sqlite":
        made: SqliteEngine | PostgresEngine = SqliteEngine(connect(tmp_path / "shops.sqlite"))
    else:
        made = PostgresEngine(request.getfixturevalue("postgres_database"), pipelined=True)
    migrate(made)
    yield made
    made.close()


@pytest.fixture
def tx(engine: Engine) -> Iterator[ShopTx]:
    """An open transaction on the shop "demo" (dirhams, registered in the Emirates)."""
    engine.begin()
    opened = ShopTx(engine, Head(1), max(now_ms(), EPOCH_MS), BUYER, "test")
    shops.create(
        opened, handle="demo", name="Demo", currency="AED", country="AE", time_zone="Asia/Dubai",
        languages=("en", "ar"), settings=DEMO,
    )  # fmt: skip
    yield opened
    engine.rollback()
