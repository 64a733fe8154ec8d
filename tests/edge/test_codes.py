"""Codes on paper: 128 bits, read and typed by people."""

from hypothesis import given
from hypothesis import strategies as st

from matjar.edge import codes


def test_a_code_survives_being_written_down_and_typed_again() -> None:
    code = codes.mint()
    assert len(code) == 26
    assert codes.fold(codes.grouped(code).lower().replace("-", " ")) == code
    assert codes.fold(code.replace("1", "l").replace("0", "o")) == code


def test_no_two_codes_are_alike_and_none_has_letters_that_look_like_others() -> None:
    minted = {codes.mint() for _ in range(500)}
    assert len(minted) == 500
    assert not set("ILOU") & set("".join(minted))


@given(st.text())
def test_whatever_is_typed_is_folded_and_bounded(typed: str) -> None:
    assert len(codes.fold(typed)) <= 64 * 3
