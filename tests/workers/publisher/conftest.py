"""An identity in a home of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workers.publisher.identity import Identity


@pytest.fixture
def identity(tmp_path: Path) -> Iterator[Identity]:
    """With nobody in it yet."""
    made = Identity(tmp_path)
    yield made
    made.end()
