"""Stripe, through its own SDK: one PaymentIntent per charge, found again by the key in its metadata.

https://docs.stripe.com/api/payment_intents
"""

import asyncio
from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar

import msgspec

from matjar.adapters.gateways.stripe_intents import Intent, Refund, outcome_of, read_error, to_stripe
from matjar.domain.payments.ports import BAD_SIGNATURE, GATEWAY_AWAY, Charge, Message, Outcome

if TYPE_CHECKING:
    from stripe import StripeObject

T = TypeVar("T")

KEY = "matjar_key"
"""Where in an object's metadata our key stands."""

_PAGE = 100  # the most that Stripe lists at once
_PAGES = 5
_EXPAND = ["payment_method"]  # for the card's fingerprint
_EXPAND_LISTED = ["data.payment_method"]
_EVENTS = frozenset(
    (
        "payment_intent.succeeded",
        "payment_intent.payment_failed",
        "payment_intent.canceled",
        "payment_intent.amount_capturable_updated",
    )
)
"""Events that decide. Others may arrive late and would tell of a state that is past."""


class _Data(msgspec.Struct, frozen=True):
    object: msgspec.Raw


class _Event(msgspec.Struct, frozen=True):
    id: str
    type: str
    data: _Data


_read_event = msgspec.json.Decoder(_Event).decode
_read_intent = msgspec.json.Decoder(Intent).decode


class Stripe:
    """One Stripe account. Belongs to one event loop; close it there. ``api_url`` is for tests."""

    name = "stripe"

    def __init__(self, api_key: str, *, webhook_secret: str, timeout_seconds: float = 20.0, api_url: str = "") -> None:
        # The SDK takes half a second to import, which only the processes that charge with it should pay.
        import stripe  # noqa: PLC0415

        self._sdk = stripe
        self._webhook_secret = webhook_secret
        self._timeout_seconds = timeout_seconds
        self._http = stripe.AIOHTTPClient(timeout=timeout_seconds)
        client = stripe.StripeClient(
            api_key,
            http_client=self._http,
            max_network_retries=1,
            base_addresses={"api": api_url} if api_url else None,
        )
        self._intents = client.v1.payment_intents
        self._methods = client.v1.payment_methods
        self._refunds = client.v1.refunds

    async def fingerprint(self, token: str) -> str:
        """Ask Stripe; a token that it does not know has none, and will be declined."""
        try:
            method = await self._ask(self._methods.retrieve_async(token))
        except self._sdk.InvalidRequestError:
            return ""
        return method.card.fingerprint or "" if method.card else ""

    async def charge(self, charge: Charge) -> Outcome:
        """Create and confirm at once; a second time, Stripe repeats its first answer for 24 hours."""
        try:
            created = await self._ask(
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
        except (self._sdk.CardError, self._sdk.InvalidRequestError) as error:
            return read_error(error.json_body)
        return outcome_of(_intent(created))

    async def find(self, key: str, reference: str) -> Outcome | None:
        """By reference, else among the newest charges, else by Stripe's search.

        Stripe's list is up to date and its search a minute or more behind, so the list is asked first; a charge that
        is no longer among the newest few hundred is old enough for the search.
        """
        if reference:
            intent = await self._find_by_reference(reference)
            return outcome_of(intent) if intent else None
        newest = await self._ask(self._intents.list_async({"limit": _PAGE, "expand": _EXPAND_LISTED}))
        for _ in range(_PAGES):
            for listed in newest.data:
                intent = _intent(listed)
                if intent.metadata.get(KEY) == key:
                    return outcome_of(intent)
            if not newest.has_more:
                return None
            newest = await self._ask(newest.next_page_async())
        return await self._search(key)

    async def capture(self, reference: str, amount_minor: int, key: str) -> Outcome:
        """Take money that was authorized; where none is held any more, say how the charge stands."""
        intent = await self._find_by_reference(reference)
        if intent is None or intent.status != "requires_capture":
            return outcome_of(intent)
        amount = to_stripe(amount_minor, intent.currency.upper())
        return await self._change(
            reference,
            self._intents.capture_async(
                reference, {"amount_to_capture": amount, "expand": _EXPAND}, {"idempotency_key": key}
            ),
        )

    async def void(self, reference: str, key: str) -> Outcome:
        """Let go of an authorization or a challenge; else say how the charge stands."""
        intent = await self._find_by_reference(reference)
        if intent is None or intent.status not in ("requires_capture", "requires_action"):
            return outcome_of(intent)
        return await self._change(reference, self._intents.cancel_async(reference, {}, {"idempotency_key": key}))

    async def refund(self, reference: str, amount_minor: int, currency: str, key: str) -> bool:
        """Give money back. Stripe forgets keys after a day, so what was given is looked up before giving again."""
        given = await self._ask(self._refunds.list_async({"payment_intent": reference, "limit": _PAGE}))
        refund = next((each for each in map(_refund, given.data) if each.metadata.get(KEY) == key), None)
        if refund is None:
            try:
                made = await self._ask(
                    self._refunds.create_async(
                        {
                            "payment_intent": reference,
                            "amount": to_stripe(amount_minor, currency),
                            "metadata": {KEY: key},
                        },
                        {"idempotency_key": key},
                    )
                )
            except (self._sdk.CardError, self._sdk.InvalidRequestError):
                return False
            refund = _refund(made)
        return refund.status not in ("failed", "canceled")

    def read_message(self, headers: dict[str, str], body: bytes) -> Message | None:
        """Verify with the SDK, within five minutes; header names are in lower case."""
        try:
            self._sdk.WebhookSignature.verify_header(
                body, headers.get("stripe-signature"), self._webhook_secret, self._sdk.Webhook.DEFAULT_TOLERANCE
            )
        except (self._sdk.SignatureVerificationError, UnicodeDecodeError, TypeError) as error:
            # The latter two are how the SDK stumbles over a body or a signature that is not even text.
            raise BAD_SIGNATURE(gateway=self.name) from error
        event = _read_event(body)
        if event.type not in _EVENTS:
            return None
        intent = _read_intent(event.data.object)
        key = intent.metadata.get(KEY)
        return Message(event.id, key, outcome_of(intent)) if key else None

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.close_async()  # type: ignore[no-untyped-call]

    async def _find_by_reference(self, reference: str) -> Intent | None:
        try:
            return _intent(await self._ask(self._intents.retrieve_async(reference, {"expand": _EXPAND})))
        except self._sdk.InvalidRequestError as error:
            if error.http_status == 404:
                return None
            raise

    async def _search(self, key: str) -> Outcome | None:
        query = f"metadata['{KEY}']:'{key}'"
        found = await self._ask(self._intents.search_async({"query": query, "limit": 1, "expand": _EXPAND_LISTED}))
        return outcome_of(_intent(found.data[0])) if found.data else None

    async def _change(self, reference: str, change: "Awaitable[StripeObject]") -> Outcome:
        """Change a charge; where something else changed it first, say how it stands."""
        try:
            return outcome_of(_intent(await self._ask(change)))
        except (self._sdk.CardError, self._sdk.InvalidRequestError):
            return outcome_of(await self._find_by_reference(reference))

    async def _ask(self, request: Awaitable[T]) -> T:
        """One request within the deadline; what leaves the outcome in doubt is ``payments.gateway_away``.

        A key that Stripe does not accept is nothing that a buyer can mend either, so it counts as away, by name.
        """
        sdk = self._sdk
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await request
        except (
            TimeoutError,
            sdk.APIConnectionError,
            sdk.APIError,
            sdk.RateLimitError,
            sdk.AuthenticationError,
            sdk.PermissionError,
        ) as error:
            raise GATEWAY_AWAY(gateway=self.name, reason=type(error).__name__) from error


def _intent(answer: "StripeObject") -> Intent:
    return msgspec.convert(answer.to_dict(), Intent)


def _refund(answer: "StripeObject") -> Refund:
    return msgspec.convert(answer.to_dict(), Refund)
