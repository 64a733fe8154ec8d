"""When somebody may try again."""

from hypothesis import given
from hypothesis import strategies as st

from matjar.core.clock import MINUTE
from matjar.domain.attempts import rules
from matjar.domain.attempts.model import BUCKET_MS, Bucket

NOW = 1_000 * MINUTE
moments = st.lists(st.integers(NOW - 10 * MINUTE, NOW), max_size=30)


def buckets(tries: list[int], window_ms: int, now: int) -> list[Bucket]:
    """What the store would answer: the newest first, as far back as the window reaches."""
    began = [rules.bucket_of(moment) for moment in tries]
    within = sorted({at for at in began if at > rules.oldest_in(window_ms, now)}, reverse=True)
    return [Bucket(at, began.count(at)) for at in within]


@given(moments, st.integers(1, 10), st.integers(1, 8 * MINUTE))
def test_never_more_than_the_limit_within_any_window(tries: list[int], most: int, window_ms: int) -> None:
    within = sum(moment > NOW - window_ms for moment in tries)
    if rules.wait_ms(buckets(tries, window_ms, NOW), most, window_ms, NOW) == 0:
        assert within < most


@given(moments, st.integers(1, 10), st.integers(1, 8 * MINUTE))
def test_the_wait_is_just_long_enough(tries: list[int], most: int, window_ms: int) -> None:
    wait = rules.wait_ms(buckets(tries, window_ms, NOW), most, window_ms, NOW)
    assert wait <= window_ms + BUCKET_MS
    later = NOW + wait
    assert rules.wait_ms(buckets(tries, window_ms, later), most, window_ms, later) == 0
    if wait:
        earlier = later - 1
        assert rules.wait_ms(buckets(tries, window_ms, earlier), most, window_ms, earlier) == 1


def test_seconds_are_rounded_up() -> None:
    assert [rules.in_seconds(each) for each in (0, 1, 1000, 1001)] == [0, 1, 1, 2]
