"""What every payment gateway promises, tried on each of them over its real protocol."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from matjar.adapters.gateways.bank_transfer import BankTransfer
from matjar.adapters.gateways.cash_on_delivery import CashOnDelivery
from matjar.adapters.gateways.stripe import Stripe
from matjar.adapters.gateways.twin import Twin
from matjar.core.refusal import Refusal
from matjar.domain.payments.ports import Gateway, State
from tests.contracts.bench import (
    APPROVED,
    CHALLENGED,
    CHALLENGED_DECLINED,
    OTHER,
    Bench,
    bench_of_stripe,
    bench_of_twin,
    fresh,
)
from tests.gateways import SECRET, Process, TwinProcess, free_port

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["twin", "stripe"])
async def bench(request: pytest.FixtureRequest, shared_twin: TwinProcess, fake_stripe: Process) -> AsyncIterator[Bench]:
    made = bench_of_twin(shared_twin) if request.param == "twin" else bench_of_stripe(fake_stripe)
    yield made
    await made.gateway.close()


@pytest.fixture(params=[CashOnDelivery, BankTransfer])
def deferred(request: pytest.FixtureRequest) -> Gateway:
    gateway: Gateway = request.param()
    return gateway


async def test_a_good_card_is_charged_and_found_again(bench: Bench) -> None:
    charge, outcome = await bench.charge()
    assert (outcome.state, outcome.amount_minor) == (State.CAPTURED, 19_900)
    assert outcome.reference
    assert outcome.reference != charge.key
    assert await bench.gateway.find(charge.key, "") == outcome
    assert await bench.gateway.find(charge.key, outcome.reference) == outcome


async def test_the_same_key_charges_once(bench: Bench) -> None:
    charge, first = await bench.charge()
    assert await bench.gateway.charge(charge) == first


async def test_many_at_once_with_one_key_charge_once(bench: Bench) -> None:
    charge, first = await bench.charge()
    assert await asyncio.gather(*(bench.gateway.charge(charge) for _ in range(5))) == [first] * 5


async def test_a_key_is_not_used_for_another_charge(bench: Bench) -> None:
    charge, outcome = await bench.charge()
    other = msgspec.structs.replace(charge, amount_minor=1)
    with pytest.raises(Exception, match=r"key_reused|same parameters"):
        await bench.gateway.charge(other)
    assert await bench.gateway.find(charge.key, "") == outcome


async def test_a_bad_card_is_declined_and_says_why(bench: Bench) -> None:
    charge, outcome = await bench.charge(bench.declined)
    assert (outcome.state, outcome.decline_code, outcome.amount_minor) == (State.DECLINED, "generic_decline", 0)
    found = await bench.gateway.find(charge.key, "")
    assert found is not None
    assert found.state is State.DECLINED


async def test_a_token_that_nobody_gave_is_declined(bench: Bench) -> None:
    outcome = await bench.gateway.charge(fresh("made-up"))
    assert outcome.state is State.DECLINED
    assert outcome.decline_code
    assert await bench.gateway.fingerprint("made-up") == ""


async def test_a_charge_that_was_never_made_is_not_found(bench: Bench) -> None:
    assert await bench.gateway.find("7-never", "") is None


async def test_money_can_be_held_and_taken_later_once(bench: Bench) -> None:
    _, held = await bench.charge(capture=False)
    assert (held.state, held.amount_minor) == (State.AUTHORIZED, 19_900)
    taken = await bench.gateway.capture(held.reference, 19_900, f"{held.reference}-take")
    assert (taken.state, taken.amount_minor) == (State.CAPTURED, 19_900)
    assert await bench.gateway.capture(held.reference, 19_900, f"{held.reference}-take") == taken


async def test_money_that_is_held_can_be_let_go(bench: Bench) -> None:
    _, held = await bench.charge(capture=False)
    for _ in range(2):
        assert (await bench.gateway.void(held.reference, f"{held.reference}-void")).state is State.VOIDED
    late = await bench.gateway.capture(held.reference, 19_900, f"{held.reference}-take")
    assert (late.state, late.amount_minor) == (State.VOIDED, 0)


async def test_money_that_was_taken_is_not_let_go(bench: Bench) -> None:
    _, taken = await bench.charge()
    assert (await bench.gateway.void(taken.reference, f"{taken.reference}-void")).state is State.CAPTURED


async def test_nothing_can_be_taken_or_let_go_of_an_unknown_charge(bench: Bench) -> None:
    assert (await bench.gateway.capture("pi_unknown", 1, "7-x")).state is State.ABANDONED
    assert (await bench.gateway.void("pi_unknown", "7-y")).state is State.ABANDONED


@pytest.mark.parametrize("capture", [True, False])
async def test_a_challenged_buyer_approves(bench: Bench, capture: bool) -> None:
    charge, challenged = await bench.charge(CHALLENGED, capture=capture)
    assert challenged.state is State.CHALLENGED
    assert challenged.challenge_url.startswith("http")
    assert await bench.gateway.charge(charge) == challenged
    bench.answer(challenged, True)
    found = await bench.gateway.find(charge.key, challenged.reference)
    assert found is not None
    assert found.state is (State.CAPTURED if capture else State.AUTHORIZED)
    assert (found.amount_minor, found.challenge_url) == (19_900, "")


async def test_a_challenged_buyer_declines(bench: Bench) -> None:
    charge, challenged = await bench.charge(CHALLENGED)
    bench.answer(challenged, False)
    found = await bench.gateway.find(charge.key, challenged.reference)
    assert found is not None
    assert found.state is State.DECLINED
    assert "authentication_fail" in found.decline_code


async def test_a_challenged_buyer_approves_but_the_bank_declines(bench: Bench) -> None:
    charge, challenged = await bench.charge(CHALLENGED_DECLINED)
    bench.answer(challenged, True)
    found = await bench.gateway.find(charge.key, challenged.reference)
    assert found is not None
    assert (found.state, found.amount_minor) == (State.DECLINED, 0)


async def test_a_challenge_can_be_let_go(bench: Bench) -> None:
    _, challenged = await bench.charge(CHALLENGED)
    assert (await bench.gateway.void(challenged.reference, f"{challenged.reference}-void")).state is State.VOIDED


async def test_money_is_given_back_once_per_key_and_never_too_much(bench: Bench) -> None:
    _, taken = await bench.charge()
    refund = bench.gateway.refund
    assert await refund(taken.reference, 15_000, "AED", f"{taken.reference}-1")
    assert await refund(taken.reference, 15_000, "AED", f"{taken.reference}-1")
    assert not await refund(taken.reference, 5_000, "AED", f"{taken.reference}-2")
    assert await refund(taken.reference, 4_900, "AED", f"{taken.reference}-3")


async def test_a_card_has_one_fingerprint_whatever_its_token(bench: Bench) -> None:
    tokens = [bench.token(APPROVED), bench.token(APPROVED), bench.token(OTHER)]
    prints = [await bench.gateway.fingerprint(token) for token in tokens]
    assert prints[0]
    assert prints[0] == prints[1] != prints[2]
    assert len(set(tokens)) == 3
    _, outcome = await bench.charge()
    assert outcome.card_fingerprint == prints[0]


async def test_a_gateway_that_is_not_there_is_away() -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    for gateway in (
        Twin(nowhere, webhook_secret=SECRET),
        Stripe("sk_test_12345", webhook_secret=SECRET, timeout_seconds=2, api_url=nowhere),
    ):
        with pytest.raises(Refusal, match="payments.gateway_away"):
            await gateway.charge(fresh("any"))
        with pytest.raises(Refusal, match="payments.gateway_away"):
            await gateway.find("7-1", "")
        await gateway.close()


async def test_what_is_paid_outside_is_owed_at_once_and_calls_nobody(deferred: Gateway) -> None:
    outcome = await deferred.charge(fresh(""))
    assert (outcome.state, outcome.amount_minor) == (State.DEFERRED, 19_900)
    found = await deferred.find(outcome.reference, "")
    assert found is not None
    assert (found.state, found.reference) == (State.DEFERRED, outcome.reference)
    assert await deferred.fingerprint("") == ""
    assert (await deferred.capture(outcome.reference, 19_900, "x")).state is State.CAPTURED
    assert (await deferred.void(outcome.reference, "x")).state is State.VOIDED
    assert await deferred.refund(outcome.reference, 19_900, "AED", "x")
    with pytest.raises(Refusal, match="payments.bad_signature"):
        deferred.read_message({}, b"{}")
