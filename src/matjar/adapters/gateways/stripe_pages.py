"""Stripe's own page for a payment, a Checkout Session: opened, found, expired. No card is typed on ours.

https://docs.stripe.com/api/checkout/sessions

A session goes by its own id until somebody has paid there, and then by its PaymentIntent's. A card that is declined
ends nothing: the buyer may try another on the same page, until the page has expired.
"""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from matjar.adapters.gateways.stripe_intents import Intent, from_stripe, outcome_of, read_error, to_stripe
from matjar.adapters.gateways.stripe_line import KEY, PAGE, Line
from matjar.domain.payments.ports import Charge, Outcome, State

if TYPE_CHECKING:
    from stripe import StripeObject
    from stripe.params.checkout import SessionCreateParams

PAGE_KEY = "matjar_page_key"
"""Our key in the metadata of a PaymentIntent that belongs to a page: another name, because until the session is over
what becomes of the intent is no news."""

_EXPAND = ["payment_intent.payment_method"]
_EXPAND_LISTED = ["data.payment_intent.payment_method"]


class Session(msgspec.Struct, frozen=True):
    """A Checkout Session, as far as it concerns us. Its PaymentIntent is a bare id unless it was asked for."""

    id: str
    status: str
    currency: str
    amount_total: int
    payment_status: str
    url: str | None = None
    payment_intent: Intent | str | None = None
    metadata: dict[str, str] = {}


def is_page(reference: str) -> bool:
    """Whether a reference is a page's."""
    return reference.startswith("cs_")


class Pages:
    """The pages of one account."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._sessions = line.client.v1.checkout.sessions

    async def open(self, charge: Charge) -> Outcome:
        """A page to send the buyer to; a second time, Stripe repeats its first answer for 24 hours."""
        try:
            opened = await self._line.ask(
                self._sessions.create_async(_page_for(charge), {"idempotency_key": charge.key})
            )
        except self._line.refused as error:
            return read_error(error.json_body)
        return outcome_of_page(_session(opened))

    async def find(self, reference: str) -> Outcome | None:
        """How a page stands."""
        session = await self._find(reference)
        return outcome_of_page(session) if session else None

    async def find_by_key(self, key: str) -> Outcome | None:
        """How the page with this key stands, if it is among the newest.

        An older one that we have no reference of was never shown to a buyer, so nobody can have paid there.
        """
        async for listed in self._line.newest(self._sessions.list_async({"limit": PAGE, "expand": _EXPAND_LISTED})):
            # The account may have other sessions than ours, with neither amount nor currency.
            if (listed.to_dict().get("metadata") or {}).get(KEY) == key:
                return outcome_of_page(_session(listed))
        return None

    async def find_intent(self, reference: str) -> Intent | None:
        """The money that was paid on a page."""
        session = await self._find(reference)
        return session.payment_intent if session and isinstance(session.payment_intent, Intent) else None

    async def expire(self, reference: str) -> Outcome:
        """See to it that nobody can pay there any more; where somebody has, say how the charge stands."""
        try:
            expired = await self._line.ask(self._sessions.expire_async(reference, {"expand": _EXPAND}))
        except self._line.refused:
            return await self.find(reference) or Outcome(State.ABANDONED)
        return outcome_of_page(_session(expired))

    async def _find(self, reference: str) -> Session | None:
        found = await self._line.find(self._sessions.retrieve_async(reference, {"expand": _EXPAND}))
        return _session(found) if found else None


def outcome_of_page(session: Session) -> Outcome:
    """Say how a page stands: to be paid, paid, or over."""
    amount_minor = from_stripe(session.amount_total, session.currency.upper())
    match session.status, session.payment_intent:
        case "open", _:
            return Outcome(State.CHALLENGED, session.id, amount_minor, session.url or "")
        case "complete", Intent() as intent:
            return outcome_of(intent)
        case "complete", str(intent_id) if session.payment_status == "paid":
            return Outcome(State.CAPTURED, intent_id, amount_minor)
        case "complete", _:
            return Outcome(State.CHARGING, session.id, amount_minor)
        case _:
            return Outcome(State.ABANDONED, session.id)


def _page_for(charge: Charge) -> "SessionCreateParams":
    """One line with the whole amount, named after the shop's address.

    Only cards, which are paid at once, and only in the currency that was shown. It expires after 24 hours: a time of
    ours would be other content under the same key, and the finisher ends it long before. Its language is the browser's,
    as far as Stripe speaks it.
    """
    return {
        "mode": "payment",
        "line_items": [
            {
                "price_data": {
                    "currency": charge.currency.lower(),
                    "unit_amount": to_stripe(charge.amount_minor, charge.currency),
                    "product_data": {"name": urlsplit(charge.return_url).hostname or ""},
                },
                "quantity": 1,
            }
        ],
        "allowed_payment_method_types": ["card"],
        "adaptive_pricing": {"enabled": False},
        "payment_intent_data": {
            "capture_method": "automatic" if charge.capture else "manual",
            "metadata": {PAGE_KEY: charge.key},
        },
        "metadata": {KEY: charge.key},
        "success_url": charge.return_url,
        "cancel_url": charge.return_url,
    }


def _session(answer: "StripeObject") -> Session:
    return msgspec.convert(answer.to_dict(), Session)
