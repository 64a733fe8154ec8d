"""Entries get from surfaces' books to the shops' logs, whatever is away, restarts or is put back meanwhile."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from matjar.core.limits import AUDIT_BATCH
from matjar.edge.audit import Audit
from tests.edge.logs import SHOP, Logs, entry


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Logs]:
    """A shop's log."""
    made = Logs(tmp_path)
    yield made
    made.close()


@pytest.fixture
def book(tmp_path: Path) -> Audit:
    """The back office's book."""
    return Audit(tmp_path / "admin" / "audit.sqlite")


def test_what_was_written_arrives_in_batches_and_in_order(logs: Logs, book: Audit) -> None:
    count = AUDIT_BATCH * 2 + 5
    for at in range(1, count + 1):
        book.write(SHOP, entry(at))
    assert logs.forward(logs.forwarder(book), book) == ""
    assert logs.moments()[:2] == [count, count - 1]
    assert (logs.arrived(book), logs.check().breaks) == (count, ())


def test_a_shop_that_the_database_does_not_know_holds_up_no_other(logs: Logs, book: Audit) -> None:
    book.write(SHOP + 1, entry(1))
    book.write(SHOP, entry(2))
    assert logs.forward(logs.forwarder(book), book) == ""
    assert logs.moments() == [2]


def test_entries_wait_in_the_book_while_the_database_is_away(logs: Logs, book: Audit) -> None:
    forwarder, logs.away = logs.forwarder(book), True
    assert book.write(SHOP, entry(1)) == 1
    assert logs.forward(forwarder, book) == "storage.away"
    logs.away = False
    assert logs.forward(forwarder, book) == ""
    assert logs.moments() == [1]


def test_a_restored_database_is_brought_again_what_it_has_lost(logs: Logs, book: Audit) -> None:
    forwarder = logs.forwarder(book)
    book.write(SHOP, entry(1))
    logs.forward(forwarder, book)
    yesterday = logs.copy()
    book.write(SHOP, entry(2))
    logs.forward(forwarder, book)
    logs.put_back(yesterday)
    assert logs.moments() == [1]
    assert logs.forward(forwarder, book) == "", "though nothing new was written"
    assert (logs.moments(), logs.check().breaks) == ([2, 1], ())


def test_a_book_that_was_changed_on_its_disk_does_not_get_into_the_log(logs: Logs, book: Audit, tmp_path: Path) -> None:
    book.write(SHOP, entry(1))
    book.write(SHOP, entry(2))
    book._db.execute("UPDATE entry SET content = replace(content, 'order:1', 'order:9') WHERE number = 2")
    assert logs.forward(logs.forwarder(book), book) == "audit.broken"
    assert logs.moments() == []


def test_a_surface_that_lost_its_disk_goes_on_in_another_book(logs: Logs, book: Audit, tmp_path: Path) -> None:
    book.write(SHOP, entry(1))
    logs.forward(logs.forwarder(book), book)
    other = Audit(tmp_path / "new" / "audit.sqlite")
    other.write(SHOP, entry(2))
    assert logs.forward(logs.forwarder(other), other) == ""
    assert logs.moments() == [2, 1]


class Days(RuleBasedStateMachine):
    """Deeds, restarts, cut lines and restores, as they come."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.logs = Logs(Path(self.folder.name))
        self.book = Audit(Path(self.folder.name) / "admin" / "audit.sqlite")
        self.forwarder = self.logs.forwarder(self.book)
        self.copies: list[Path] = []

    @rule(count=st.integers(1, 3))
    def deeds(self, count: int) -> None:
        for _ in range(count):
            self.book.write(SHOP, entry(1 + self.book.heads().get(SHOP, 0)))

    @rule()
    def bring(self) -> None:
        assert self.logs.forward(self.forwarder, self.book) in ("", "storage.away")

    @rule(away=st.booleans())
    def cut_or_mend_the_line(self, *, away: bool) -> None:
        self.logs.away = away

    @rule()
    def the_surface_dies(self) -> None:
        self.forwarder = self.logs.forwarder(self.book)

    @rule()
    def back_up(self) -> None:
        self.copies.append(self.logs.copy())

    @precondition(lambda self: self.copies)
    @rule()
    def restore(self) -> None:
        self.logs.put_back(self.copies[-1])

    @invariant()
    def the_log_is_a_beginning_of_the_book(self) -> None:
        known = self.logs.moments()
        assert known == list(range(len(known), 0, -1))

    def teardown(self) -> None:
        self.logs.away = False
        assert self.logs.forward(self.forwarder, self.book) == ""
        assert self.logs.moments() == list(range(self.book.heads().get(SHOP, 0), 0, -1))
        assert self.logs.check().breaks == ()
        self.logs.close()
        self.book.close()
        self.folder.cleanup()


def test_in_whatever_order_things_go_wrong_the_log_ends_as_the_book() -> None:
    run_state_machine_as_test(Days, settings=settings(max_examples=12, stateful_step_count=15, deadline=None))
