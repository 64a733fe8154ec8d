"""Stripe, through its own SDK: one PaymentIntent per charge, found again by the key in its metadata.

https://docs.stripe.com/api/payment_intents

A charge without a card's token leads the buyer to Stripe's own page, and is known by the page's id until it is paid.
"""

from collections.abc import Awaitable
from typing import TYPE_CHECKING

import msgspec

from matjar.adapters.gateways import stripe_events
from matjar.adapters.gateways.stripe_intents import Intent, Refund, outcome_of, read_error, to_stripe
from matjar.adapters.gateways.stripe_line import KEY, PAGE, Line
from matjar.adapters.gateways.stripe_pages import Pages, is_page
from matjar.domain.payments.ports import BAD_SIGNATURE, Charge, Message, Outcome, State

if TYPE_CHECKING:
    from stripe import StripeObject

_EXPAND = ["payment_method"]  # for the card's fingerprint
_EXPAND_LISTED = ["data.payment_method"]


class Stripe:
    """One Stripe account. Belongs to one event loop; close it there. ``api_url`` is for tests."""

    name = "stripe"

    def __init__(self, api_key: str, *, webhook_secret: str, timeout_seconds: float = 20.0, api_url: str = "") -> None:
        self._webhook_secret = webhook_secret
        self._line = Line(api_key, timeout_seconds=timeout_seconds, api_url=api_url)
        self._pages = Pages(self._line)
        self._intents = self._line.client.v1.payment_intents
        self._methods = self._line.client.v1.payment_methods
        self._refunds = self._line.client.v1.refunds

    async def fingerprint(self, token: str) -> str:
        """Ask Stripe; a token that it does not know has none, and will be declined."""
        try:
            method = await self._line.ask(self._methods.retrieve_async(token))
        except self._line.sdk.InvalidRequestError:
            return ""
        return method.card.fingerprint or "" if method.card else ""

    async def charge(self, charge: Charge) -> Outcome:
        """Create and confirm at once, or without a token open a page to pay on.

        A second time, Stripe repeats its first answer for 24 hours.
        """
        if not charge.token:
            return await self._pages.open(charge)
        try:
            created = await self._line.ask(
                self._intents.create_async(
                    {
                        "amount": to_stripe(charge.amount_minor, charge.currency),
                        "currency": charge.currency.lower(),
                        "payment_method": charge.token,
                        "capture_method": "automatic" if charge.capture else "manual",
                        "confirm": True,
                        "return_url": charge.return_url,
                        "metadata": {KEY: charge.key},
                        "expand": _EXPAND,
                    },
                    {"idempotency_key": charge.key},
                )
            )
        except self._line.refused as error:
            return read_error(error.json_body)
        return outcome_of(_intent(created))

    async def find(self, key: str, reference: str) -> Outcome | None:
        """By reference, else among the newest charges, else by Stripe's search, else among the newest pages.

        Stripe's list is up to date and its search a minute or more behind, so the list is asked first; a charge that
        is no longer among the newest few hundred is old enough for the search.
        """
        if is_page(reference):
            return await self._pages.find(reference)
        if reference:
            intent = await self._find_intent(reference)
            return outcome_of(intent) if intent else None
        async for listed in self._line.newest(self._intents.list_async({"limit": PAGE, "expand": _EXPAND_LISTED})):
            intent = _intent(listed)
            if intent.metadata.get(KEY) == key:
                return outcome_of(intent)
        return await self._search(key) or await self._pages.find_by_key(key)

    async def capture(self, reference: str, amount_minor: int, key: str) -> Outcome:
        """Take money that was authorized; where none is held any more, say how the charge stands."""
        intent = await self._find_intent(reference)
        if intent is None or intent.status != "requires_capture":
            return outcome_of(intent)
        amount = to_stripe(amount_minor, intent.currency.upper())
        return await self._change(
            intent,
            self._intents.capture_async(
                intent.id, {"amount_to_capture": amount, "expand": _EXPAND}, {"idempotency_key": key}
            ),
        )

    async def void(self, reference: str, key: str) -> Outcome:
        """Let go of an authorization, a challenge or a page; else say how the charge stands."""
        if is_page(reference):
            outcome = await self._pages.expire(reference)
            if outcome.state is not State.AUTHORIZED:
                return outcome
        intent = await self._find_intent(reference)
        if intent is None or intent.status not in ("requires_capture", "requires_action"):
            return outcome_of(intent)
        return await self._change(intent, self._intents.cancel_async(intent.id, {}, {"idempotency_key": key}))

    async def refund(self, reference: str, amount_minor: int, currency: str, key: str) -> bool:
        """Give money back. Stripe forgets keys after a day, so what was given is looked up before giving again."""
        intent = await self._find_intent(reference)
        if intent is None:
            return False
        given = await self._line.ask(self._refunds.list_async({"payment_intent": intent.id, "limit": PAGE}))
        refund = next((each for each in map(_refund, given.data) if each.metadata.get(KEY) == key), None)
        if refund is None:
            try:
                made = await self._line.ask(
                    self._refunds.create_async(
                        {
                            "payment_intent": intent.id,
                            "amount": to_stripe(amount_minor, currency),
                            "metadata": {KEY: key},
                        },
                        {"idempotency_key": key},
                    )
                )
            except self._line.refused:
                return False
            refund = _refund(made)
        return refund.status not in ("failed", "canceled")

    def read_message(self, headers: dict[str, str], body: bytes) -> Message | None:
        """Verify with the SDK, within five minutes; header names are in lower case."""
        sdk = self._line.sdk
        try:
            sdk.WebhookSignature.verify_header(
                body, headers.get("stripe-signature"), self._webhook_secret, sdk.Webhook.DEFAULT_TOLERANCE
            )
        except (sdk.SignatureVerificationError, UnicodeDecodeError, TypeError) as error:
            # The latter two are how the SDK stumbles over a body or a signature that is not even text.
            raise BAD_SIGNATURE(gateway=self.name) from error
        return stripe_events.read(body)

    async def close(self) -> None:
        """Give the connections back."""
        await self._line.close()

    async def _find_intent(self, reference: str) -> Intent | None:
        """The money behind a reference, which is its own or its page's."""
        if is_page(reference):
            return await self._pages.find_intent(reference)
        found = await self._line.find(self._intents.retrieve_async(reference, {"expand": _EXPAND}))
        return _intent(found) if found else None

    async def _search(self, key: str) -> Outcome | None:
        query = f"metadata['{KEY}']:'{key}'"
        found = await self._line.ask(self._intents.search_async({"query": query, "limit": 1, "expand": _EXPAND_LISTED}))
        return outcome_of(_intent(found.data[0])) if found.data else None

    async def _change(self, intent: Intent, change: "Awaitable[StripeObject]") -> Outcome:
        """Change a charge; where something else changed it first, say how it stands."""
        try:
            return outcome_of(_intent(await self._line.ask(change)))
        except self._line.refused:
            return outcome_of(await self._find_intent(intent.id))


def _intent(answer: "StripeObject") -> Intent:
    return msgspec.convert(answer.to_dict(), Intent)


def _refund(answer: "StripeObject") -> Refund:
    return msgspec.convert(answer.to_dict(), Refund)
