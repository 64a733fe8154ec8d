"""Buckets: so many at once, so many in the long run, for each subject by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.resilience.buckets import Buckets


def test_a_bucket_is_full_at_first_and_refilled_one_by_one() -> None:
    buckets = Buckets(holds=3, one_every_seconds=2, most=10)
    assert [buckets.take("192.0.2.7", 0) for _ in range(4)] == [0, 0, 0, 2]
    assert buckets.take("192.0.2.7", 1.5) == 0.5
    assert buckets.take("192.0.2.7", 2) == 0
    assert buckets.take("192.0.2.7", 2) == 2
    assert [buckets.take("192.0.2.7", 100) for _ in range(4)] == [0, 0, 0, 2]


def test_nobody_pays_for_another_nor_for_having_been_refused() -> None:
    buckets = Buckets(holds=1, one_every_seconds=2, most=10)
    assert buckets.take("192.0.2.7", 0) == 0
    assert [buckets.take("192.0.2.7", 1) for _ in range(5)] == [1] * 5
    assert buckets.take("192.0.2.8", 1) == 0
    assert buckets.take("192.0.2.7", 2) == 0


def test_whoever_has_taken_most_is_remembered_when_too_many_come() -> None:
    buckets = Buckets(holds=2, one_every_seconds=2, most=10)
    for _ in range(2):
        buckets.take("greedy", 0)
    for number in range(100):
        assert buckets.take(f"passer-by {number}", 0) == 0
    assert buckets.take("greedy", 0) == 2


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 10)), max_size=60))
def test_nobody_ever_takes_more_than_was_in_it_and_came_into_it(steps: list[tuple[int, float]]) -> None:
    buckets, now = Buckets(holds=5, one_every_seconds=2, most=100), 0.0
    level = dict.fromkeys(range(4), 5.0)
    for subject, pause in steps:
        now += pause
        level = {each: min(5.0, amount + pause / 2) for each, amount in level.items()}
        wait = buckets.take(str(subject), now)
        if wait == 0:
            level[subject] -= 1
            assert level[subject] > -1e-6
        else:
            assert wait == pytest.approx((1 - level[subject]) * 2)
