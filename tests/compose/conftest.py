"""A platform for each test that asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.compose.platform import Platform


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A platform that is gone when the test is over."""
    made = Platform(tmp_path / "var")
    yield made
    made.clean()
