"""The line to Stripe: its own SDK, our deadline, and what counts as no answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import TYPE_CHECKING, Any, TypeVar

from matjar.domain.payments.ports import GATEWAY_AWAY

if TYPE_CHECKING:
    from stripe import ListObject

T = TypeVar("T")

KEY = "matjar_key"
"""Where in an object's metadata our key stands."""

PAGE = 100
"""The most that Stripe lists at once."""

_PAGES = 5


class Line:
    """The connections to one account. Belongs to one event loop; close it there. ``api_url`` is for tests."""

    def __init__(self, api_key: str, *, timeout_seconds: float, api_url: str = "") -> None:
        # The SDK takes half a second to import, which only the processes that charge with it should pay.
        import stripe  # noqa: PLC0415

        self.sdk = stripe
        self.refused = (stripe.CardError, stripe.InvalidRequestError)
        self._timeout_seconds = timeout_seconds
        self._http = stripe.AIOHTTPClient(timeout=timeout_seconds)
        self.client = stripe.StripeClient(
            api_key,
            http_client=self._http,
            max_network_retries=1,
            base_addresses={"api": api_url} if api_url else None,
        )

    async def ask(self, request: Awaitable[T]) -> T:
        """One request within the deadline; what leaves the outcome in doubt is ``payments.gateway_away``.

        A key that Stripe does not accept is nothing that a buyer can mend either, so it counts as away, by name.
        """
        sdk = self.sdk
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
            raise GATEWAY_AWAY(gateway="stripe", reason=type(error).__name__) from error

    async def find(self, request: Awaitable[T]) -> T | None:
        """What is retrieved by its id, if Stripe knows it."""
        try:
            return await self.ask(request)
        except self.sdk.InvalidRequestError as error:
            if error.http_status == 404:
                return None
            raise

    async def newest(self, request: "Awaitable[ListObject[Any]]") -> AsyncIterator[Any]:
        """The newest few hundred of a list, the last first. Unlike Stripe's search it is up to date."""
        page = await self.ask(request)
        for _ in range(_PAGES):
            for listed in page.data:
                yield listed
            if not page.has_more:
                return
            page = await self.ask(page.next_page_async())

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.close_async()  # type: ignore[no-untyped-call]
