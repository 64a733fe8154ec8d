"""Stripe's own page, where a shop without a card form sends its buyers: what they do there, and what we hear of it."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from matjar.adapters.gateways.stripe import Stripe
from matjar.adapters.gateways.stripe_pages import is_page
from matjar.core.refusal import Refusal
from matjar.domain.payments.ports import Charge, Outcome, State
from tests.contracts.bench import APPROVED, BACK, CHALLENGED, CHALLENGED_DECLINED, bench_of_stripe, fresh
from tests.gateways import SECRET, Process, free_port, post_form

pytestmark = pytest.mark.anyio

DECLINED = "4000000000000341"


@pytest.fixture
async def stripe(fake_stripe: Process) -> AsyncIterator[Stripe]:
    gateway = Stripe("sk_test_12345", webhook_secret=SECRET, api_url=fake_stripe.url)
    yield gateway
    await gateway.close()


async def opened(stripe: Stripe, *, capture: bool = True) -> tuple[Charge, Outcome]:
    """A fresh charge of 199.00 dirhams, and the page that it leads to."""
    charge = fresh("", capture=capture)
    return charge, await stripe.charge(charge)


async def act(page: Outcome, **form: str) -> tuple[int, str, str]:
    """What the buyer does on the page; the status, where it leads, and what it says."""
    return await asyncio.to_thread(post_form, page.challenge_url, **form)


async def found(stripe: Stripe, charge: Charge, page: Outcome) -> Outcome:
    outcome = await stripe.find(charge.key, page.reference)
    assert outcome is not None
    return outcome


async def test_a_charge_without_a_card_leads_to_a_page_and_is_found_again(stripe: Stripe) -> None:
    charge, page = await opened(stripe)
    assert (page.state, page.amount_minor) == (State.CHALLENGED, 19_900)
    assert is_page(page.reference)
    assert page.challenge_url.startswith("http")
    assert await stripe.find(charge.key, "") == page
    assert await found(stripe, charge, page) == page


async def test_the_same_key_opens_one_page(stripe: Stripe) -> None:
    charge, page = await opened(stripe)
    assert await asyncio.gather(*(stripe.charge(charge) for _ in range(5))) == [page] * 5
    with pytest.raises(Exception, match="same parameters"):
        await stripe.charge(msgspec.structs.replace(charge, amount_minor=1))


async def test_the_page_says_which_shop_is_to_be_paid(stripe: Stripe) -> None:
    _, page = await opened(stripe)
    _, _, said = await act(page, number=DECLINED)
    assert "<h1>demo.localhost</h1>" in said
    assert BACK in said


@pytest.mark.parametrize(("capture", "state"), [(True, State.CAPTURED), (False, State.AUTHORIZED)])
async def test_a_good_card_pays_and_the_buyer_comes_back(stripe: Stripe, capture: bool, state: State) -> None:
    charge, page = await opened(stripe, capture=capture)
    assert (await act(page, number=APPROVED))[:2] == (303, BACK)
    paid = await found(stripe, charge, page)
    assert (paid.state, paid.amount_minor, paid.challenge_url) == (state, 19_900, "")
    assert paid.reference.startswith("pi_")
    assert paid.card_fingerprint
    assert await stripe.find(charge.key, "") == paid
    assert await stripe.find(charge.key, paid.reference) == paid


async def test_a_declined_card_ends_nothing_and_another_one_pays(stripe: Stripe) -> None:
    charge, page = await opened(stripe)
    status, _, said = await act(page, number=DECLINED)
    assert (status, "declined" in said) == (200, True)
    assert await found(stripe, charge, page) == page
    await act(page, number=APPROVED)
    assert (await found(stripe, charge, page)).state is State.CAPTURED


async def test_the_bank_asks_on_the_same_page(stripe: Stripe) -> None:
    charge, page = await opened(stripe)
    await act(page, number=CHALLENGED)
    assert await found(stripe, charge, page) == page
    assert (await act(page, decision="approve"))[:2] == (303, BACK)
    assert (await found(stripe, charge, page)).state is State.CAPTURED


@pytest.mark.parametrize(("number", "decision"), [(CHALLENGED, "decline"), (CHALLENGED_DECLINED, "approve")])
async def test_whom_the_bank_turns_away_may_try_another_card(stripe: Stripe, number: str, decision: str) -> None:
    charge, page = await opened(stripe)
    await act(page, number=number)
    assert (await act(page, decision=decision))[0] == 200
    assert await found(stripe, charge, page) == page
    await act(page, number=APPROVED)
    assert (await found(stripe, charge, page)).state is State.CAPTURED


@pytest.mark.parametrize("tried", ["", DECLINED, CHALLENGED])
async def test_a_page_that_is_let_go_of_takes_no_money_any_more(stripe: Stripe, tried: str) -> None:
    charge, page = await opened(stripe)
    if tried:
        await act(page, number=tried)
    for _ in range(2):
        assert (await stripe.void(page.reference, charge.key)).state is State.ABANDONED
    _, _, said = await act(page, number=APPROVED)
    assert "expired" in said
    assert (await found(stripe, charge, page)).state is State.ABANDONED


async def test_a_page_that_was_paid_is_not_let_go_of(stripe: Stripe) -> None:
    charge, page = await opened(stripe)
    await act(page, number=APPROVED)
    assert await stripe.void(page.reference, charge.key) == await found(stripe, charge, page)
    assert (await found(stripe, charge, page)).state is State.CAPTURED


async def test_money_that_a_page_holds_can_be_let_go_by_either_reference(stripe: Stripe) -> None:
    charge, page = await opened(stripe, capture=False)
    await act(page, number=APPROVED)
    held = await found(stripe, charge, page)
    for reference in (page.reference, held.reference):
        assert (await stripe.void(reference, f"{charge.key}-void")).state is State.VOIDED


async def test_money_that_a_page_holds_can_be_taken_by_either_reference(stripe: Stripe) -> None:
    charge, page = await opened(stripe, capture=False)
    await act(page, number=APPROVED)
    held = await found(stripe, charge, page)
    for reference in (page.reference, held.reference):
        taken = await stripe.capture(reference, 19_900, f"{charge.key}-take")
        assert (taken.state, taken.amount_minor) == (State.CAPTURED, 19_900)


async def test_what_was_paid_on_a_page_is_given_back_once_by_either_reference(stripe: Stripe) -> None:
    charge, page = await opened(stripe)
    await act(page, number=APPROVED)
    paid = await found(stripe, charge, page)
    for reference in (page.reference, paid.reference):
        assert await stripe.refund(reference, 10_000, "AED", f"{charge.key}-back")
    assert not await stripe.refund(page.reference, 10_000, "AED", f"{charge.key}-more")


async def test_of_a_page_that_nobody_paid_on_or_knows_there_is_nothing_to_take_or_to_give_back(stripe: Stripe) -> None:
    charge, page = await opened(stripe)
    for reference in (page.reference, "cs_unknown"):
        assert (await stripe.capture(reference, 1, f"{charge.key}-take")).state is State.ABANDONED
        assert not await stripe.refund(reference, 1, "AED", f"{charge.key}-back")
    assert await stripe.find(charge.key, "cs_unknown") is None
    assert (await stripe.void("cs_unknown", charge.key)).state is State.ABANDONED


async def test_a_page_does_not_stand_in_the_way_of_charges_without_one(fake_stripe: Process, stripe: Stripe) -> None:
    bench = bench_of_stripe(fake_stripe)
    charge, outcome = await bench.charge()
    await opened(stripe)
    assert await stripe.find(charge.key, "") == outcome
    await bench.gateway.close()


async def test_while_stripe_is_away_no_page_is_opened_and_none_let_go_of() -> None:
    away = Stripe("sk_test_12345", webhook_secret=SECRET, api_url=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Refusal, match="payments.gateway_away"):
        await away.charge(fresh(""))
    for reference in ("", "cs_1"):
        with pytest.raises(Refusal, match="payments.gateway_away"):
            await away.find("7-1", reference)
    with pytest.raises(Refusal, match="payments.gateway_away"):
        await away.void("cs_1", "7-1")
    await away.close()
