"""Counting tries, and holding them against a limit."""

import pytest

from matjar.core.clock import HOUR, MINUTE, SECOND
from matjar.core.limits import ATTEMPTS_KEPT_MS
from matjar.core.refusal import Refusal
from matjar.domain import attempts
from matjar.domain.attempts import Limit
from matjar.storage.tx import ShopTx


def guess(tx: ShopTx, subject: str = "address:192.0.2.7") -> None:
    attempts.check(tx, scope="guess", subject=subject, limit=3, window_ms=MINUTE)
    attempts.count(tx, scope="guess", subject=subject)


@pytest.fixture
def clock(tx: ShopTx) -> ShopTx:
    """A transaction that begins with the minute, so that buckets are cut as the tests say."""
    tx.now -= tx.now % MINUTE
    return tx


def test_so_many_tries_and_no_more(clock: ShopTx) -> None:
    for _ in range(3):
        guess(clock)
    with pytest.raises(Refusal) as refused:
        guess(clock)
    assert refused.value.code == "attempts.too_many"
    assert refused.value.facts == {"retry_after": 70}


def test_who_waits_as_long_as_was_said_may_try_again(clock: ShopTx) -> None:
    for wait in (0, 15 * SECOND, 30 * SECOND):
        clock.now += wait
        guess(clock)
    with pytest.raises(Refusal) as refused:
        guess(clock)
    clock.now += refused.value.facts["retry_after"] * SECOND - 1
    with pytest.raises(Refusal, match="too_many"):
        guess(clock)
    clock.now += 1
    guess(clock)


def test_each_subject_and_each_scope_counts_for_itself(clock: ShopTx) -> None:
    for _ in range(3):
        guess(clock)
    guess(clock, "address:192.0.2.8")
    attempts.check(clock, scope="decline", subject="address:192.0.2.7", limit=1, window_ms=HOUR)


def test_a_try_that_came_to_good_is_taken_back(clock: ShopTx) -> None:
    limits = (Limit("guess", "address:192.0.2.7", 3, MINUTE),)
    for _ in range(3):
        guess(clock)
    clock.now += 15 * SECOND
    attempts.forgive_all(clock, limits=limits)
    guess(clock)
    with pytest.raises(Refusal, match="too_many"):
        guess(clock)


def test_of_several_limits_the_slowest_says_when_to_come_again(clock: ShopTx) -> None:
    limits = (Limit("decline", "card:1", 2, MINUTE), Limit("decline", "address:2", 1, HOUR))
    attempts.check_all(clock, limits=limits)
    attempts.count_all(clock, limits=limits)
    with pytest.raises(Refusal) as refused:
        attempts.check_all(clock, limits=limits)
    assert refused.value.facts == {"retry_after": 3610}
    attempts.check_all(clock, limits=limits[:1])
    attempts.check_all(clock, limits=())


def test_one_subject_may_have_a_short_and_a_long_limit_and_a_try_counts_once(clock: ShopTx) -> None:
    limits = (Limit("guess", "address:2", 2, MINUTE), Limit("guess", "address:2", 4, HOUR))
    for _ in range(4):
        attempts.check_all(clock, limits=limits)
        attempts.count_all(clock, limits=limits)
        clock.now += 40 * SECOND
    with pytest.raises(Refusal) as refused:
        attempts.check_all(clock, limits=limits)
    assert refused.value.facts["retry_after"] > 60


def test_old_tries_are_forgotten_a_few_at_a_time(clock: ShopTx) -> None:
    for _ in range(3):
        attempts.count(clock, scope="guess", subject="address:2")
        clock.now += MINUTE
    clock.now += ATTEMPTS_KEPT_MS - MINUTE
    assert attempts.sweep(clock, most=1) == 1
    assert attempts.sweep(clock, most=9) == 1
    assert attempts.sweep(clock, most=9) == 0
