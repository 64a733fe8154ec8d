"""Paying, told whole: prepare (a transaction) · charge (none) · settle (a transaction).

The buyer's own request, the gateway's webhook and the finisher who comes after a crash all end in ``settle``, which
is idempotent: whoever is first records what happened, the others find it recorded.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Mapping
from typing import TypeVar

from matjar.core import clock
from matjar.core.limits import CHARGE_DEADLINE_SECONDS
from matjar.core.refusal import Kind, Refusal
from matjar.core.tx import assert_outside
from matjar.domain import checkout, payments
from matjar.domain.checkout import Checkout, Prepared
from matjar.domain.payments import Charge, Gateway, Intent, Outcome, State
from matjar.domain.payments.ports import GATEWAY_AWAY
from matjar.edge import metrics
from matjar.edge.tokens import Tokens
from matjar.resilience.breaker import Breaker
from matjar.storage.desk import Desk

T = TypeVar("T")

_PENDING = (State.CHARGING, State.CHALLENGED)
_SETTLE_PAUSES_SECONDS = (0.05, 0.2, 0.5, 1.0, 2.0)
"""Between tries to record a charge: money has moved, so a busy writer is asked again before the finisher must."""


class Cashier:
    """Takes payments for one process: its gateways, each behind its breaker and a deadline."""

    def __init__(
        self, gateways: Mapping[str, Gateway], tokens: Tokens, deadline_seconds: float = CHARGE_DEADLINE_SECONDS
    ) -> None:
        """``deadline_seconds`` is how long a buyer waits for a gateway."""
        self.gateways = gateways
        self._tokens = tokens
        self._deadline_seconds = deadline_seconds
        self._breakers = {name: Breaker() for name in gateways}

    def ill_gateways(self) -> list[str]:
        """The gateways that are not being called at present."""
        return [name for name, breaker in self._breakers.items() if breaker.is_open]

    async def complete(
        self,
        desk: Desk,
        *,
        token_hash: bytes,
        gateway: str,
        card_token: str,
        seen_total_minor: int | None,
        key: str,
        return_origin: str,
    ) -> Checkout:
        """Pay for a checkout. What comes back completed has its order; what is still in progress, the finisher ends.

        Refuses what ``checkout.prepare`` refuses, and ``payments.gateway_away`` while nothing is charged yet.
        """
        known = self.gateways.get(gateway)
        if known is None:
            raise checkout.NO_SUCH_GATEWAY(gateway=gateway[:40]).at("payment.gateway")
        breaker = self._breakers[gateway]
        looks_in = breaker.is_open
        if not breaker.allows(clock.monotonic_seconds()):
            return await self._without_gateway(desk, gateway, token_hash, key)
        # Some gateways' tokens carry the fingerprint: reading it there shows nothing of the gateway's health.
        fingerprint = await self._wait(known, known.fingerprint(card_token)) if card_token else ""
        to_be_charged = False
        try:
            with metrics.PREPARE:
                prepared = await desk.submit(checkout.prepare)(
                    token_hash=token_hash,
                    gateway=gateway,
                    seen_total_minor=seen_total_minor,
                    card_fingerprint=fingerprint,
                    key=key,
                    asked=hashlib.sha256(f"{gateway} {card_token} {return_origin}".encode()).hexdigest(),
                    patience_ms=int(2 * self._deadline_seconds * clock.SECOND),
                )
            to_be_charged = prepared.state is State.CHARGING
        finally:
            if looks_in and not to_be_charged:
                breaker.unused(clock.monotonic_seconds())
        if not to_be_charged:
            return prepared.checkout
        return await self._charge(desk, known, prepared, card_token, return_origin)

    async def _without_gateway(self, desk: Desk, gateway: str, token_hash: bytes, key: str) -> Checkout:
        """While the gateway is not called, what is known of an earlier try is told; a new one is refused, uncharged."""
        found = await desk.read(lambda view: checkout.load(view, token_hash=token_hash))
        if found.payment is None or (found.status in checkout.OPEN and (not key or key != found.payment.key)):
            raise GATEWAY_AWAY(gateway=gateway)
        return found

    async def _charge(
        self, desk: Desk, gateway: Gateway, prepared: Prepared, card_token: str, return_origin: str
    ) -> Checkout:
        back = f"{return_origin}/checkout/return/{self._tokens.of_return(desk.shop_id, prepared.checkout.id)}"
        charge = Charge(
            key=prepared.key,
            amount_minor=prepared.amount_minor,
            currency=prepared.currency,
            token=card_token,
            capture=prepared.capture,
            return_url=back,
        )
        try:
            with metrics.CHARGE:
                free = not prepared.amount_minor
                outcome = Outcome(State.CAPTURED) if free else await self._ask(gateway, gateway.charge(charge))
        except Refusal as refusal:
            if refusal.code != GATEWAY_AWAY.code:
                raise
            return prepared.checkout
        return await self.settle(desk, prepared.intent_id, prepared.checkout.id, outcome) or prepared.checkout

    async def settle(self, desk: Desk, intent_id: int, checkout_id: int, outcome: Outcome) -> Checkout | None:
        """Record an outcome, patiently; None when the storage stays away, and the finisher will come to it."""
        order_token_hash = self._tokens.order_hash(desk.shop_id, checkout_id)
        for pause_seconds in (*_SETTLE_PAUSES_SECONDS, None):
            try:
                with metrics.SETTLE:
                    return await desk.submit(checkout.settle)(
                        intent_id=intent_id, outcome=outcome, order_token_hash=order_token_hash
                    )
            except Refusal as refusal:
                if refusal.kind not in (Kind.BUSY, Kind.AWAY) or pause_seconds is None:
                    break
            await asyncio.sleep(pause_seconds)
        return None

    async def inquire(self, desk: Desk, intent: Intent) -> Checkout | None:
        """Ask the gateway what became of a charge, and record it; None while there is no news.

        A challenge whose answer was lost is news: only now is it known where the buyer has to go.
        """
        gateway = self.gateways[intent.gateway]
        found = await self._ask(gateway, gateway.find(payments.key_of(desk.shop_id, intent.id), intent.reference))
        if found is None or found.state in (State.CHARGING, intent.state):
            return None
        return await self.settle(desk, intent.id, intent.checkout_id, found)

    async def finish(self, desk: Desk, intent: Intent) -> Checkout | None:
        """End a charge that is due: as the gateway says it ended, or by letting go of it there.

        A charge that the gateway never heard of is abandoned: the surface that meant to make it has given up by now.
        """
        gateway = self.gateways[intent.gateway]
        key = payments.key_of(desk.shop_id, intent.id)
        outcome = await self._ask(gateway, gateway.find(key, intent.reference)) or Outcome(State.ABANDONED)
        if outcome.state in _PENDING:
            outcome = await self._ask(gateway, gateway.void(intent.reference or outcome.reference, key))
        return await self.settle(desk, intent.id, intent.checkout_id, outcome)

    async def turn_back(self, desk: Desk, token_hash: bytes) -> Checkout:
        """The buyer leaves the gateway's page for another way to pay; the old charge is let go of at the gateway."""
        before = await desk.read(lambda view: checkout.load(view, token_hash=token_hash))
        reopened = await desk.submit(checkout.reopen)(token_hash=token_hash)
        payment = before.payment
        if payment is not None and payment.state is State.CHALLENGED and payment.gateway in self.gateways:
            intent = await desk.read(lambda view: payments.load_intent(view, intent_id=payment.intent_id))
            gateway = self.gateways[payment.gateway]
            key = payments.key_of(desk.shop_id, intent.id)
            try:
                outcome = await self._ask(gateway, gateway.void(intent.reference, key))
            except Refusal:
                return reopened
            await self.settle(desk, intent.id, intent.checkout_id, outcome)
        return reopened

    async def _ask(self, gateway: Gateway, call: Awaitable[T]) -> T:
        """Call the gateway; that it answers shows that it is well."""
        answer = await self._wait(gateway, call)
        self._breakers[gateway.name].succeeded()
        return answer

    async def _wait(self, gateway: Gateway, call: Awaitable[T]) -> T:
        """Wait for the gateway: never within a transaction, never for longer than a buyer waits."""
        assert_outside()
        try:
            async with asyncio.timeout(self._deadline_seconds):
                return await call
        except TimeoutError:
            self._breakers[gateway.name].failed(clock.monotonic_seconds())
            raise GATEWAY_AWAY(gateway=gateway.name) from None
        except Refusal as refusal:
            if refusal.code == GATEWAY_AWAY.code:
                self._breakers[gateway.name].failed(clock.monotonic_seconds())
            raise
