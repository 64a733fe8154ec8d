"""Gateways on a bench: each with what its buyers do."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import msgspec

from matjar.adapters.gateways.stripe import Stripe
from matjar.adapters.gateways.twin import Twin
from matjar.domain.payments.ports import Charge, Outcome
from tests.gateways import SECRET, Process, TwinProcess, call, post_form

BACK = "http://demo.localhost:8000/checkout/back"
AUTHORIZATION = {"Authorization": "Bearer sk_test_12345"}
APPROVED, OTHER = "4242424242424242", "4242424200000034"
CHALLENGED, CHALLENGED_DECLINED = "4000002760003184", "4000008260003178"
_numbers = count(1)


@dataclass(frozen=True)
class Bench:
    """A gateway, a card that it declines, and what its buyers do: get a token for a card, and answer a challenge."""

    gateway: Twin | Stripe
    declined: str
    token: Callable[[str], str]
    answer: Callable[[Outcome, bool], None]

    async def charge(self, number: str = APPROVED, *, capture: bool = True) -> tuple[Charge, Outcome]:
        """A fresh charge of 199.00 dirhams on a card."""
        charge = fresh(self.token(number), capture=capture)
        return charge, await self.gateway.charge(charge)


def fresh(token: str, *, capture: bool = True) -> Charge:
    """A charge that nobody made before."""
    return Charge(f"7-{next(_numbers)}", 19_900, "AED", token, capture, BACK)


def bench_of_twin(twin: TwinProcess) -> Bench:
    def answer(outcome: Outcome, approved: bool) -> None:
        status, location, _ = post_form(outcome.challenge_url, decision="approve" if approved else "decline")
        assert (status, location) == (303, BACK)

    return Bench(Twin(twin.url, webhook_secret=SECRET), "4000000000000002", twin.token, answer)


def bench_of_stripe(server: Process) -> Bench:
    def post(path: str, fields: dict[str, str]) -> dict[str, Any]:
        request = Request(server.url + path, urlencode(fields).encode(), AUTHORIZATION)
        with urlopen(request, timeout=5) as response:
            return msgspec.json.decode(response.read(), type=dict[str, Any])

    def token(number: str) -> str:
        card = {"card[number]": number, "card[exp_month]": "12", "card[exp_year]": "2034", "card[cvc]": "123"}
        return str(post("/v1/payment_methods", {"type": "card", **card})["id"])

    def answer(outcome: Outcome, approved: bool) -> None:
        path = f"/v1/payment_intents/{outcome.reference}"
        secret = call(server.url + path, headers=AUTHORIZATION)["client_secret"]
        try:
            post(f"{path}/_authenticate", {"client_secret": secret, "success": str(approved).lower()})
        except OSError as error:
            assert "402" in str(error)  # authenticated, and then declined by the bank

    gateway = Stripe("sk_test_12345", webhook_secret=SECRET, api_url=server.url)
    return Bench(gateway, "4000000000000341", token, answer)
