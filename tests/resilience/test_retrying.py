"""Retrying: ever later, never past a bound, and forgotten when it went well."""

from hypothesis import given
from hypothesis import strategies as st

from matjar.resilience.retrying import Retrying


def test_what_never_failed_is_due() -> None:
    assert Retrying(1, 300, 10).is_due("charge", 0)


def test_each_failure_doubles_the_pause_up_to_the_longest() -> None:
    retrying = Retrying(first_seconds=1, longest_seconds=300, most=10)
    assert [retrying.failed("charge", 0) for _ in range(11)] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert not retrying.is_due("charge", 299.9)
    assert retrying.is_due("charge", 300)


def test_things_do_not_wait_for_each_other_and_success_forgets() -> None:
    retrying = Retrying(first_seconds=1, longest_seconds=300, most=10)
    for _ in range(5):
        retrying.failed("charge", 0)
    assert retrying.is_due("refund", 0)
    retrying.succeeded("charge")
    assert retrying.is_due("charge", 0)
    assert retrying.failed("charge", 0) == 1


@given(st.lists(st.integers(0, 20), max_size=60))
def test_it_remembers_so_many_and_forgets_what_it_has_not_heard_of_for_the_longest(failures: list[int]) -> None:
    retrying = Retrying(first_seconds=1, longest_seconds=300, most=5)
    for thing in failures:
        retrying.failed(thing, 0)
    latest = list(dict.fromkeys(reversed(failures)))[:5]
    assert len(retrying) == len(latest)
    assert {thing for thing in range(21) if not retrying.is_due(thing, 0)} == set(latest)
