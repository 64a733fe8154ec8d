"""Turning back: from the gateway's page, from a card that was declined, from the whole checkout."""

import msgspec

from matjar.core.tx import Tx
from matjar.domain import attempts, discounts, inventory, payments
from matjar.domain.checkout import queries, rules, store
from matjar.domain.checkout.model import Checkout, Status
from matjar.domain.payments import Outcome, State

replace = msgspec.structs.replace


def reopen(tx: Tx, *, token_hash: bytes) -> Checkout:
    """The buyer turns back from the gateway's page: the payment is abandoned, and would be given back if it came."""
    checkout = queries.load(tx, token_hash=token_hash)
    if checkout.status is not Status.REQUIRES_ESCALATION or checkout.payment is None:
        return checkout
    abandoned = Outcome(State.ABANDONED)
    payments.note(tx, intent_id=checkout.payment.intent_id, outcome=abandoned, due_at=tx.now)
    return give_back(tx, replace(checkout, payment=None), abandoned)


def cancel(tx: Tx, *, token_hash: bytes) -> Checkout:
    """End a checkout that the buyer does not want any more. Refuses once it is paid or being paid."""
    checkout = reopen(tx, token_hash=token_hash)
    if checkout.status is Status.CANCELED:
        return checkout
    rules.check_open(checkout)
    canceled = replace(checkout, status=Status.CANCELED)
    store.update(tx, canceled)
    return canceled


def give_back(tx: Tx, checkout: Checkout, outcome: Outcome) -> Checkout:
    """Give back what was held, and let the buyer try again; declines are counted against card testing."""
    inventory.release(tx, checkout_id=checkout.id)
    discounts.give_back(tx, checkout_id=checkout.id)
    payment = checkout.payment
    if payment is not None:
        if outcome.state is State.DECLINED:
            guards = rules.decline_guards(payment.address, outcome.card_fingerprint, str(checkout.id))
            attempts.count_all(tx, limits=guards)
        payment = replace(payment, state=outcome.state, challenge_url="", decline_code=outcome.decline_code)
    reopened = rules.settled_open(replace(checkout, payment=payment))
    store.update(tx, reopened)
    return reopened
