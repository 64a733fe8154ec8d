"""What Stripe says of a charge, in the words of our port."""

from typing import Any

import msgspec

from matjar.core.money import exponent
from matjar.domain.payments.ports import Outcome, State

_EXPONENTS = {"ISK": 2, "UGX": 2, "MGA": 0}
"""Where Stripe counts otherwise than ISO 4217: https://docs.stripe.com/currencies#special-cases"""

_TENS = (1, 10, 100)

_STATES = {
    "succeeded": State.CAPTURED,
    "requires_capture": State.AUTHORIZED,
    "requires_action": State.CHALLENGED,
    "requires_confirmation": State.CHARGING,
    "processing": State.CHARGING,
    "requires_payment_method": State.DECLINED,
    "canceled": State.VOIDED,
}


class _Card(msgspec.Struct, frozen=True):
    fingerprint: str | None = None


class _Method(msgspec.Struct, frozen=True):
    card: _Card | None = None


class _Redirect(msgspec.Struct, frozen=True):
    url: str | None = None


class _NextAction(msgspec.Struct, frozen=True):
    redirect_to_url: _Redirect | None = None


class _Failure(msgspec.Struct, frozen=True):
    code: str | None = None
    decline_code: str | None = None
    payment_intent: dict[str, Any] | None = None


class Intent(msgspec.Struct, frozen=True):
    """A PaymentIntent, as far as it concerns us. Its payment method is a bare id unless it was asked for."""

    id: str
    status: str
    amount: int
    currency: str
    amount_received: int | None = None
    payment_method: _Method | str | None = None
    next_action: _NextAction | None = None
    last_payment_error: _Failure | None = None
    metadata: dict[str, str] = {}


class Refund(msgspec.Struct, frozen=True):
    """A refund, as far as it concerns us."""

    id: str
    status: str | None = None
    metadata: dict[str, str] = {}


def to_stripe(amount_minor: int, currency: str) -> int:
    """Our minor units as Stripe's. A part that Stripe has no unit for cannot be charged, and stops loudly."""
    shift = _shift(currency)
    if shift >= 0:
        return amount_minor * _TENS[shift]
    amount, rest = divmod(amount_minor, _TENS[-shift])
    if rest:
        raise ValueError(f"Stripe has no unit for {amount_minor} of {currency}")
    return amount


def from_stripe(amount: int, currency: str) -> int:
    """Stripe's units as our minor units."""
    shift = _shift(currency)
    return amount // _TENS[shift] if shift >= 0 else amount * _TENS[-shift]


def _shift(currency: str) -> int:
    """How many decimals more Stripe counts in than we do."""
    ours = exponent(currency)
    return _EXPONENTS.get(currency, ours) - ours


def outcome_of(intent: Intent | None) -> Outcome:
    """Say how a PaymentIntent stands; one that Stripe does not know came to nothing."""
    if intent is None:
        return Outcome(State.ABANDONED)
    state = _STATES[intent.status]
    redirect = intent.next_action.redirect_to_url if intent.next_action else None
    method = intent.payment_method
    return Outcome(
        state,
        intent.id,
        _amount(intent, state),
        (redirect.url or "") if redirect else "",
        _decline_code(intent.last_payment_error) if state is State.DECLINED else "",
        (method.card.fingerprint or "") if isinstance(method, _Method) and method.card else "",
    )


def read_error(body: Any) -> Outcome:
    """A charge that Stripe answered with an error: no money moved, so for the buyer it is declined."""
    failure = msgspec.convert(body["error"], _Failure)
    if failure.payment_intent is None:
        return Outcome(State.DECLINED, decline_code=_decline_code(failure))
    outcome = outcome_of(msgspec.convert(failure.payment_intent, Intent))
    return msgspec.structs.replace(outcome, decline_code=_decline_code(failure))


def _amount(intent: Intent, state: State) -> int:
    if state in (State.DECLINED, State.VOIDED):
        return 0
    received = intent.amount_received if state is State.CAPTURED else None
    return from_stripe(intent.amount if received is None else received, intent.currency.upper())


def _decline_code(failure: _Failure | None) -> str:
    return (failure.decline_code or failure.code or "refused") if failure else "refused"
