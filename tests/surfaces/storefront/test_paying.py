"""Paying by JSON: what a client is told, and what happens when it asks again."""

import itertools

import pytest

from matjar.core.tx import Reading
from matjar.domain import catalog, discounts, inventory, shipping
from matjar.domain.discounts import DiscountKind, Terms
from matjar.domain.shipping import Method, MethodKind
from tests.platform import Platform
from tests.surfaces.storefront.guest import CARD, Guest, code

KEY = "paying-0123456789"

_articles = itertools.count(1)


@pytest.fixture
def article(platform: Platform) -> int:
    """An article that no other of these tests touches."""
    return next(_articles) % len(platform.variant_ids)


def _set_stock(platform: Platform, article: int, on_hand: int) -> None:
    """So many lie in the first location."""
    item_id, location_id = platform.read(lambda view: _level(view, platform.variant_ids[article]))
    platform.submit(inventory.set_stock, inventory_item_id=item_id, location_id=location_id, on_hand=on_hand)


def _available(platform: Platform, article: int) -> int:
    item_id, _ = platform.read(lambda view: _level(view, platform.variant_ids[article]))
    return platform.read(lambda view: inventory.available(view, [item_id]))[item_id]


def _level(view: Reading, variant_id: int) -> tuple[int, int]:
    (sellable,) = catalog.load_sellable(view, [variant_id]).values()
    return sellable.inventory_item_id, inventory.list_locations(view)[0].id


# Asked again ---------------------------------------------------------------------------------------------------------


def test_the_same_key_gets_the_same_order_and_one_charge(guest: Guest, platform: Platform) -> None:
    path = guest.fill()
    before = len(platform.twin_book())
    answers = [guest.complete(path, CARD, key=KEY) for _ in range(3)]
    assert [status for status, _ in answers] == [200] * 3
    assert len({answer["order"]["id"] for _, answer in answers}) == 1
    assert len(platform.twin_book()) == before + 1


def test_an_order_that_stands_is_told_under_any_key_and_paid_no_second_time(guest: Guest, platform: Platform) -> None:
    path = guest.fill()
    _, first = guest.pay(path)
    before = len(platform.twin_book())
    _, second = guest.pay(path)
    assert second["order"] == first["order"]
    assert len(platform.twin_book()) == before


@pytest.mark.parametrize("other", [{"token": "tok-2-approved-2"}, {"gateway": "cash_on_delivery", "token": ""}])
def test_another_payment_under_the_same_key_is_another_request(guest: Guest, other: dict[str, str]) -> None:
    path = guest.fill()
    assert guest.complete(path, CARD | {"token": "tok-9-declined-9"}, key=KEY)[0] == 402
    assert code(guest.complete(path, CARD | other, key=KEY)) == (422, "checkout.key_reused")
    assert guest.complete(path, CARD | other)[0] == 200


def test_a_key_says_nothing_about_another_checkout(guest: Guest) -> None:
    first, second = guest.fill(), guest.fill()
    orders = [guest.complete(path, CARD, key=KEY)[1]["order"]["id"] for path in (first, second)]
    assert orders[0] != orders[1]


def test_a_checkout_that_is_begun_again_under_its_key_is_the_same(guest: Guest, platform: Platform) -> None:
    body = {"line_items": [{"item": {"id": str(platform.variant_ids[0])}}]}
    made = [guest.ask("POST", "/checkout-sessions", body, idempotency_key=KEY) for _ in range(2)]
    assert made[0][1]["id"] == made[1][1]["id"]
    other = {"line_items": [{"item": {"id": str(platform.variant_ids[1])}}]}
    answer = guest.ask("POST", "/checkout-sessions", other, idempotency_key=KEY)
    assert code(answer) == (422, "idempotency.reused")


@pytest.mark.parametrize(
    "key", ["", '""', "fifteen-letters", "two words, sixteen", "a" * 201, "sixteen-letters-é", '16-"-in-the-middle']
)
def test_a_key_that_another_could_have_too_is_refused(guest: Guest, platform: Platform, key: str) -> None:
    body = {"line_items": [{"item": {"id": str(platform.variant_ids[0])}}]}
    answer = guest.ask("POST", "/checkout-sessions", body, idempotency_key=key)
    assert code(answer) == (422, "idempotency.bad_key")


def test_a_key_is_the_same_in_quotes_and_without(guest: Guest, platform: Platform) -> None:
    body = {"line_items": [{"item": {"id": str(platform.variant_ids[0])}}]}
    made = [
        guest.ask("POST", "/checkout-sessions", body, idempotency_key=key)
        for key in ("quoted-" * 3, '"%s"' % ("quoted-" * 3))
    ]
    assert made[0][1]["id"] == made[1][1]["id"]


# What stands in the way ----------------------------------------------------------------------------------------------


def test_a_declined_card_gives_the_stock_back(guest: Guest, platform: Platform, article: int) -> None:
    _set_stock(platform, article, 3)
    path = guest.fill(article=article, quantity=3)
    status, declined = guest.pay(path, "insufficient_funds")
    assert (status, declined["payment"]["decline_code"]) == (402, "insufficient_funds")
    assert _available(platform, article) == 3
    assert guest.pay(path)[0] == 200
    assert _available(platform, article) == 0


def test_what_is_sold_out_is_refused_before_any_charge(guest: Guest, platform: Platform, article: int) -> None:
    _set_stock(platform, article, 2)
    path = guest.fill(article=article, quantity=3)
    before = len(platform.twin_book())
    status, answer = guest.pay(path)
    assert (status, answer["code"], answer["facts"]["available"]) == (409, "inventory.sold_out", 2)
    assert len(platform.twin_book()) == before
    assert _available(platform, article) == 2


def test_who_was_shown_less_is_asked_again(guest: Guest, platform: Platform, article: int) -> None:
    path = guest.fill(article=article)
    platform.submit(catalog.set_price, variant_id=platform.variant_ids[article], price_minor=9_900)
    assert code(guest.pay(path)) == (409, "pricing.changed")
    dearer = next(each for each in guest.ask("GET", path)[1]["totals"] if each["type"] == "total")
    assert dearer["amount"] == 9_900 + 1_500
    assert guest.pay(path)[0] == 200


def test_what_became_cheaper_is_charged_as_it_is_now(guest: Guest, platform: Platform, article: int) -> None:
    path = guest.fill(article=article)
    platform.submit(catalog.set_price, variant_id=platform.variant_ids[article], price_minor=1_000)
    assert guest.pay(path)[0] == 200
    assert platform.twin_book()[-1]["charge"]["ask"]["amount_minor"] == 1_000 + 1_500


def test_a_gateway_that_the_shop_does_not_have_is_refused(guest: Guest) -> None:
    path = guest.fill()
    for gateway in ("stripe", "nobody", ""):
        assert code(guest.complete(path, {"gateway": gateway})) == (422, "checkout.no_such_gateway")


def test_what_is_missing_is_named_before_any_charge(guest: Guest) -> None:
    path = guest.begin()
    status, answer = guest.pay(path)
    assert (status, answer["code"]) == (409, "checkout.not_ready")
    assert answer["messages"][0]["path"] == "$.buyer.email"


def test_an_order_that_costs_nothing_charges_nobody(guest: Guest, platform: Platform) -> None:
    def first_location(view: Reading) -> int:
        return inventory.list_locations(view)[0].id

    fetched = Method("fetch", MethodKind.PICKUP, {"en": "Fetch it"}, location_id=platform.read(first_location))
    platform.submit(shipping.set_zone, name="Oman", places=("OM",), methods=(fetched,))
    everything = Terms(DiscountKind.PERCENTAGE, value_ppm=1_000_000)
    platform.submit(discounts.create, code="GIFT", terms=everything)
    path = guest.fill(shipping_address={"country": "OM"}, delivery="fetch", discount_code="gift")
    before = len(platform.twin_book())
    status, given = guest.complete(path, CARD)
    assert (status, given["status"]) == (200, "completed")
    assert given["totals"][-1] == {"type": "total", "amount": 0}
    assert len(platform.twin_book()) == before
