"""What the twin says of a charge, in answers and in webhooks alike."""

import hashlib
import hmac

import msgspec

from matjar.workers.gateway_twin.charges import Charge, State


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a charge. ``challenge_url`` is where the buyer goes to approve it."""

    state: State
    reference: str
    amount_minor: int = 0
    challenge_url: str = ""
    decline_code: str = ""
    card_fingerprint: str = ""


class News(msgspec.Struct, frozen=True):
    """A webhook's body. The same news has the same id, however often it is sent."""

    message_id: str
    key: str
    outcome: Outcome


def outcome_of(charge: Charge, challenge_url: str = "") -> Outcome:
    """Say how a charge stands."""
    return Outcome(
        charge.state,
        charge.reference,
        charge.amount_minor,
        challenge_url if charge.state is State.CHALLENGED else "",
        charge.decline_code,
        charge.card_fingerprint,
    )


def news_of(charge: Charge) -> News:
    """Say how a charge stands, for the shop's door."""
    return News(f"msg_{charge.ask.key}_{charge.state}", charge.ask.key, outcome_of(charge))


def seal(secret: str, key: str) -> str:
    """What makes the address of a charge's page one that nobody guesses."""
    return hmac.new(secret.encode(), f"pay.{key}".encode(), hashlib.sha256).hexdigest()[:32]


def sign(secret: str, body: bytes, at_seconds: int) -> str:
    """A webhook's signature header: HMAC-SHA256 over its time and body, written as Stripe writes its own."""
    mac = hmac.new(secret.encode(), f"{at_seconds}.".encode() + body, hashlib.sha256)
    return f"t={at_seconds},v1={mac.hexdigest()}"
