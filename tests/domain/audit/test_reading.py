"""What people find in the log."""

import pytest

from matjar.core.clock import HOUR
from matjar.domain import audit
from matjar.domain.audit import NEWEST, Arrived, Entry, Wanted
from matjar.storage.tx import ShopTx
from tests.domain.audit.books import AT, book, entry

DEEDS = (
    entry(AT, person_id=1, action="orders.refund", subject="order:1"),
    entry(AT + 1, person_id=2, action="orders.fulfil", subject="order:1 order:12", age_ms=HOUR),
    entry(AT + 2, person_id=2, action="stock.write", subject="item:9 location:3", age_ms=HOUR + 1),
    entry(AT + 3, person_id=1, action="self.sign_in", subject="session:a_b%", age_ms=None),
)


@pytest.fixture
def log(tx: ShopTx) -> ShopTx:
    """Four deeds in the back office, and one at identity that arrived last and was done in between."""
    audit.take(tx, surface="admin", book="a", entries=book(*DEEDS))
    audit.take(tx, surface="identity", book="i", entries=book(entry(AT + 1, person_id=3, action="staff.role_given")))
    return tx


def found(log: ShopTx, wanted: Wanted) -> list[tuple[str, int]]:
    return [(each.surface, each.entry.at - AT) for each in audit.list_entries(log, wanted=wanted)]


def test_entries_of_all_surfaces_lie_by_when_they_were_done(log: ShopTx) -> None:
    assert found(log, audit.EVERY) == [("admin", 3), ("admin", 2), ("identity", 1), ("admin", 1), ("admin", 0)]


def test_pages_follow_one_another_without_a_gap_or_a_repetition(log: ShopTx) -> None:
    pages: list[Arrived] = []
    place = NEWEST
    while page := audit.list_entries(log, before=place, most=2):
        pages += page
        place = page[-1].place
    assert pages == audit.list_entries(log)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(person_id=2),
        Wanted(action="orders."),
        Wanted(action="stock.write"),
        Wanted(action="%"),
        Wanted(subject="order:1"),
        Wanted(subject="order:12"),
        Wanted(subject="location:3"),
        Wanted(subject="session:a_b%"),
        Wanted(subject="order:_"),
        Wanted(since=AT + 1, until=AT + 3),
        Wanted(late=True),
        Wanted(person_id=2, action="orders.", late=True),
    ],
    ids=str,
)
def test_the_database_and_the_rule_find_the_same(log: ShopTx, wanted: Wanted) -> None:
    expected = [each for each in reversed(DEEDS) if audit.matches(each, wanted)]
    entries = [each.entry for each in audit.list_entries(log, wanted=wanted) if each.surface == "admin"]
    assert entries == expected


def test_what_was_done_while_signing_in_was_away_is_counted_by_deed(log: ShopTx) -> None:
    assert audit.count_by_action(log, wanted=Wanted(late=True)) == {"stock.write": 1, "self.sign_in": 1}


def test_one_surface_is_looked_at_by_itself(log: ShopTx) -> None:
    assert found(log, Wanted(surface="identity")) == [("identity", 1)]
    assert audit.list_surfaces(log) == ["admin", "identity"]


def test_an_entry_reads_back_as_it_was_written() -> None:
    written: Entry = entry(before={"price_minor": "500"}, refused="access.not_yours", access_number=7, age_ms=None)
    assert audit.decode(audit.encode(written)) == written
