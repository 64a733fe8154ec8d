"""Shedding: the door says no at once, to those who begin before those who have begun."""

from hypothesis import given
from hypothesis import strategies as st

from matjar.resilience.shedding import Door, Weight


def test_who_begins_is_turned_away_first_and_who_pays_last() -> None:
    door = Door(beginning=2, continuing=3)
    admitted = [[weight for weight in Weight if door.enter(weight)] for _ in range(4)]
    assert admitted[0] == [Weight.BEGINS, Weight.CONTINUES, Weight.VITAL]
    assert admitted[1:] == [[Weight.VITAL]] * 3
    assert door.inside == 6
    assert not door.enter(Weight.VITAL)


def test_who_leaves_makes_room_for_one() -> None:
    door = Door(beginning=1, continuing=1)
    assert door.enter(Weight.BEGINS)
    assert not door.enter(Weight.BEGINS)
    door.leave()
    assert door.enter(Weight.BEGINS)
    assert not door.enter(Weight.CONTINUES)


def test_everybody_turned_away_is_counted() -> None:
    door = Door(beginning=1, continuing=2)
    let_in = [door.enter(Weight.BEGINS) for _ in range(5)]
    assert let_in == [True, False, False, False, False]
    assert door.turned_away == 4


@given(st.lists(st.sampled_from([*Weight, None])))
def test_it_never_holds_more_than_its_bounds(comings_and_goings: list[Weight | None]) -> None:
    door = Door(beginning=2, continuing=4)
    for weight in comings_and_goings:
        if weight is not None:
            before = door.inside
            bound = {Weight.BEGINS: 2, Weight.CONTINUES: 4, Weight.VITAL: 8}[weight]
            assert door.enter(weight) == (before < bound)
        elif door.inside:
            door.leave()
        assert 0 <= door.inside <= 8
