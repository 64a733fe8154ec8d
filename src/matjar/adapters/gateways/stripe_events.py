"""What Stripe's webhooks tell: which events decide, and of which charge.

https://docs.stripe.com/api/events/types
"""

import msgspec

from matjar.adapters.gateways.stripe_intents import Intent, outcome_of
from matjar.adapters.gateways.stripe_line import KEY
from matjar.adapters.gateways.stripe_pages import PAGE_KEY, Session, outcome_of_page
from matjar.domain.payments.ports import Message, Outcome

_FAILED = "payment_intent.payment_failed"
_INTENT_EVENTS = frozenset(
    (
        "payment_intent.succeeded",
        _FAILED,
        "payment_intent.canceled",
        "payment_intent.amount_capturable_updated",
    )
)
_PAGE_EVENTS = frozenset(("checkout.session.completed", "checkout.session.expired"))
"""Events that decide. Others may arrive late and would tell of a state that is past."""


class _Data(msgspec.Struct, frozen=True):
    object: msgspec.Raw


class _Event(msgspec.Struct, frozen=True):
    id: str
    type: str
    data: _Data


_read_event = msgspec.json.Decoder(_Event).decode
_read_intent = msgspec.json.Decoder(Intent).decode
_read_session = msgspec.json.Decoder(Session).decode


def read(body: bytes) -> Message | None:
    """Read a verified event; None: not about a charge of ours, or not the end of it."""
    event = _read_event(body)
    if event.type in _INTENT_EVENTS:
        key, outcome = _of_intent(event.type, _read_intent(event.data.object))
    elif event.type in _PAGE_EVENTS:
        session = _read_session(event.data.object)
        key, outcome = session.metadata.get(KEY), outcome_of_page(session)
    else:
        return None
    return Message(event.id, key, outcome) if key else None


def _of_intent(kind: str, intent: Intent) -> tuple[str | None, Outcome]:
    """On a page, a card that failed may be followed by another: there it is no news."""
    key = intent.metadata.get(KEY)
    if key is None and kind != _FAILED:
        key = intent.metadata.get(PAGE_KEY)
    return key, outcome_of(intent)
