"""Test cards, and the tokens that stand for them.

The numbers are those that Stripe publishes for tests (https://docs.stripe.com/testing) where it has one with the same
meaning, so one list serves people and suites with both gateways. No other number is taken: nobody's real card ends up
here. A token says all that the twin needs to know, so tokens need no book and the shop reads the card's fingerprint
from the token itself, without a call.
"""

import hashlib

import msgspec

from matjar.core.ids import mint_token as mint_chance
from matjar.core.refusal import Kind, declare

NOT_A_TEST_CARD = declare("twin.not_a_test_card", Kind.INVALID, "This is not the number of a test card.")

_MANY = "42424242"
"""Any number that begins like this and passes the Luhn check approves, so that many buyers have cards of their own."""


class Card(msgspec.Struct, frozen=True):
    """How the bank behind a test card behaves."""

    name: str
    number: str
    decline_code: str = ""
    challenged: bool = False
    """The buyer must approve on the gateway's own page first: 3-D Secure."""
    slow: bool = False
    answer_lost: bool = False
    """The charge is made and written, but the connection breaks before the answer."""
    refund_refused: bool = False


CARDS = (
    Card("approved", "4242424242424242"),
    Card("declined", "4000000000000002", decline_code="generic_decline"),
    Card("insufficient_funds", "4000000000009995", decline_code="insufficient_funds"),
    Card("lost_card", "4000000000009987", decline_code="lost_card"),
    Card("stolen_card", "4000000000009979", decline_code="stolen_card"),
    Card("expired_card", "4000000000000069", decline_code="expired_card"),
    Card("incorrect_cvc", "4000000000000127", decline_code="incorrect_cvc"),
    Card("challenged", "4000002760003184", challenged=True),
    Card("challenged_declined", "4000008260003178", challenged=True, decline_code="insufficient_funds"),
    Card("refund_refused", "4000000000005126", refund_refused=True),
    Card("slow", "4000000000008880", slow=True),
    Card("answer_lost", "4000000000005555", answer_lost=True),
)
_by_number = {card.number: card for card in CARDS}
_by_name = {card.name: card for card in CARDS}


def mint_token(number: str) -> str:
    """A fresh token for a test card's number, spaces allowed; refuses ``twin.not_a_test_card``."""
    digits = number.replace(" ", "").replace("-", "")[:32]
    card = _by_number.get(digits)
    if card is None and digits.startswith(_MANY) and len(digits) == 16 and _passes_luhn(digits):
        card = CARDS[0]
    if card is None:
        raise NOT_A_TEST_CARD().at("number")
    print_of_card = hashlib.sha256(digits.encode()).hexdigest()[:16]
    return f"tok-{print_of_card}-{card.name}-{mint_chance()}"


def read_token(token: str) -> tuple[Card | None, str]:
    """The card that a token stands for and the card's fingerprint; None: the twin gave out no such token."""
    parts = token.split("-", 3)
    if len(parts) != 4 or parts[0] != "tok":
        return None, ""
    return _by_name.get(parts[2]), parts[1]


def _passes_luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1, annex B."""
    if not (digits.isascii() and digits.isdigit()):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in digits[::-2])) % 10 == 0
