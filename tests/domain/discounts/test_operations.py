"""Codes are made, changed and ended; places in them are taken once and given back."""

import random
from typing import Any

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import discounts
from matjar.domain.discounts import Discount, DiscountKind, Terms
from matjar.storage.tx import ShopTx

LAILA, OMAR = discounts.buyer_of(1, "laila@example.com"), discounts.buyer_of(1, "omar@example.com")
TENTH = Terms(DiscountKind.PERCENTAGE, value_ppm=100_000)


def limited(**limits: Any) -> Terms:
    return Terms(DiscountKind.FREE_DELIVERY, **limits)


def take(tx: ShopTx, discount: Discount, checkout_id: int, buyer: bytes = LAILA) -> None:
    discounts.take_place(tx, discount_id=discount.id, checkout_id=checkout_id, buyer=buyer)


def used(tx: ShopTx, discount: Discount) -> int:
    return discounts.load_by_id(tx, discount.id).used


def test_a_code_is_found_however_it_is_typed(tx: ShopTx) -> None:
    made = discounts.create(tx, code=" summer ", terms=TENTH)
    assert made.code == "SUMMER"
    assert made.starts_at == tx.now
    assert discounts.find(tx, "Summer ") == made
    assert discounts.load(tx, "summer") == made
    assert discounts.find(tx, "WINTER") is None
    with pytest.raises(Refusal, match=r"discounts\.unknown"):
        discounts.load(tx, "WINTER")


def test_a_code_is_changed_and_keeps_its_count(tx: ShopTx) -> None:
    made = discounts.create(tx, code="SUMMER", terms=TENTH)
    take(tx, made, 1)
    changed = discounts.change(tx, discount_id=made.id, terms=limited(), starts_at=5, ends_at=10)
    assert (changed.terms, changed.starts_at, changed.ends_at) == (limited(), 5, 10)
    assert used(tx, made) == 1


def test_a_code_that_has_ended_takes_nobody(tx: ShopTx) -> None:
    made = discounts.create(tx, code="SUMMER", terms=TENTH)
    ended = discounts.end(tx, discount_id=made.id)
    assert ended.ends_at == tx.now
    assert discounts.end(tx, discount_id=made.id) == ended
    with pytest.raises(Refusal, match=r"discounts\.expired"):
        take(tx, made, 1)


def test_codes_are_listed_page_by_page(tx: ShopTx) -> None:
    made = [discounts.create(tx, code=f"CODE{number}", terms=TENTH) for number in range(5)]
    first = discounts.list_discounts(tx, most=3)
    assert list(first) == made[:3]
    assert list(discounts.list_discounts(tx, after_id=first[-1].id)) == made[3:]


def test_a_checkout_takes_its_place_once(tx: ShopTx) -> None:
    made = discounts.create(tx, code="SUMMER", terms=limited(usage_limit=1, per_buyer_limit=1))
    take(tx, made, 1)
    take(tx, made, 1)
    assert used(tx, made) == 1


def test_the_last_place_goes_to_one_checkout(tx: ShopTx) -> None:
    made = discounts.create(tx, code="SUMMER", terms=limited(usage_limit=2))
    take(tx, made, 1)
    take(tx, made, 2, OMAR)
    with pytest.raises(Refusal, match=r"discounts\.used_up"):
        take(tx, made, 3)
    assert used(tx, made) == 2


def test_a_place_given_back_is_free_again_and_is_given_back_once(tx: ShopTx) -> None:
    made = discounts.create(tx, code="SUMMER", terms=limited(usage_limit=1))
    take(tx, made, 1)
    discounts.give_back(tx, checkout_id=1)
    discounts.give_back(tx, checkout_id=1)
    assert used(tx, made) == 0
    take(tx, made, 2)
    assert used(tx, made) == 1


def test_a_buyer_has_their_own_limit(tx: ShopTx) -> None:
    made = discounts.create(tx, code="SUMMER", terms=limited(per_buyer_limit=1))
    take(tx, made, 1)
    with pytest.raises(Refusal, match=r"discounts\.used_up"):
        take(tx, made, 2)
    take(tx, made, 3, OMAR)
    assert used(tx, made) == 2


def test_a_checkout_that_changes_its_code_counts_in_the_new_one_alone(tx: ShopTx) -> None:
    summer = discounts.create(tx, code="SUMMER", terms=TENTH)
    winter = discounts.create(tx, code="WINTER", terms=TENTH)
    take(tx, summer, 1)
    take(tx, winter, 1)
    assert (used(tx, summer), used(tx, winter)) == (0, 1)


def test_a_code_that_has_not_begun_takes_nobody(tx: ShopTx) -> None:
    made = discounts.create(tx, code="SUMMER", terms=TENTH, starts_at=tx.now + 1)
    with pytest.raises(Refusal, match=r"discounts\.expired"):
        take(tx, made, 1)


@pytest.mark.parametrize("seed", range(5))
def test_whatever_comes_in_whatever_order_every_place_is_counted_once(tx: ShopTx, seed: int) -> None:
    chance = random.Random(seed)
    made = discounts.create(tx, code="SUMMER", terms=limited(usage_limit=4, per_buyer_limit=2))
    holders: dict[int, bytes] = {}
    for _ in range(200):
        checkout_id, buyer = chance.randrange(1, 9), chance.choice((LAILA, OMAR))
        if chance.random() < 0.4:
            discounts.give_back(tx, checkout_id=checkout_id)
            holders.pop(checkout_id, None)
        elif checkout_id in holders or (len(holders) < 4 and list(holders.values()).count(buyer) < 2):
            take(tx, made, checkout_id, buyer)
            holders.setdefault(checkout_id, buyer)
        else:
            with pytest.raises(Refusal, match=r"discounts\.used_up"):
                take(tx, made, checkout_id, buyer)
        assert used(tx, made) == len(holders)


def test_a_code_is_given_once(tx: ShopTx) -> None:
    discounts.create(tx, code="SUMMER", terms=TENTH)
    with pytest.raises(Refusal, match=r"discounts\.code_taken"):
        discounts.create(tx, code="summer", terms=TENTH)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "  "}, "bad_code"),
        ({"code": "TWO WORDS"}, "bad_code"),
        ({"code": "X" * 41}, "bad_code"),
        ({"code": "A\x00B"}, "bad_code"),
        ({"terms": Terms(DiscountKind.PERCENTAGE)}, "bad_value"),
        ({"terms": Terms(DiscountKind.PERCENTAGE, value_ppm=1_000_001)}, "bad_value"),
        ({"terms": Terms(DiscountKind.PERCENTAGE, value_ppm=1, amount_minor=1)}, "bad_value"),
        ({"terms": Terms(DiscountKind.AMOUNT)}, "bad_value"),
        ({"terms": Terms(DiscountKind.AMOUNT, amount_minor=-5)}, "bad_value"),
        ({"terms": limited(amount_minor=5)}, "bad_value"),
        ({"terms": limited(minimum_minor=-1)}, "bad_limit"),
        ({"terms": limited(usage_limit=0)}, "bad_limit"),
        ({"terms": limited(per_buyer_limit=0)}, "bad_limit"),
        ({"terms": limited(product_ids=tuple(range(251)))}, "bad_scope"),
        ({"starts_at": 10, "ends_at": 10}, "bad_window"),
        ({"starts_at": -1}, "bad_window"),
    ],
)
def test_what_is_no_discount_is_refused(tx: ShopTx, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        discounts.create(tx, **{"code": "SUMMER", "terms": TENTH, **change})
    assert refused.value.code == f"discounts.{code}"
    assert discounts.list_discounts(tx) == ()


def test_what_is_not_there_cannot_be_changed(tx: ShopTx) -> None:
    with pytest.raises(Refusal, match=r"discounts\.no_such_discount"):
        discounts.end(tx, discount_id=5)
    with pytest.raises(Refusal, match=r"discounts\.no_such_discount"):
        take(tx, Discount(5, "X", TENTH, 0, 0, None), 1)
