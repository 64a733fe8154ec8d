"""Whoever touches the log is found out: each test touches one row of it, and sees it named."""

import pytest

from matjar.core.clock import DAY
from matjar.core.limits import AUDIT_KEPT_MS
from matjar.domain import audit
from matjar.domain.audit import Break, What
from matjar.storage.tx import ShopTx
from tests.domain.audit.books import AT, book, entry

WHOLE = book(*(entry(AT + index) for index in range(6)))


@pytest.fixture
def log(tx: ShopTx) -> ShopTx:
    """Six entries that arrived in three batches."""
    for first in (0, 2, 4):
        audit.take(tx, surface="admin", book="a", entries=WHOLE[first : first + 2])
    return tx


@pytest.mark.parametrize(
    ("touch", "found"),
    [
        (
            "UPDATE audit_entries SET content = :other WHERE shop_id = :shop_id AND number = 3",
            [Break(What.ENTRY, 3, "admin", "a")],
        ),
        (
            "DELETE FROM audit_entries WHERE shop_id = :shop_id AND number = 3 AND :other = :other",
            [Break(What.ENTRY, 4, "admin", "a")],
        ),
        (
            "DELETE FROM audit_entries WHERE shop_id = :shop_id AND number > 4 AND :other = :other",
            [Break(What.HEAD, 6, "admin", "a")],
        ),
        (
            "DELETE FROM audit_entries WHERE shop_id = :shop_id AND number < 2 AND :other = :other",
            [Break(What.ENTRY, 2, "admin", "a")],
        ),
        (
            "UPDATE audit_links SET head = :other WHERE shop_id = :shop_id AND number = 2",
            [Break(What.LINK, 2), Break(What.HEAD, 4, "admin", "a")],
        ),
        (
            "DELETE FROM audit_links WHERE shop_id = :shop_id AND number = 2 AND :other = :other",
            [Break(What.LINK, 3)],
        ),
        (
            "UPDATE audit_heads SET chain = :other WHERE shop_id = :shop_id",
            [Break(What.HEAD, 6, "admin", "a")],
        ),
    ],
)
def test_a_row_that_was_touched_is_named(log: ShopTx, touch: str, found: list[Break]) -> None:
    assert audit.check(log).breaks == ()
    log.run(touch, other=b"{}")
    assert list(audit.check(log).breaks) == found


def test_what_is_kept_no_longer_goes_and_the_rest_still_follows(log: ShopTx) -> None:
    log.now = AT + AUDIT_KEPT_MS + 3
    assert audit.sweep(log) == 3
    assert [each.number for each in audit.list_entries(log)] == [6, 5, 4]
    assert audit.check(log).breaks == ()
    assert audit.sweep(log) == 0


def test_links_go_with_the_years_and_the_newest_stays(log: ShopTx) -> None:
    log.now += AUDIT_KEPT_MS + DAY
    while audit.sweep(log):
        pass
    state = audit.check(log)
    assert (state.links, state.breaks) == (3, ())
    log.now += DAY
    assert audit.take(log, surface="admin", book="a", entries=book(*([entry(AT)] * 6))[:0]) == 6


def test_a_beginning_that_was_taken_out_is_not_taken_for_one_that_was_swept(log: ShopTx) -> None:
    log.now = AT + AUDIT_KEPT_MS
    log.run("DELETE FROM audit_entries WHERE shop_id = :shop_id AND number <= 3")
    assert Break(What.ENTRY, 4, "admin", "a") in audit.check(log).breaks
