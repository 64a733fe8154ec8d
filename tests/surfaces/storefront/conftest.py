"""A storefront for many tests: they come from addresses of their own, and leave it as well as they found it."""

import itertools
from collections.abc import Iterator

import pytest

from tests.platform import Platform
from tests.surfaces.storefront.guest import Guest

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def platform() -> Iterator[Platform]:
    """A whole platform on SQLite, its gateway's deadline short."""
    made = Platform(MATJAR_GATEWAY_DEADLINE_SECONDS="1")
    try:
        yield made.open()
    finally:
        made.stop()


@pytest.fixture
def guest(platform: Platform) -> Guest:
    """Somebody whom the platform has never seen."""
    return Guest(platform, f"192.0.2.{next(_numbers)}")
