"""What only Stripe has: its own units, its search, its keys that are wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matjar.adapters.gateways import stripe, stripe_line
from matjar.adapters.gateways.stripe import Stripe
from matjar.adapters.gateways.stripe_intents import from_stripe, to_stripe
from matjar.core.refusal import Refusal
from matjar.domain.payments.ports import State
from tests.contracts.bench import APPROVED, bench_of_stripe, fresh
from tests.gateways import SECRET, Process


@pytest.mark.parametrize(
    ("amount_minor", "currency", "amount"),
    [
        (19_900, "AED", 19_900),
        (500, "JPY", 500),
        (1_500, "KWD", 1_500),
        (5, "UGX", 500),
        (5, "ISK", 500),
        (500, "MGA", 5),
    ],
)
def test_amounts_are_written_in_stripes_units(amount_minor: int, currency: str, amount: int) -> None:
    assert to_stripe(amount_minor, currency) == amount
    assert from_stripe(amount, currency) == amount_minor


@given(st.integers(0, 10**12), st.sampled_from(["AED", "JPY", "KWD", "UGX", "ISK"]))
def test_amounts_come_back_as_they_went(amount_minor: int, currency: str) -> None:
    assert from_stripe(to_stripe(amount_minor, currency), currency) == amount_minor


def test_an_amount_that_stripe_has_no_unit_for_is_not_rounded() -> None:
    with pytest.raises(ValueError, match="no unit"):
        to_stripe(501, "MGA")


@pytest.mark.anyio
async def test_a_charge_beyond_the_newest_is_searched_for(
    fake_stripe: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = bench_of_stripe(fake_stripe)
    charge, outcome = await bench.charge(APPROVED)
    monkeypatch.setattr(stripe_line, "_PAGES", 0)
    found = await bench.gateway.find(charge.key, "")
    assert found is not None
    assert (found.state, found.reference) == (State.CAPTURED, outcome.reference)
    assert await bench.gateway.find("7-never", "") is None
    await bench.gateway.close()


@pytest.mark.anyio
async def test_charges_are_found_page_by_page(fake_stripe: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = bench_of_stripe(fake_stripe)
    monkeypatch.setattr(stripe, "PAGE", 1)
    charges = [(await bench.charge(APPROVED))[0] for _ in range(2)]
    for charge in charges:
        assert await bench.gateway.find(charge.key, "") is not None
    await bench.gateway.close()


@pytest.mark.anyio
async def test_a_key_that_stripe_does_not_accept_counts_as_away(fake_stripe: Process) -> None:
    gateway = Stripe("wrong", webhook_secret=SECRET, api_url=fake_stripe.url)
    with pytest.raises(Refusal, match="payments.gateway_away") as away:
        await gateway.charge(fresh("pm_card_visa"))
    assert away.value.facts["reason"] == "AuthenticationError"
    await gateway.close()
