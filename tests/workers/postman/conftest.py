"""A shop whose letters go into a box."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workers.postman.buyers import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A platform on a disk of its own."""
    made = House(tmp_path)
    yield made
    made.close()
