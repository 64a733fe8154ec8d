"""While the database is away: what was seen last, read only, and since when."""

from collections.abc import Iterator

import pytest

from tests.platform import Platform
from tests.surfaces.admin.office import House, Person, sell, wait_until, wait_until_known

pytestmark = pytest.mark.postgres


@pytest.fixture
def lonely() -> Iterator[tuple[Platform, House]]:
    """A back office on PostgreSQL that this test may take the database from."""
    platform = Platform("postgres", staffed=True)
    try:
        platform.open()
        platform.kill("identity")
        platform.kill("admin")
        house = House(platform)
        platform.start("admin")
        wait_until_known(platform, house)
        yield platform, house
    finally:
        platform.stop()


def test_orders_can_be_read_packed_and_printed_while_the_database_is_away(lonely: tuple[Platform, House]) -> None:
    platform, house = lonely
    owner = Person(platform, house)
    owner.sign_in()
    number = sell(platform, quantity=2)
    snapshot = platform.settings.home / "admin" / "snapshots" / "1.snapshot"
    wait_until(lambda: snapshot.exists() and b"Marina" in snapshot.read_bytes(), platform)
    form = owner.get(f"/orders/{number}/cancel").forms[f"/bench/orders/{number}/cancel"]
    platform.kill("postgres")

    listed = owner.get("/orders?view=unfulfilled")
    assert (listed.status, f"#{number}" in listed.words) == (200, True)
    again = owner.get("/orders?view=unfulfilled&q=sara")
    assert "The database does not answer." in again.words
    assert f"#{number}" in again.words
    page = owner.get(f"/orders/{number}")
    assert "12 Marina Walk" in page.words
    assert f"/orders/{number}/send" not in page.body
    assert "2" in owner.get("/orders/pick").words
    assert owner.get("/").status == 200
    refused = owner.send(f"/orders/{number}/cancel", form)
    assert refused.status == 503

    platform.start("postgres")
    wait_until(lambda: "does not answer" not in owner.get(f"/orders/{number}").words, platform)
    assert "were given back" in owner.send(f"/orders/{number}/cancel", form).words
