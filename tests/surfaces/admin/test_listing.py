"""Turning the pages of a list of orders: nothing twice, nothing left out, forwards and back."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from matjar.core.tx import Tx
from matjar.surfaces.admin import listing
from matjar.surfaces.admin.listing import Page, Wanted
from tests.domain.orders.sales import goods, sell, stock


@contextmanager
def rows(number: int) -> Iterator[None]:
    """Pages so short that a test can fill them."""
    before, listing.ROWS = listing.ROWS, number
    yield
    listing.ROWS = before


def numbers(page: Page) -> list[int]:
    return [order.number for order in page.orders]


@pytest.mark.parametrize(("sort", "pages"), [("newest", [[5, 4], [3, 2], [1]]), ("oldest", [[1, 2], [3, 4], [5]])])
def test_every_order_is_on_one_page_forwards_and_back(tx: Tx, sort: str, pages: list[list[int]]) -> None:
    stock(tx, [11])
    for _ in range(5):
        sell(tx, [goods(11, 1, 100)])
    with rows(2):
        first = listing.load(tx, Wanted(view="all", sort=sort))
        second = listing.load(tx, Wanted(view="all", sort=sort, before=first.orders[-1].id))
        third = listing.load(tx, Wanted(view="all", sort=sort, before=second.orders[-1].id))
        back = listing.load(tx, Wanted(view="all", sort=sort, after=third.orders[0].id))
        begin = listing.load(tx, Wanted(view="all", sort=sort, after=back.orders[0].id))
    assert [numbers(first), numbers(second), numbers(third)] == pages
    assert [(page.earlier, page.later) for page in (first, second, third)] == [
        (False, True),
        (True, True),
        (True, False),
    ]
    assert (numbers(back), numbers(begin)) == (pages[1], pages[0])
    assert (back.earlier, begin.earlier) == (True, False)


def test_an_address_says_only_what_is_unusual() -> None:
    wanted = Wanted.of("nonsense", "  sara ", "sideways", 0, 0)
    assert wanted == Wanted(words="sara")
    assert wanted.query(view="unpaid", before=7) == "view=unpaid&q=sara&before=7"
    assert Wanted(before=9).query() == ""
