"""Limits on what is tried out: stolen cards, discount codes, and stock that is held for nobody."""

import time
from collections.abc import Iterator

import pytest

from matjar.core import limits
from matjar.domain.payments import State
from tests.platform import Platform
from tests.surfaces.storefront.guest import TOLD, Answer, Guest, code
from tests.surfaces.storefront.reader import Reader

THROTTLED = (429, "attempts.too_many")


def _assert_throttled(answer: Answer) -> None:
    assert code(answer) == THROTTLED
    assert 0 < answer[1]["facts"]["retry_after"] <= limits.TRIES_WINDOW_MS / 1000 + 10


def test_a_checkout_that_was_declined_too_often_may_not_try_another_card(guest: Guest) -> None:
    path = guest.fill()
    for _ in range(limits.DECLINES_PER_SESSION):
        status, declined = guest.pay(path, "declined")
        assert (status, declined["payment"]["state"]) == (402, State.DECLINED)
    _assert_throttled(guest.pay(path))


def test_a_card_that_was_declined_too_often_is_refused_from_anywhere(guest: Guest, platform: Platform) -> None:
    for number in range(limits.DECLINES_PER_CARD):
        another = Guest(platform, f"198.51.100.{number}")
        assert another.pay(another.fill(), "declined", fingerprint="a1b2c3d4e5f60718")[0] == 402
    path = guest.fill()
    _assert_throttled(guest.pay(path, fingerprint="a1b2c3d4e5f60718"))
    assert guest.pay(path)[0] == 200


def test_an_address_that_tries_many_cards_is_refused_but_no_other_is(guest: Guest, platform: Platform) -> None:
    for _ in range(limits.DECLINES_PER_ADDRESS):
        assert guest.pay(guest.fill(), "declined")[0] == 402
    _assert_throttled(guest.pay(guest.fill()))
    neighbour = Guest(platform, "198.51.100.200")
    assert neighbour.pay(neighbour.fill())[0] == 200


def test_a_decline_that_is_told_again_counts_once(guest: Guest) -> None:
    path = guest.fill()
    card = {"gateway": "twin", "token": "tok-77-declined-77"}
    for _ in range(3 * limits.DECLINES_PER_SESSION):
        assert guest.complete(path, card, key="the-same-key-again")[0] == 402
    assert guest.pay(path)[0] == 200


def test_stock_is_not_held_for_an_address_that_never_comes_back_from_the_bank(guest: Guest) -> None:
    for _ in range(limits.HOLDS_PER_ADDRESS):
        status, challenged = guest.pay(guest.fill(), "challenged")
        assert (status, challenged["status"]) == (200, "requires_escalation")
    _assert_throttled(guest.pay(guest.fill(), "challenged"))


def test_codes_cannot_be_guessed(guest: Guest) -> None:
    path = guest.begin()
    for number in range(limits.GUESSES_PER_ADDRESS):
        answer = guest.ask("PUT", path, TOLD | {"discount_code": f"GUESS{number}"})
        assert code(answer) == (422, "discounts.unknown")
    _assert_throttled(guest.ask("PUT", path, TOLD | {"discount_code": "GUESS"}))
    assert guest.ask("PUT", path, TOLD)[0] == 200


def _begin_until_refused(guest: Guest, path: str, body: object) -> int:
    """How often it went well before."""
    for begun in range(2 * limits.BEGINNINGS_AT_ONCE):
        answer = guest.ask("POST", path, body)
        if answer[0] != 201:
            assert code(answer) == THROTTLED
            assert 0 < answer[1]["facts"]["retry_after"] <= limits.BEGINNING_EVERY_SECONDS
            return begun
    pytest.fail("nobody ever said no")


@pytest.mark.parametrize("path", ["/carts", "/checkout-sessions"])
def test_an_address_that_hoards_carts_or_checkouts_is_told_when_to_come_again_and_no_other_is(
    guest: Guest, platform: Platform, path: str
) -> None:
    one = {"line_items": [{"item": {"id": str(platform.variant_ids[0])}}]}
    ready, began = guest.fill(), time.monotonic()
    came_meanwhile = 1 + _begin_until_refused(guest, path, one) - limits.BEGINNINGS_AT_ONCE
    assert 0 <= came_meanwhile <= 1 + (time.monotonic() - began) / limits.BEGINNING_EVERY_SECONDS
    hoards = (("POST", "/carts"), ("PUT", "/carts/of-my-own"), ("POST", "/checkout-sessions"))
    assert THROTTLED in {code(guest.ask(method, each, one)) for method, each in hoards}
    assert guest.ask("PUT", ready, TOLD)[0] == 200
    assert guest.pay(ready)[0] == 200
    neighbour = Guest(platform, "198.51.100.201")
    assert neighbour.ask("POST", path, one)[0] == 201


def test_who_shops_with_a_browser_is_told_the_same_on_a_page_and_keeps_what_they_have(
    guest: Guest, platform: Platform
) -> None:
    address = guest.headers["x-forwarded-for"]
    put_in = {"variant": str(platform.variant_ids[0]), "quantity": "1"}
    early, late = Reader(platform, address), Reader(platform, address)
    early.send("/cart/add", put_in)
    _begin_until_refused(guest, "/carts", {"line_items": []})
    while (page := late.send("/cart/add", put_in)) and late.status == 200:
        late = Reader(platform, address)
    assert (late.status, "too many attempts" in page) == (429, True)
    assert not late.cookies
    assert 'value="2"' in early.send("/cart/add", put_in)
    while (page := early.send("/checkout/begin", {"go": "1"})) and early.status == 200:
        del early.cookies["__Host-storefront-checkout"]
    assert (early.status, "too many attempts" in page) == (429, True)
    assert early.answer["retry-after"] in ("1", "2")
    assert 'value="2"' in early.get("/cart")


@pytest.fixture
def proud() -> Iterator[Platform]:
    """A platform that stands behind no proxy."""
    made = Platform(MATJAR_TRUSTED_PROXIES="")
    try:
        yield made.open(products=1)
    finally:
        made.stop()


def test_a_stranger_cannot_say_that_they_come_from_elsewhere(proud: Platform) -> None:
    for number in range(limits.GUESSES_PER_ADDRESS):
        liar = Guest(proud, f"203.0.113.{number}")
        assert code(liar.ask("PUT", liar.begin(), TOLD | {"discount_code": "GUESS"})) == (422, "discounts.unknown")
    liar = Guest(proud, "203.0.113.200")
    _assert_throttled(liar.ask("PUT", liar.begin(), TOLD | {"discount_code": "GUESS"}))


def test_what_stands_left_of_the_proxys_own_word_is_not_believed(platform: Platform) -> None:
    for number in range(limits.GUESSES_PER_ADDRESS):
        liar = Guest(platform, f"203.0.113.{number}, 198.51.100.77")
        assert code(liar.ask("PUT", liar.begin(), TOLD | {"discount_code": "GUESS"})) == (422, "discounts.unknown")
    liar = Guest(platform, "198.51.100.77")
    _assert_throttled(liar.ask("PUT", liar.begin(), TOLD | {"discount_code": "GUESS"}))
