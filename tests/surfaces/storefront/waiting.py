"""Waiting until a page shows what was done: surfaces are a fifth of a second behind."""

import time
from collections.abc import Callable

from tests.platform import PATIENCE_SECONDS


def until(holds: Callable[[], object]) -> None:
    """Ask again and again until it holds; fails when it never does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it was never seen"
        time.sleep(0.05)
