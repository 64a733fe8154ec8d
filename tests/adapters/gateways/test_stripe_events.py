"""What Stripe's webhooks tell of a charge without a page, and of one that is paid on Stripe's page."""

import msgspec
import pytest

from matjar.adapters.gateways.stripe_events import read
from matjar.adapters.gateways.stripe_line import KEY
from matjar.adapters.gateways.stripe_pages import PAGE_KEY
from matjar.domain.payments.ports import Message, Outcome, State

INTENT = {"id": "pi_1", "amount": 19_900, "currency": "aed", "metadata": {KEY: "7-1"}}
INTENT_OF_PAGE = INTENT | {"metadata": {PAGE_KEY: "7-1"}}
SESSION = {
    "id": "cs_1", "status": "complete", "payment_status": "paid", "amount_total": 19_900, "currency": "aed",
    "payment_intent": "pi_1", "url": None, "metadata": {KEY: "7-1"},
}  # fmt: skip
PAID = Outcome(State.CAPTURED, "pi_1", 19_900)
HELD = Outcome(State.AUTHORIZED, "pi_1", 19_900)


def told(kind: str, about: dict[str, object]) -> Message | None:
    return read(msgspec.json.encode({"id": "evt_1", "type": kind, "data": {"object": about}}))


@pytest.mark.parametrize("intent", [INTENT, INTENT_OF_PAGE], ids=["alone", "of a page"])
@pytest.mark.parametrize(
    ("kind", "status", "outcome"),
    [
        ("succeeded", "succeeded", PAID),
        ("amount_capturable_updated", "requires_capture", HELD),
        ("canceled", "canceled", Outcome(State.VOIDED, "pi_1")),
    ],
)
def test_the_end_of_a_charge_is_told(intent: dict[str, object], kind: str, status: str, outcome: Outcome) -> None:
    assert told(f"payment_intent.{kind}", intent | {"status": status}) == Message("evt_1", "7-1", outcome)


def test_a_card_that_failed_ends_a_charge_but_not_a_page() -> None:
    failed = {"status": "requires_payment_method", "last_payment_error": {"decline_code": "stolen_card"}}
    declined = Outcome(State.DECLINED, "pi_1", decline_code="stolen_card")
    assert told("payment_intent.payment_failed", INTENT | failed) == Message("evt_1", "7-1", declined)
    assert told("payment_intent.payment_failed", INTENT_OF_PAGE | failed) is None


def test_a_page_that_was_paid_is_told_by_its_money() -> None:
    assert told("checkout.session.completed", SESSION) == Message("evt_1", "7-1", PAID)


def test_a_page_whose_money_is_only_held_leaves_that_to_the_charge_to_tell() -> None:
    held = told("checkout.session.completed", SESSION | {"payment_status": "unpaid"})
    assert held is not None
    assert held.outcome.state is State.CHARGING


def test_a_page_that_is_over_is_told() -> None:
    over = SESSION | {"status": "expired", "payment_status": "unpaid", "payment_intent": None}
    assert told("checkout.session.expired", over) == Message("evt_1", "7-1", Outcome(State.ABANDONED, "cs_1"))


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("checkout.session.completed", SESSION | {"metadata": {}}),
        ("checkout.session.completed", {"id": "cs_2", "mode": "setup", "amount_total": None, "metadata": None}),
        ("payment_intent.succeeded", INTENT | {"status": "succeeded", "metadata": {"somebody": "else"}}),
        ("payment_intent.processing", INTENT | {"status": "processing"}),
        ("customer.created", {"id": "cus_1"}),
    ],
)
def test_what_is_not_about_the_end_of_a_charge_of_ours_is_let_be(kind: str, about: dict[str, object]) -> None:
    assert told(kind, about) is None
