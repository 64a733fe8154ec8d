from hypothesis import given
from hypothesis import strategies as st

from matjar.edge.colours import (
    CONTRAST,
    DARK_PAPER,
    LIGHT_PAPER,
    accent_css,
    contrast,
    ink_on,
    parse,
    readable,
    text,
)

colours = st.tuples(*[st.integers(0, 255)] * 3)


@given(colours)
def test_whatever_colour_a_shop_chooses_can_be_read_by_day_and_by_night(colour: tuple[int, int, int]) -> None:
    for paper in (LIGHT_PAPER, DARK_PAPER):
        shown = readable(colour, paper)
        assert contrast(shown, paper) >= CONTRAST
        assert contrast(ink_on(shown), shown) >= CONTRAST


def test_a_colour_that_is_readable_stays_as_it_is() -> None:
    assert readable((143, 47, 69), LIGHT_PAPER) == (143, 47, 69)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert round(contrast((0, 0, 0), (255, 255, 255)), 2) == 21


@given(colours)
def test_a_colour_is_read_as_it_was_written(colour: tuple[int, int, int]) -> None:
    assert parse(text(colour)) == colour


def test_what_is_no_colour_is_no_way_into_the_stylesheet() -> None:
    assert "}" not in accent_css("red}*{x:y")[:20]
    assert accent_css("red}*{x:y") == accent_css("#333338")
