"""A platform for each test that asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.compose.supervised import Supervised


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Supervised]:
    """A platform that is gone when the test is over."""
    made = Supervised(tmp_path / "var")
    yield made
    made.clean()
