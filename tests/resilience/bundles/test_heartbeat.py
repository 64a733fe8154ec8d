"""A: the larger of what both clocks say, and never less than the truth as far as anybody here can know it."""

from hypothesis import given
from hypothesis import strategies as st

from matjar.core.clock import DAY, HOUR, MINUTE, SECOND
from matjar.resilience.bundles import Heartbeat, Moment
from tests.resilience.bundles.makers import NOW, moment


def heard(issued_at: int = NOW, at: Moment | None = None) -> Heartbeat:
    heartbeat = Heartbeat()
    heartbeat.heard(issued_at, at or moment())
    return heartbeat


def test_nothing_heard_has_no_age() -> None:
    assert Heartbeat().age_ms(moment()) is None


def test_the_age_grows_by_the_clock() -> None:
    assert heard().age_ms(moment()) == 0
    assert heard().age_ms(moment(MINUTE)) == MINUTE


def test_what_was_issued_long_before_it_came_is_that_old() -> None:
    assert heard(NOW - HOUR).age_ms(moment(MINUTE)) == HOUR + MINUTE


def test_setting_the_wall_clock_back_makes_nothing_younger() -> None:
    assert heard().age_ms(moment(2 * HOUR, fast_ms=-5 * HOUR)) == 2 * HOUR


def test_a_machine_that_slept_looks_at_the_wall_clock() -> None:
    before = moment()
    assert heard(at=before).age_ms(Moment(before.wall + 3 * HOUR, before.monotonic + SECOND)) == 3 * HOUR


def test_the_wall_clock_is_never_earlier_than_what_was_issued() -> None:
    assert heard(at=moment(fast_ms=-HOUR)).wall(moment(fast_ms=-HOUR)) == NOW


def test_a_fast_maker_rings_and_its_news_is_fresh() -> None:
    heartbeat = heard(NOW + HOUR)
    assert heartbeat.ahead_ms == HOUR
    assert heartbeat.age_ms(moment()) == 0
    assert heartbeat.age_ms(moment(MINUTE)) == MINUTE


def test_a_maker_whose_clock_was_put_right_again_is_as_fresh_as_before() -> None:
    heartbeat = heard(NOW + HOUR)
    heartbeat.heard(NOW + MINUTE, moment(MINUTE))
    assert heartbeat.age_ms(moment(MINUTE)) == 0
    assert heartbeat.age_ms(moment(5 * MINUTE)) == 4 * MINUTE


def test_a_broken_clock_of_the_maker_moves_ours_nowhere() -> None:
    heartbeat = heard(NOW + 3650 * DAY)
    assert heartbeat.wall(moment()) == NOW
    assert heartbeat.age_ms(moment(HOUR)) == HOUR
    heartbeat.heard(NOW + 2 * HOUR, moment(2 * HOUR))
    assert heartbeat.age_ms(moment(3 * HOUR)) == HOUR


def test_a_bundle_of_another_kind_moves_the_clock_and_is_no_heartbeat() -> None:
    heartbeat = heard()
    heartbeat.saw(NOW + HOUR, moment(MINUTE))
    assert heartbeat.wall(moment(MINUTE)) == NOW + HOUR
    assert heartbeat.age_ms(moment(MINUTE)) == HOUR


clocks = st.integers(-HOUR, HOUR)


@given(st.lists(st.tuples(st.integers(0, 2 * HOUR), clocks), max_size=8), clocks, clocks, st.integers(0, 2 * HOUR))
def test_with_clocks_an_hour_off_the_age_is_never_less_than_the_silence(
    beats: list[tuple[int, int]], maker_fast: int, fast: int, silence: int
) -> None:
    """Each heartbeat comes after a pause, from a maker whose clock is off, to a surface whose clock wanders."""
    heartbeat, at = heard(NOW + maker_fast, moment(fast_ms=fast)), 0
    for pause, wandering in beats:
        at += pause
        heartbeat.heard(NOW + at + maker_fast, moment(at, fast_ms=wandering))
    age = heartbeat.age_ms(moment(at + silence, fast_ms=fast))
    assert age is not None
    assert silence <= age <= silence + 2 * HOUR
