"""The database is away: the storefront starts and browses from its own file, and charges nobody."""

from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from benchmarks.shop import handle_of
from tests.platform import Platform, ask
from tests.surfaces.storefront.guest import CARD, Guest, code

AWAY = (503, "storage.away")
PRODUCTS = 5


class Away:
    """A platform whose database can be taken away, and brought back."""

    def __init__(self, engine: str) -> None:
        self.platform = Platform(engine).open(products=PRODUCTS)
        self.guest = Guest(self.platform, "192.0.2.1")
        self._home = self.platform.settings.home
        self._elsewhere = self._home / "elsewhere"

    def take(self) -> None:
        """No server, or neither a file nor anybody who writes it."""
        if self.platform.settings.postgres_url:
            self.platform.kill("postgres")
            return
        self.platform.kill("writer")
        self._elsewhere.mkdir()
        for file in self._files(self._home):
            file.rename(self._elsewhere / file.name)

    def bring_back(self) -> None:
        if self.platform.settings.postgres_url:
            self.platform.start("postgres")
            return
        for file in self._files(self._elsewhere):
            file.rename(self._home / file.name)
        self.platform.start("writer")

    def _files(self, folder: Path) -> list[Path]:
        return sorted(folder.glob(f"{self.platform.settings.sqlite_path.name}*"))

    def page(self, path: str) -> str:
        """What a browser is shown."""
        with urlopen(self.platform.url + path, timeout=10) as response:
            return str(response.read().decode())


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def away(request: pytest.FixtureRequest) -> Iterator[Away]:
    """A platform that has seen better days."""
    made = Away(request.param)
    try:
        yield made
    finally:
        made.platform.stop()


def test_without_its_database_a_storefront_starts_browses_and_charges_nobody(away: Away) -> None:
    platform, guest = away.platform, away.guest
    ready = guest.fill()
    platform.kill("storefront")
    away.take()
    platform.start("storefront")
    platform.wait_until_ready()

    assert guest.ask("GET", "/products.json")[1]["total"] == PRODUCTS
    assert guest.ask("GET", f"/products/{handle_of(1)}.json")[1]["product"]["title"] == "Rose soap No. 1"
    for path in ("/", f"/products/{handle_of(1)}", "/search?q=rose"):
        assert "Rose soap No. 1" in away.page(path)

    item = {"id": str(platform.variant_ids[0])}
    for method, path, body in (
        ("POST", "/carts", {"line_items": [{"item": item}]}),
        ("POST", "/checkout-sessions", {"line_items": [{"item": item}]}),
        ("GET", ready, None),
        ("POST", f"{ready}/complete", {"payment": CARD}),
        ("POST", f"{ready}/complete", {"payment": {"gateway": "cash_on_delivery"}}),
    ):
        assert code(guest.ask(method, path, body)) == AWAY
    assert platform.twin_book() == []
    database = ask(f"{platform.url}/healthz")[1]["parts"]["database"]
    assert (database["status"], database["detail"]) == ("ill", "storage.away")

    away.bring_back()
    platform.wait_until_well()
    assert guest.pay(ready)[1]["status"] == "completed"


def test_a_database_that_goes_while_the_storefront_runs_is_missed_by_payments_alone(away: Away) -> None:
    platform, guest = away.platform, away.guest
    ready = guest.fill()
    away.take()
    assert guest.ask("GET", "/products.json")[1]["total"] == PRODUCTS
    assert code(guest.pay(ready)) == AWAY
    assert platform.twin_book() == []
    away.bring_back()
    platform.wait_until_well()
    assert guest.pay(ready)[1]["status"] == "completed"
