"""What `matjar run` says: where the shops are."""

from msgspec.structs import replace

from matjar.compose.settings import Settings
from matjar.compose.welcome import MOST, welcome, welcome_office, welcome_owners
from matjar.domain.shops import Settings as ShopSettings
from matjar.domain.shops import Shop

SETTINGS = Settings()
FIRST = Shop(1, "tea", "Tea House", "GBP", "GB", "Europe/London", ("en",), ShopSettings(), 0, 0)


def test_every_shop_has_its_address_and_the_first_a_bare_one_too() -> None:
    second = replace(FIRST, id=2, handle="coffee-house")
    assert welcome(SETTINGS, [FIRST, second]) == [
        "Open, until Ctrl-C:",
        "  http://tea.localhost:8000/           also http://127.0.0.1:8000/",
        "  http://coffee-house.localhost:8000/",
    ]


def test_in_production_shops_are_where_the_proxy_shows_them() -> None:
    lines = welcome(replace(SETTINGS, shops_domain="shops.example"), [FIRST])
    assert lines[1] == "  https://tea.shops.example/  also http://127.0.0.1:8000/"


def test_many_shops_are_not_all_told_and_none_is_no_riddle() -> None:
    assert len(welcome(SETTINGS, [FIRST] * 100)) == MOST + 2
    assert welcome(SETTINGS, [])[0] == "http://127.0.0.1:8000/"
    assert welcome(SETTINGS, None) == ["http://127.0.0.1:8000/"]


def test_each_shop_has_its_back_office() -> None:
    assert welcome_office(SETTINGS, [FIRST]) == ["The back office:", "  http://localhost:8001/tea/"]
    assert welcome_office(SETTINGS, None) == []


def test_a_shop_that_nobody_owns_is_named_with_its_link() -> None:
    link = "http://localhost:8003/join/souk/token"
    assert welcome_owners({"souk": link})[1:] == [f"  souk  {link}"]
    assert welcome_owners({}) == []
