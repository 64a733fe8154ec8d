"""Who gets what from where."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from matjar.domain.inventory import rules
from matjar.domain.inventory.model import Change, Share, Shelf

ITEMS = st.integers(1, 4)
PLACES = st.integers(1, 5)
WANTED = st.dictionaries(ITEMS, st.integers(1, 9), min_size=1)


def shelf(item: int, location: int, on_hand: int, *, priority: int = 0, own: int = 0, lapsed: int = 0) -> Shelf:
    """A shelf with nothing promised but what is held."""
    return Shelf(item, location, on_hand, 0, own + lapsed, lapsed, own, True, priority, True)


@st.composite
def shelves(draw: st.DrawFn) -> list[Shelf]:
    """Any shelves: short, overdrawn, closed, with holds of this checkout and lapsed ones."""
    priorities = draw(st.lists(st.integers(0, 2), min_size=6, max_size=6))
    closed = draw(st.sets(PLACES, max_size=1))
    places = draw(st.lists(st.tuples(ITEMS, PLACES), unique=True, max_size=12))
    few = st.integers(0, 3)
    return [
        Shelf(
            item, at, draw(st.integers(-2, 9)), draw(few), draw(few) + lapsed + own, lapsed, own, True,
            priorities[at], at not in closed,
        )
        for item, at in places
        for lapsed, own in [(draw(few), draw(few))]
    ]  # fmt: skip


@given(WANTED, shelves())
def test_nobody_gets_more_than_is_free_or_than_they_want(wanted: dict[int, int], some: list[Shelf]) -> None:
    free = {(each.inventory_item_id, each.location_id): each.free for each in some}
    given: Counter[int] = Counter()
    for share in rules.split(wanted, some):
        assert 0 < share.quantity <= free.pop((share.inventory_item_id, share.location_id))
        given[share.inventory_item_id] += share.quantity
    assert all(given[item_id] <= wanted[item_id] for item_id in given)


@given(WANTED, shelves())
def test_whatever_there_is_is_found(wanted: dict[int, int], some: list[Shelf]) -> None:
    missing = rules.missing(wanted, rules.split(wanted, some))
    for item_id, quantity in wanted.items():
        there_is = sum(each.free for each in some if each.inventory_item_id == item_id)
        assert missing.get(item_id, 0) == max(0, quantity - there_is)


@given(WANTED, shelves())
def test_one_location_that_has_everything_sends_it_alone_by_priority(wanted: dict[int, int], some: list[Shelf]) -> None:
    complete = [
        (each.priority, each.location_id)
        for each in some
        if not rules.missing(wanted, rules.split(wanted, rules.at(each.location_id, some)))
    ]
    used = {share.location_id for share in rules.split(wanted, some)}
    assert not complete or used == {min(complete)[1]}


@given(WANTED, shelves())
def test_no_parcel_is_empty_for_the_sake_of_another(wanted: dict[int, int], some: list[Shelf]) -> None:
    """Greedy by what is still missing: each parcel but the last is at least as full as those that follow."""
    parcels: dict[int, int] = {}
    for share in rules.split(wanted, some):
        parcels[share.location_id] = parcels.get(share.location_id, 0) + share.quantity
    assert list(parcels.values()) == sorted(parcels.values(), reverse=True)


@given(WANTED, shelves())
def test_where_shelves_are_listed_first_does_not_matter(wanted: dict[int, int], some: list[Shelf]) -> None:
    assert rules.split(wanted, some) == rules.split(wanted, some[::-1])


def test_two_parcels_rather_than_three() -> None:
    some = [shelf(1, 1, 1), shelf(2, 2, 2, priority=1), shelf(1, 3, 2, priority=2), shelf(2, 3, 1, priority=2)]
    assert rules.split({1: 2, 2: 2}, some) == [Share(1, 3, 2), Share(2, 3, 1), Share(2, 2, 1)]


def test_what_lies_nowhere_joins_a_parcel_that_goes_anyway() -> None:
    some = [shelf(1, 1, 0), shelf(1, 2, 0, priority=1), shelf(2, 2, 5, priority=1)]
    assert rules.home(1, some, [Share(2, 2, 1)]) == 2
    assert rules.home(1, some, []) == 1
    assert rules.home(9, some, [Share(2, 2, 1)]) == 2
    assert rules.home(9, some, []) is None


@given(WANTED, shelves())
def test_what_is_given_back_and_taken_adds_up(wanted: dict[int, int], some: list[Shelf]) -> None:
    shares = rules.split(wanted, some)
    reserving, committing = rules.reserving(some, shares), rules.committing(some, shares)
    taken = sum(share.quantity for share in shares)
    returned = sum(each.lapsed + each.own for each in some)
    assert sum(change.reserved for change in reserving) == taken - returned
    assert sum(change.reserved for change in committing) == -returned
    assert sum(change.committed for change in committing) == taken


@given(WANTED, shelves())
def test_kept_holds_are_own_holds(wanted: dict[int, int], some: list[Shelf]) -> None:
    own = {(each.inventory_item_id, each.location_id): each.own for each in some}
    kept = rules.keep(wanted, some)
    assert all(0 < share.quantity <= own[share.inventory_item_id, share.location_id] for share in kept)
    for item_id, quantity in rules.missing(wanted, kept).items():
        assert quantity == wanted[item_id] - sum(each.own for each in some if each.inventory_item_id == item_id)


def test_changes_that_cancel_out_are_none() -> None:
    assert rules.summed([Change(1, 1, reserved=2), Change(1, 2, on_hand=1), Change(1, 1, reserved=-2)]) == [
        Change(1, 2, on_hand=1)
    ]
