"""What can become of a charge, whatever is asked of it and in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.core.refusal import Refusal
from matjar.workers.gateway_twin import charges
from matjar.workers.gateway_twin.cards import CARDS, Card, mint_token, read_token
from matjar.workers.gateway_twin.charges import Ask, Charge, State, Step

KEYS = st.sampled_from(["a", "b", "c"])
STEPS = st.builds(Step, KEYS, st.integers(-10, 200))
ACTIONS = st.one_of(
    st.tuples(st.just("capture"), STEPS),
    st.tuples(st.just("refund"), STEPS),
    st.tuples(st.just("void"), st.none()),
    st.tuples(st.just("answer"), st.booleans()),
)


def begun(number: str, *, capture: bool = True) -> Charge:
    return charges.begin(Ask("7-1", 100, "AED", mint_token(number), capture))


def take(charge: Charge, action: str, given_: object) -> Charge:
    """The charge after an action; the same where the twin says no."""
    try:
        match action, given_:
            case "capture", Step() as step:
                return charges.capture(charge, step)
            case "refund", Step() as step:
                return charges.refund(charge, step)
            case "answer", bool() as approved:
                return charges.answer_challenge(charge, approved=approved)
            case _:
                return charges.void(charge)
    except Refusal:
        return charge


@given(st.sampled_from(CARDS), st.booleans(), st.lists(ACTIONS, max_size=12))
def test_no_more_is_taken_than_asked_and_no_more_given_back_than_taken(
    card: Card, capture: bool, actions: list[tuple[str, object]]
) -> None:
    charge = begun(card.number, capture=capture)
    for action, given_ in actions:
        before, charge = charge, take(charge, action, given_)
        taken = charge.taken.amount_minor if charge.taken else 0
        given_back = [step.amount_minor for step in charge.refunds]
        assert 0 <= sum(given_back) <= taken <= 100
        assert all(amount > 0 for amount in given_back)
        assert len({step.key for step in charge.refunds}) == len(charge.refunds)
        assert (charge.state is State.CAPTURED) == (charge.taken is not None)
        if before.state in (State.DECLINED, State.VOIDED):
            assert charge == before
        assert take(charge, action, given_) == charge, "a repeated step changes nothing"


@pytest.mark.parametrize("card", [card for card in CARDS if card.decline_code and not card.challenged])
def test_a_declining_card_says_why(card: Card) -> None:
    charge = begun(card.number)
    assert (charge.state, charge.decline_code) == (State.DECLINED, card.decline_code)


def test_a_step_with_a_used_key_and_another_amount_is_refused() -> None:
    charge = charges.refund(begun("4242424242424242"), Step("r", 10))
    with pytest.raises(Refusal, match="twin.key_reused"):
        charges.refund(charge, Step("r", 20))


def test_a_bank_may_not_take_money_back() -> None:
    with pytest.raises(Refusal, match="twin.refund_refused"):
        charges.refund(begun("4000000000005126"), Step("r", 10))


def test_a_part_of_what_is_held_can_be_taken() -> None:
    taken = charges.capture(begun("4242424242424242", capture=False), Step("t", 60))
    assert (taken.state, taken.amount_minor) == (State.CAPTURED, 60)


@pytest.mark.parametrize(
    "number", ["4242424242424241", "4111111111111111", "42424242", "", "4" * 40, "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"]
)
def test_only_test_cards_are_taken(number: str) -> None:
    with pytest.raises(Refusal, match="twin.not_a_test_card"):
        mint_token(number)


@pytest.mark.parametrize("token", ["", "tok", "tok-a-b", "tok-a-nobody-c", "pm_card_visa", "xxx-a-approved-c"])
def test_a_made_up_token_stands_for_no_card(token: str) -> None:
    assert read_token(token)[0] is None
    assert charges.begin(Ask("7-1", 100, "AED", token)).decline_code == "invalid_token"
