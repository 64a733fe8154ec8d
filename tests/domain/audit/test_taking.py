"""What the log takes from surfaces' books: what follows on, once, and nothing that was touched."""

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matjar.core.limits import AUDIT_BATCH
from matjar.core.refusal import Refusal
from matjar.core.tx import Reading
from matjar.domain import audit
from matjar.domain.audit import Written
from matjar.storage.tx import ShopTx
from tests.domain.audit.books import AT, book, entry

THREE = book(*(entry(AT + index) for index in range(3)))
replace = msgspec.structs.replace


def take(tx: ShopTx, *entries: Written, surface: str = "admin", name: str = "first") -> int:
    return audit.take(tx, surface=surface, book=name, entries=entries)


def moments(view: Reading) -> list[int]:
    return [each.entry.at - AT for each in audit.list_entries(view)]


def test_entries_arrive_as_they_were_written(tx: ShopTx) -> None:
    assert take(tx, *THREE) == 3
    (newest, *_) = audit.list_entries(tx)
    assert (newest.surface, newest.number, newest.entry) == ("admin", 3, entry(AT + 2))
    assert audit.check(tx).breaks == ()


def test_what_comes_again_is_there_once(tx: ShopTx) -> None:
    assert [take(tx, *THREE[:2]), take(tx, *THREE[:2]), take(tx, *THREE)] == [2, 2, 3]
    assert moments(tx) == [2, 1, 0]
    assert audit.check(tx).links == 2


def test_nothing_brought_is_nothing_new(tx: ShopTx) -> None:
    assert take(tx) == 0
    assert audit.check(tx).heads == ()


def test_what_does_not_follow_on_is_told_how_far_the_log_has_come(tx: ShopTx) -> None:
    take(tx, THREE[0])
    with pytest.raises(Refusal) as no:
        take(tx, THREE[2])
    assert (no.value.code, no.value.facts) == ("audit.missing", {"arrived": 1})


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda two: replace(two, content=two.content.replace(b'"5"', b'"6"')), "audit.broken"),
        (lambda two: replace(two, chain=bytes(32)), "audit.broken"),
        (lambda two: replace(two, number=3), "audit.missing"),
        (lambda two: Written(2, b"{}", audit.chained(THREE[0].chain, b"{}")), "audit.unreadable"),
    ],
)
def test_an_entry_that_was_touched_is_refused(tx: ShopTx, spoil: Callable[[Written], Written], code: str) -> None:
    take(tx, THREE[0])
    with pytest.raises(Refusal) as no:
        take(tx, spoil(THREE[1]))
    assert no.value.code == code


def test_a_book_that_tells_another_story_than_before_is_refused(tx: ShopTx) -> None:
    take(tx, *THREE)
    other = book(entry(AT), entry(AT + 7), entry(AT + 8), entry(AT + 9))
    with pytest.raises(Refusal) as no:
        take(tx, *other)
    assert (no.value.code, no.value.facts) == ("audit.forked", {"number": 2})


def test_a_surface_whose_disk_was_lost_begins_another_book(tx: ShopTx) -> None:
    take(tx, *THREE)
    assert take(tx, *book(entry(AT + 9)), name="second") == 1
    assert moments(tx) == [9, 2, 1, 0]


def test_more_than_a_batch_is_refused(tx: ShopTx) -> None:
    with pytest.raises(Refusal) as no:
        take(tx, *book(*[entry()] * (AUDIT_BATCH + 1)))
    assert no.value.code == "audit.too_many"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.data())
def test_lost_repeated_and_interrupted_bringing_ends_in_the_same_log(tx: ShopTx, data: st.DataObject) -> None:
    """A shipper that forgets where it was, brings batches twice or not at all, in the end has brought everything."""
    name = f"book-{tx.new_id()}"
    whole = book(*(entry(AT + index) for index in range(data.draw(st.integers(1, 12)))))
    for _ in range(data.draw(st.integers(0, 8))):
        first, last = sorted(data.draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))
        try:
            take(tx, *whole[first:last], name=name)
        except Refusal as refusal:
            assert refusal.code == "audit.missing"
    take(tx, *whole[audit.arrived(tx, surface="admin", book=name) :], name=name)
    expected = {each.number: each.chain for each in whole}
    assert audit.chains(tx, surface="admin", book=name, after=0) == expected
    assert audit.check(tx).breaks == ()
