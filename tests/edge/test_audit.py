"""A surface's book: in order, shop by shop, and nothing taken out or changed without its being seen."""

from pathlib import Path

import apsw
import pytest

from matjar.core.clock import DAY, HOUR
from matjar.core.limits import AUDIT_KEPT_MS
from matjar.domain.audit import Entry, Wanted
from matjar.edge.audit import Audit

ROSE, OUD = 7, 8


def entry(at: int = 1, person_id: int = 1, action: str = "orders.refund", subject: str = "order:1") -> Entry:
    return Entry(at, person_id, "sid", action, subject, "passkey", at, "192.0.2.1", after={"amount_minor": "5"})


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    return Audit(tmp_path / "admin" / "audit.sqlite")


def test_each_shop_has_its_own_book_the_newest_entry_first(audit: Audit) -> None:
    assert [audit.write(ROSE, entry(1)), audit.write(OUD, entry(2)), audit.write(ROSE, entry(3))] == [1, 1, 2]
    assert [(row.number, row.entry.at) for row in audit.latest(ROSE)] == [(2, 3), (1, 1)]
    assert [row.entry.at for row in audit.latest(ROSE, before=2)] == [1]


def test_the_book_is_narrowed_by_person_kind_and_subject(audit: Audit) -> None:
    audit.write(ROSE, entry(1, person_id=1, action="orders.refund"))
    audit.write(ROSE, entry(2, person_id=2, action="stock.write", subject="item:9"))
    for wanted in (Wanted(person_id=2), Wanted(action="stock."), Wanted(subject="item:9"), Wanted(since=2)):
        assert [row.entry.at for row in audit.latest(ROSE, wanted=wanted)] == [2]
    assert audit.latest(ROSE, wanted=Wanted(surface="till")) == []


def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Audit(tmp_path / "audit.sqlite")
    first.write(ROSE, entry())
    first.close()
    assert [row.entry for row in Audit(tmp_path / "audit.sqlite").latest(ROSE)] == [entry()]


@pytest.mark.parametrize(
    ("spoil", "broken_at"),
    [
        ("UPDATE entry SET content = replace(content, '\"5\"', '\"6\"') WHERE number = 2", 2),
        ("DELETE FROM entry WHERE number = 2", 3),
        ("DELETE FROM entry WHERE number = 1", 2),
        ("UPDATE entry SET chain = zeroblob(32) WHERE number = 3", 3),
    ],
)
def test_an_entry_that_was_changed_or_taken_out_breaks_the_chain(tmp_path: Path, spoil: str, broken_at: int) -> None:
    audit = Audit(tmp_path / "audit.sqlite")
    for at in range(1, 5):
        audit.write(ROSE, entry(at))
    assert audit.broken_at(ROSE) == 0
    apsw.Connection(str(tmp_path / "audit.sqlite")).execute(spoil)
    assert audit.broken_at(ROSE) == broken_at


def test_the_book_is_nobody_else_s_to_read(tmp_path: Path) -> None:
    Audit(tmp_path / "audit.sqlite")
    assert (tmp_path / "audit.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_book_keeps_its_name_and_another_disk_s_has_another(tmp_path: Path) -> None:
    names = [Audit(tmp_path / folder / "audit.sqlite").name for folder in ("admin", "admin", "other")]
    assert names[0] == names[1] != names[2]


def test_what_is_taken_over_from_elsewhere_is_there_whole_with_how_far_it_went(audit: Audit) -> None:
    audit.take_over(ROSE, 41, [(ROSE, entry(1)), (OUD, entry(2)), (ROSE, entry(3))])
    assert audit.taken_to(ROSE) == 41
    assert audit.heads() == {ROSE: 2, OUD: 1}
    with pytest.raises(AttributeError):
        audit.take_over(ROSE, 50, [(ROSE, entry(4)), (ROSE, None)])  # type: ignore[list-item]
    assert (audit.taken_to(ROSE), audit.heads()[ROSE]) == (41, 2)


def test_old_entries_go_once_they_have_arrived_and_the_rest_still_follows(audit: Audit) -> None:
    for at in (HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR):
        audit.write(ROSE, entry(at))
    now = AUDIT_KEPT_MS + DAY + 3 * HOUR
    assert audit.sweep(ROSE, arrived=2, now=now) == 1
    assert [row.number for row in audit.latest(ROSE)] == [4, 3, 2]
    assert audit.broken_at(ROSE, now=now) == 0
    assert audit.broken_at(ROSE) == 2, "nobody swept that early"
