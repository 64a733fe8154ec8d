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


def test_a_paper_s_link_and_the_way_out_of_news_open_what_they_are_of_and_nothing_else() -> None:
    paper, news = TOKENS.of_paper(1, "INV-000077"), TOKENS.of_news(1, 77)
    assert TOKENS.open_paper(1, paper) == "INV-000077"
    assert TOKENS.open_news(1, news) == 77
    for open_, token in ((TOKENS.open_paper, news), (TOKENS.open_news, TOKENS.of_return(1, 77))):
        with pytest.raises(Refusal, match=r"link\.invalid"):
            open_(1, token)
    for name in ("INV-000078", "CN-000077"):
        with pytest.raises(Refusal, match=r"link\.invalid"):
            TOKENS.open_paper(1, f"{name}.{paper.rpartition('.')[2]}")
