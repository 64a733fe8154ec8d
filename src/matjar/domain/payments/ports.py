"""What payments asks of the world: a gateway, called between transactions, never within one."""

from enum import StrEnum
from typing import Protocol

import msgspec

from matjar.core.refusal import Kind, declare

GATEWAY_AWAY = declare(
    "payments.gateway_away", Kind.AWAY, "The payment provider does not answer. You were not charged."
)
BAD_SIGNATURE = declare("payments.bad_signature", Kind.FORBIDDEN, "The message's signature is not the gateway's.")


class State(StrEnum):
    """What became of a charge."""

    CHARGING = "charging"      # asked for; the answer is not known yet
    CHALLENGED = "challenged"  # the buyer must go to the gateway's own page, for 3-D Secure say
    AUTHORIZED = "authorized"  # the money is held, to be captured later
    CAPTURED = "captured"      # the money is ours
    DEFERRED = "deferred"      # to be paid outside: on delivery, by bank transfer
    DECLINED = "declined"
    VOIDED = "voided"
    ABANDONED = "abandoned"    # nothing came of it


class Charge(msgspec.Struct, frozen=True):
    """A charge to make. ``key`` is the idempotency key: the same key never charges twice."""

    key: str
    amount_minor: int
    currency: str
    token: str
    """What the gateway's own form gave the buyer for a card; ours to pass on, never a card number. Empty: none is
    needed, or the gateway asks for the card on its own page, and its answer is ``challenged``."""
    capture: bool
    return_url: str
    """Where the gateway sends the buyer back to, after its own page."""


class Outcome(msgspec.Struct, frozen=True):
    """What the gateway says became of a charge."""

    state: State
    reference: str = ""
    amount_minor: int = 0
    challenge_url: str = ""
    decline_code: str = ""
    card_fingerprint: str = ""


class Message(msgspec.Struct, frozen=True):
    """A verified webhook: what became of the charge with this key."""

    message_id: str
    key: str
    outcome: Outcome


class Gateway(Protocol):
    """A payment provider. Every method may raise ``payments.gateway_away``; then the outcome is unknown."""

    name: str

    async def fingerprint(self, token: str) -> str:
        """What tells one card from another, the same for every token of that card; empty where there is none."""

    async def charge(self, charge: Charge) -> Outcome:
        """Charge, or find what an earlier call with this key did."""

    async def find(self, key: str, reference: str) -> Outcome | None:
        """What became of the charge with this key; None: the gateway never heard of it."""

    async def capture(self, reference: str, amount_minor: int, key: str) -> Outcome:
        """Take money that was authorized; repeating a key takes it once."""

    async def void(self, reference: str, key: str) -> Outcome:
        """Let go of an authorization."""

    async def refund(self, reference: str, amount_minor: int, currency: str, key: str) -> bool:
        """Give money back; repeating a key gives it once. False: the gateway will not."""

    def read_message(self, headers: dict[str, str], body: bytes) -> Message | None:
        """Verify and read a webhook; refuses ``payments.bad_signature``. None: genuine, but not about a charge."""

    async def close(self) -> None:
        """Give its connections back."""
