"""A storefront for many tests: they come from addresses of their own, and leave it as well as they found it."""

import itertools
from collections.abc import Iterator

import pytest

from tests.platform import Platform
from tests.surfaces.storefront.guest import Guest
from tests.surfaces.storefront.reader import Reader

_numbers = itertools.count(1)


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    """A whole platform on each engine, its gateway's deadline short."""
    made = Platform(request.param, MATJAR_GATEWAY_DEADLINE_SECONDS="1")
    try:
        yield made.open()
    finally:
        made.stop()


@pytest.fixture
def guest(platform: Platform) -> Guest:
    """Somebody whom the platform has never seen."""
    number = next(_numbers)
    return Guest(platform, f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")


@pytest.fixture
def reader(platform: Platform, guest: Guest) -> Reader:
    """The same guest, with a browser."""
    return Reader(platform, guest.headers["x-forwarded-for"])
