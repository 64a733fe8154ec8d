"""A shop with an owner."""

from collections.abc import Iterator

import pytest

from matjar.storage.head import Engine
from tests.domain.access.house import SHOP, House


@pytest.fixture
def house(identity_engine: Engine) -> Iterator[House]:
    """Identity's database, empty, in a transaction that is taken back."""
    identity_engine.begin()
    yield House(identity_engine)
    identity_engine.rollback()


@pytest.fixture
def owner(house: House) -> int:
    """Who owns ``SHOP``."""
    return house.open_shop(SHOP)
