"""The breaker: nobody waits for an ill part, and one at a time looks in on it."""

from matjar.resilience.breaker import Breaker


def test_it_opens_after_failures_in_a_row_only() -> None:
    breaker = Breaker(failures=3, pause_seconds=5)
    for _ in range(10):
        breaker.failed(0)
        breaker.failed(0)
        breaker.succeeded()
    assert breaker.allows(0)
    for _ in range(3):
        breaker.failed(0)
    assert breaker.is_open
    assert not breaker.allows(4.9)


def test_one_looks_in_after_the_pause_and_the_rest_wait_for_its_news() -> None:
    breaker = Breaker(failures=1, pause_seconds=5)
    breaker.failed(0)
    assert breaker.allows(5)
    assert not breaker.allows(5)
    assert not breaker.allows(9.9)
    breaker.succeeded()
    assert breaker.allows(10)


def test_a_look_in_that_fails_closes_the_door_again() -> None:
    breaker = Breaker(failures=1, pause_seconds=5)
    breaker.failed(0)
    assert breaker.allows(6)
    breaker.failed(6)
    assert not breaker.allows(10)
    assert breaker.allows(11)
