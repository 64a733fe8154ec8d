"""One back office for all tests here; each test's people are new, and leave the shop as well as they found it."""

from collections.abc import Iterator

import pytest

from tests.platform import Platform
from tests.surfaces.admin.office import House, Person, wait_until_known


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    """A whole platform on each engine, with the back office."""
    made = Platform(request.param, staffed=True, MATJAR_GATEWAY_DEADLINE_SECONDS="1")
    try:
        yield made.open()
    finally:
        made.stop()


@pytest.fixture(scope="session")
def house(platform: Platform) -> House:
    """Who works in the shop, as identity would publish it; identity itself is not there."""
    platform.kill("identity")
    made = House(platform)
    platform.kill("admin")
    platform.start("admin")
    wait_until_known(platform, made)
    return made


@pytest.fixture
def person(platform: Platform, house: House) -> Person:
    """Somebody whom nobody knows yet."""
    return Person(platform, house)


@pytest.fixture
def owner(platform: Platform, house: House) -> Person:
    """The owner, signed in by passkey."""
    owner = Person(platform, house)
    page = owner.sign_in()
    assert page.status == 200, page.body
    return owner
