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
from matjar.storage.schema import IDENTITY, SHOPS, migrate
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


BOTH_ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH_ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated database of each engine."""
    yield from _migrated(request, tmp_path / "shops.sqlite", SHOPS)


@pytest.fixture(params=BOTH_ENGINES)
def identity_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """The same of identity's database."""
    yield from _migrated(request, tmp_path / "identity.sqlite", IDENTITY)


def _migrated(request: pytest.FixtureRequest, path: Path, of: str) -> Iterator[Engine]:
    if request.param == "sqlite":
        made: SqliteEngine | PostgresEngine = SqliteEngine(connect(path))
    else:
        made = PostgresEngine(request.getfixturevalue("postgres_database"), pipelined=True)
    migrate(made, of)
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
