"""Identity for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.surfaces.identity.house import Browser, House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """With nobody in it yet."""
    made = House(tmp_path)
    yield made
    made.end()


@pytest.fixture
def sara(house: House) -> Browser:
    """The owner of a shop, just signed up."""
    return Browser(house).join(house.link())
