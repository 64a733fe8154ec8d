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


class _Marked(msgspec.Struct, frozen=True):
    metadata: dict[str, str] | None = None


_read_event = msgspec.json.Decoder(_Event).decode
_read_marked = msgspec.json.Decoder(_Marked).decode
_read_intent = msgspec.json.Decoder(Intent).decode
_read_session = msgspec.json.Decoder(Session).decode


def read(body: bytes) -> Message | None:
    """Read a verified event; None: not about a charge of ours, or not the end of it."""
    event = _read_event(body)
    if event.type not in _INTENT_EVENTS and event.type not in _PAGE_EVENTS:
        return None
    key = _key_of(event)
    return Message(event.id, key, _outcome_of(event)) if key else None


def _key_of(event: _Event) -> str | None:
    """Our key, if it is our charge. On a page, a card that failed may be followed by another: there it is no news."""
    marks = _read_marked(event.data.object).metadata or {}
    return marks.get(KEY) or (None if event.type == _FAILED else marks.get(PAGE_KEY))


def _outcome_of(event: _Event) -> Outcome:
    if event.type in _PAGE_EVENTS:
        return outcome_of_page(_read_session(event.data.object))
    return outcome_of(_read_intent(event.data.object))
