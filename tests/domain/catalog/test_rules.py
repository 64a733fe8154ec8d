"""The catalogue's pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.domain.catalog import rules


@pytest.mark.parametrize(
    ("title", "handle"),
    [
        ("Crème de Rose", "creme-de-rose"),
        ("  50 ml / Ø Oil!  ", "50-ml-ø-oil"),
        ("عطر العود الملكي", "عطر-العود-الملكي"),
        ("أَحمر شفاه", "أحمر-شفاه"),
        ("!!!", "untitled"),
    ],
)
def test_a_title_suggests_a_handle(title: str, handle: str) -> None:
    assert rules.handle_of(title) == handle


@given(st.text(max_size=200))
def test_every_title_suggests_a_handle_that_is_allowed(title: str) -> None:
    handle = rules.handle_of(title)
    assert rules.check_handle(handle) == handle


@given(st.lists(st.text(max_size=8), max_size=20))
def test_tags_are_kept_once_and_in_order(tags: list[str]) -> None:
    kept = rules.check_tags(tags)
    assert len({tag.casefold() for tag in kept}) == len(kept)
    assert rules.check_tags(kept) == kept
