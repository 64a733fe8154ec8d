"""Buying by card at a shop whose cards Stripe takes: on Stripe's own page, and back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.buying import APPROVED, CHALLENGED, Shopper, command, shopper
from tests.gateways import Process
from tests.platform import Platform, taking_cards_by

CANDLE, DECLINED = "amber-night-candle", "4000000000000341"

Arrive = Callable[..., Shopper]


@pytest.fixture(scope="module")
def platform(fake_stripe: Process) -> Iterator[Platform]:
    """The demo's first shop, as one that takes cards by Stripe."""
    platform = taking_cards_by(fake_stripe)
    try:
        command(platform, "demo")
        command(platform, "shop", "gateways", "layla-beauty", "stripe", "cash_on_delivery")
        platform.start(*platform.names)
        platform.wait_until_well()
        yield platform
    finally:
        platform.stop()


@pytest.fixture
def arrive(chromium: Browser, platform: Platform) -> Iterator[Arrive]:
    """New people with browsers of their own."""
    contexts: list[BrowserContext] = []

    def come(prefix: str = "/en", *, script: bool = True, width: int = 390) -> Shopper:
        person, context = shopper(chromium, platform.url, prefix=prefix, script=script, width=width)
        contexts.append(context)
        person.add(CANDLE)
        person.check_out()
        return person

    yield come
    for context in contexts:
        context.close()


def go_to_stripe(person: Shopper) -> None:
    """Order, and arrive at Stripe's page."""
    person.pay_by("stripe")
    person.page.wait_for_url("**/c/pay/cs_*")


def type_card(person: Shopper, number: str) -> None:
    """Pay on Stripe's page."""
    person.page.fill("#number", number)
    person.page.get_by_role("button", name="Pay").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["ar", "en"])
def test_a_card_buys_on_stripe_s_page(arrive: Arrive, prefix: str, *, script: bool) -> None:
    mona = arrive(prefix, script=script, width=390 if script else 1280)
    expect(mona.page.locator("#payment .pick").first).to_contain_text("Stripe")
    go_to_stripe(mona)
    expect(mona.page.locator("h1")).to_have_text("127.0.0.1")
    type_card(mona, APPROVED)
    assert mona.has_ordered().startswith("Order \u2068#" if prefix else "الطلب \u2068#")
    mona.go("/cart")
    expect(mona.page.locator(".empty")).to_be_visible()


def test_after_a_declined_card_and_one_that_the_bank_asks_about_the_order_is_there(arrive: Arrive) -> None:
    mona = arrive()
    go_to_stripe(mona)
    type_card(mona, DECLINED)
    expect(mona.page.get_by_role("alert")).to_contain_text("declined")
    type_card(mona, CHALLENGED)
    mona.page.locator("button[value=approve]").click()
    mona.has_ordered()


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["ar", "en"])
def test_who_turns_back_may_go_on_or_pay_in_another_way(arrive: Arrive, prefix: str) -> None:
    mona = arrive(prefix)
    go_to_stripe(mona)
    page_url = mona.page.url
    mona.page.locator("#back").click()
    expect(mona.page.locator("h1")).to_contain_text("Stripe")
    mona.page.locator("main a.button").click()
    mona.page.wait_for_url("**/c/pay/cs_*")
    mona.page.go_back()
    mona.page.locator("main form button").click()
    mona.page.wait_for_url("**/checkout")
    mona.pay_by("cash_on_delivery")
    mona.has_ordered()
    mona.page.goto(page_url)
    expect(mona.page.locator("main")).to_contain_text("expired")


def test_the_browser_s_own_back_leads_nobody_in_a_circle(arrive: Arrive) -> None:
    mona = arrive()
    go_to_stripe(mona)
    mona.page.go_back()
    mona.page.locator("main a.button").wait_for()
    mona.go("/checkout")
    expect(mona.page.locator("h1")).to_contain_text("Stripe")


def test_two_tabs_lead_to_one_page_and_one_order(arrive: Arrive) -> None:
    mona = arrive()
    other = Shopper(mona.page.context.new_page(), mona.url, mona.prefix)
    other.go("/checkout")
    for tab in (mona, other):
        tab.pay_by("stripe")
    mona.page.wait_for_url("**/c/pay/cs_*")
    other.page.locator("main a.button").click()
    other.page.wait_for_url("**/c/pay/cs_*")
    assert other.page.url == mona.page.url
    type_card(mona, APPROVED)
    name = mona.has_ordered()
    other.go("/checkout")
    assert other.has_ordered() == name
