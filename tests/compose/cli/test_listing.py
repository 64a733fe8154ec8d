"""Lists: what fits a terminal, and what no terminal obeys."""

from datetime import timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from matjar.compose.cli.listing import LEAST_WIDTH, Column, Moment, clean, fit, for_people
from matjar.core.money import Money

FIRM, SOFT, SPARE = Column("Order"), Column("Buyer", shrinks=True), Column("State", spare=1)
DUBAI = timezone(timedelta(hours=4), "Dubai")


def test_what_fits_stays_as_it_is() -> None:
    assert fit([FIRM, SOFT, SPARE], [5, 20, 6], 80) == {0: 5, 1: 20, 2: 6}


def test_words_are_cut_before_a_column_is_left_out() -> None:
    assert fit([FIRM, SOFT, SPARE], [5, 20, 6], 30) == {0: 5, 1: 15, 2: 6}
    assert fit([FIRM, SOFT, SPARE], [5, 20, 6], 20) == {0: 5, 1: 13}


def test_the_most_spare_column_goes_first() -> None:
    columns = [FIRM, Column("A", spare=1), Column("B", spare=2)]
    assert list(fit(columns, [10, 10, 10], 25)) == [0, 1]
    assert list(fit(columns, [10, 10, 10], 12)) == [0]


@given(st.lists(st.tuples(st.sampled_from([FIRM, SOFT, SPARE]), st.integers(1, 60)), min_size=1), st.integers(10, 200))
def test_what_is_shown_fits_unless_nothing_more_can_give_way(shown: list[tuple[Column, int]], room: int) -> None:
    columns, widths = [column for column, _ in shown], [width for _, width in shown]
    fitting = fit(columns, widths, room)
    if sum(fitting.values()) + 2 * (len(fitting) - 1) > room:
        assert not any(columns[place].spare for place in fitting)
    for place, width in fitting.items():
        assert width == widths[place] or (columns[place].shrinks and width >= LEAST_WIDTH)


def test_values_are_written_for_people() -> None:
    assert for_people(Moment(1_795_374_000_123, DUBAI)) == "2026-11-22 23:00"
    assert for_people(Money(79_000, "AED")) == "790.00 AED"
    assert for_people(None) == ""


def test_a_buyer_s_name_cannot_command_the_terminal() -> None:
    assert clean("Noor\x1b[31m\tAli\n\u202eevil") == "Noor [31m Ali evil"
    assert clean("می‌خواهم نورة") == "می‌خواهم نورة"
