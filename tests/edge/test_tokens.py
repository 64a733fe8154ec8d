"""Tokens: found again by whoever knows the secret, guessed by nobody."""

import pytest

from matjar.core.refusal import Refusal
from matjar.edge.tokens import Tokens

TOKENS = Tokens("a secret of at least 22 signs")


def test_a_retry_under_the_same_key_finds_the_same_token_in_its_shop_only() -> None:
    assert TOKENS.of_key(1, "checkout", "k") == TOKENS.of_key(1, "checkout", "k")
    others = {TOKENS.of_key(2, "checkout", "k"), TOKENS.of_key(1, "cart", "k"), TOKENS.of_key(1, "checkout", "l")}
    assert TOKENS.of_key(1, "checkout", "k") not in others
    assert len(others) == 3


def test_the_way_back_opens_its_own_checkout() -> None:
    assert TOKENS.open_return(1, TOKENS.of_return(1, 77)) == 77


@pytest.mark.parametrize("token", ["", ".", "77", "77.", "٧٧.x", "78." + TOKENS.of_return(1, 77)[3:], "9" * 40 + ".x"])
def test_a_link_that_was_made_up_opens_nothing(token: str) -> None:
    with pytest.raises(Refusal, match=r"link\.invalid"):
        TOKENS.open_return(1, token)


def test_another_shop_s_or_another_secret_s_link_opens_nothing() -> None:
    with pytest.raises(Refusal):
        TOKENS.open_return(2, TOKENS.of_return(1, 77))
    with pytest.raises(Refusal):
        TOKENS.open_return(1, Tokens("another secret of 22 signs").of_return(1, 77))
