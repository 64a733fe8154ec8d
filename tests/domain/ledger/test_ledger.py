"""Double entry."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matjar.domain import ledger
from matjar.domain.ledger import DELIVERY, RECEIVABLE, SALES, Entry, Posting
from matjar.storage.tx import ShopTx

accounts = st.sampled_from([RECEIVABLE, SALES, DELIVERY, ledger.gateway("twin"), ledger.tax("AE"), ledger.tax("US-CA")])
sides = st.lists(st.tuples(accounts, st.integers(-10_000, 10_000)), max_size=5)


def sale(tx: ShopTx, order_id: int, net_minor: int, tax_minor: int, currency: str = "AED") -> int:
    postings = [(RECEIVABLE, net_minor + tax_minor), (SALES, -net_minor), (ledger.tax("AE"), -tax_minor)]
    return ledger.post(tx, kind="order", subject_id=order_id, currency=currency, postings=postings)


def test_a_sale_is_owed_by_the_buyer_and_owes_its_tax(tx: ShopTx) -> None:
    sale(tx, 9, 10_000, 500)
    assert ledger.balances(tx) == {
        ("receivable", "AED"): 10_500,
        ("sales", "AED"): -10_000,
        ("tax:AE", "AED"): -500,
    }


def test_currencies_do_not_mix(tx: ShopTx) -> None:
    sale(tx, 9, 10_000, 0)
    sale(tx, 10, 700, 0, "KWD")
    assert ledger.balances(tx)["receivable", "KWD"] == 700
    assert ledger.balances(tx)["receivable", "AED"] == 10_000


def test_an_order_has_its_entries_in_the_order_in_which_they_were_made(tx: ShopTx) -> None:
    first = sale(tx, 9, 100, 5)
    sale(tx, 10, 1, 0)
    paid = [(ledger.gateway("twin"), 105), (RECEIVABLE, -105)]
    second = ledger.post(tx, kind="capture", subject_id=9, currency="AED", postings=paid)
    assert [entry.id for entry in ledger.entries_of(tx, subject_id=9)] == [first, second]
    assert ledger.entries_of(tx, subject_id=9)[1] == Entry(
        second, "capture", 9, "AED", (Posting("gateway:twin", 105), Posting("receivable", -105)), tx.now
    )


def test_what_does_not_move_is_not_written(tx: ShopTx) -> None:
    sale(tx, 9, 100, 0)
    assert len(ledger.entries_of(tx, subject_id=9)[0].postings) == 2
    assert sale(tx, 10, 0, 0) == 0
    assert ledger.entries_of(tx, subject_id=10) == []


def test_an_entry_that_does_not_sum_to_zero_is_a_bug(tx: ShopTx) -> None:
    with pytest.raises(AssertionError, match="order of 9"):
        ledger.post(tx, kind="order", subject_id=9, currency="AED", postings=[(RECEIVABLE, 2), (SALES, -1)])


def test_a_misspelt_account_is_a_bug(tx: ShopTx) -> None:
    with pytest.raises(AssertionError, match="unknown account"):
        ledger.post(tx, kind="order", subject_id=9, currency="AED", postings=[("recievable", 1), (SALES, -1)])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.lists(st.tuples(sides, st.sampled_from(["AED", "KWD", "JPY"])), max_size=5))
def test_whatever_is_posted_the_books_sum_to_zero(tx: ShopTx, entries: list[tuple[list[tuple[str, int]], str]]) -> None:
    for postings, currency in entries:
        closing = (RECEIVABLE, -sum(amount_minor for _, amount_minor in postings))
        ledger.post(tx, kind="order", subject_id=1, currency=currency, postings=[*postings, closing])
    for currency in ("AED", "KWD", "JPY"):
        assert sum(amount for (_, each), amount in ledger.balances(tx).items() if each == currency) == 0
    written = sum(posting.amount_minor for entry in ledger.entries_of(tx, subject_id=1) for posting in entry.postings)
    assert written == 0
