"""Buying in a browser: in two languages, with and without a script, through every outcome of a payment."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.buying import ANSWER_LOST, APPROVED, CHALLENGED, DECLINED, Shopper, command, shopper
from tests.platform import Platform

LIPSTICK, SERUM, CANDLE = "velvet-matte-lipstick", "vitamin-c-serum", "amber-night-candle"

Arrive = Callable[..., Shopper]


@pytest.fixture
def arrive(chromium: Browser, demo: Platform) -> Iterator[Arrive]:
    """New people with browsers of their own; a page that logs an error fails the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def come(prefix: str = "/en", *, script: bool = True, width: int = 390) -> Shopper:
        person, context = shopper(chromium, demo.url, prefix=prefix, script=script, width=width)
        contexts.append(context)
        person.page.on("pageerror", lambda error: troubles.append(str(error)))
        person.page.on("console", lambda said: troubles.extend(_policy_broken(said.text)))
        return person

    yield come
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


def _policy_broken(said: str) -> list[str]:
    return [said] if "Content Security Policy" in said else []


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["ar", "en"])
def test_a_card_buys(arrive: Arrive, prefix: str, *, script: bool) -> None:
    mona = arrive(prefix, script=script, width=390 if script else 1280)
    mona.add(LIPSTICK, choice=2)
    mona.add(SERUM)
    mona.check_out()
    mona.pay_with(APPROVED)
    name = mona.has_ordered()
    assert name.startswith("Order \u2068#" if prefix else "الطلب \u2068#")
    assert mona.page.locator(".items .item").count() == 2
    expect(mona.page.locator(".stages .done")).to_have_count(2)
    mona.go("/cart")
    expect(mona.page.locator(".empty")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_back_from_the_order_is_the_order_again_and_no_empty_cart(arrive: Arrive, *, script: bool) -> None:
    mona = arrive(script=script)
    mona.add(CANDLE)
    mona.check_out()
    mona.pay_by("cash_on_delivery")
    name = mona.has_ordered()
    mona.page.go_back()
    assert mona.has_ordered() == name
    mona.go("/checkout")
    assert mona.has_ordered() == name


@pytest.mark.parametrize(("prefix", "script"), [("", False), ("/en", True)], ids=["ar-plain", "en-script"])
def test_after_a_declined_card_another_buys(arrive: Arrive, prefix: str, *, script: bool) -> None:
    mona = arrive(prefix, script=script)
    mona.add(CANDLE)
    mona.check_out()
    mona.pay_with(DECLINED)
    expect(mona.is_told()).to_contain_text("declined" if prefix else "رُفضت البطاقة")
    assert mona.page.input_value("#email") == "mona@example.org"
    mona.pay_with(APPROVED)
    mona.has_ordered()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_bank_is_asked_and_approves(arrive: Arrive, *, script: bool) -> None:
    mona = arrive(script=script)
    mona.add(CANDLE)
    mona.check_out()
    mona.pay_with(CHALLENGED)
    mona.page.wait_for_url("**/pay/**")
    mona.page.locator("button[value=approve]").click()
    mona.has_ordered()


def test_the_buyer_turns_back_from_the_bank_and_pays_in_cash(arrive: Arrive) -> None:
    mona = arrive("")
    mona.add(CANDLE)
    mona.check_out()
    mona.pay_with(CHALLENGED)
    mona.page.wait_for_url("**/pay/**")
    mona.go("/checkout/bank")
    mona.page.locator("main form button").click()
    mona.page.wait_for_url("**/checkout")
    mona.pay_by("cash_on_delivery")
    mona.has_ordered()


def test_the_way_back_works_in_another_browser(arrive: Arrive) -> None:
    mona, elsewhere = arrive(), arrive()
    mona.add(CANDLE)
    mona.check_out()
    mona.pay_with(CHALLENGED)
    mona.page.wait_for_url("**/pay/**")
    with mona.page.expect_request("**/checkout/return/*") as back:
        mona.page.locator("button[value=approve]").click()
    elsewhere.page.goto(back.value.url)
    assert elsewhere.has_ordered() == mona.has_ordered()


def test_a_payment_whose_answer_was_lost_is_confirmed_without_a_script(arrive: Arrive) -> None:
    mona = arrive(script=False)
    mona.add(CANDLE)
    mona.check_out()
    mona.pay_with(ANSWER_LOST)
    mona.has_ordered()


def test_a_bank_transfer_shows_where_to_pay(arrive: Arrive) -> None:
    mona = arrive()
    mona.add(CANDLE)
    mona.check_out()
    mona.pay_by("bank_transfer")
    mona.has_ordered()
    expect(mona.page.locator(".bank-details")).to_contain_text("AE07 0331 2345 6789 0123 456")


def test_a_printed_order_shows_what_was_bought_and_not_how_far_it_has_got(arrive: Arrive) -> None:
    mona = arrive()
    mona.add(CANDLE)
    mona.check_out()
    mona.pay_by("cash_on_delivery")
    mona.has_ordered()
    on_both, on_screen, on_paper = [".item"], [".stages", ".head"], [".seller"]
    assert _shown(mona.page) == {*on_both, *on_screen}
    mona.page.emulate_media(media="print")
    assert _shown(mona.page) == {*on_both, *on_paper}


def _shown(page: Page) -> set[str]:
    return {name for name in (".item", ".stages", ".head", ".seller") if page.locator(name).first.is_visible()}


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_cart_is_changed_and_what_was_taken_out_put_back(arrive: Arrive, *, script: bool) -> None:
    mona = arrive(script=script)
    mona.add(LIPSTICK, choice=1)
    mona.add(CANDLE)
    mona.go("/cart")
    lines, total = mona.page.locator(".line"), mona.page.locator(".sums-total dd")
    if script:
        lines.first.locator("[data-step='1']").click()
    else:
        lines.first.locator("input").fill("2")
        mona.page.locator(".lines > p button").click()
    expect(total).to_have_text("AED\u00a0307.00")
    lines.first.locator("button[name=remove]").click()
    expect(lines).to_have_count(1)
    mona.is_told().locator("button").click()
    expect(lines).to_have_count(2)
    expect(total).to_have_text("AED\u00a0307.00")


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_wrong_code_is_told_beside_its_field_and_loses_nothing(arrive: Arrive, *, script: bool) -> None:
    mona = arrive(script=script)
    mona.add(CANDLE)
    mona.check_out()
    mona.page.fill("#discount_code", "NOSUCH")
    mona.page.locator(".field-with-button button").click()
    expect(mona.page.locator("#discount_code-wrong")).to_contain_text("NOSUCH")
    assert mona.page.input_value("#discount_code") == "NOSUCH"
    assert mona.page.input_value("#line1") == "Al Wasl Road 12"


def test_what_is_missing_or_wrong_is_told_beside_its_field_and_what_was_typed_is_kept(arrive: Arrive) -> None:
    mona = arrive("")
    mona.add(CANDLE)
    mona.check_out()
    mona.page.fill("#email", "mona at home")
    mona.page.fill("#city", "")
    mona.page.eval_on_selector("#checkout", "form => { form.noValidate = true }")
    mona.pay_by("cash_on_delivery")
    expect(mona.page.locator("#email-wrong")).to_have_text("هذا ليس عنوان بريد إلكتروني.")
    expect(mona.page.locator("#city-wrong")).to_have_text("اكتب اسم المدينة.")
    assert mona.page.input_value("#email") == "mona at home"
    assert mona.page.input_value("#line1") == "Al Wasl Road 12"


def test_a_price_that_rose_meanwhile_is_asked_about(arrive: Arrive, demo: Platform) -> None:
    mona = arrive()
    mona.add("laurel-soap")
    mona.check_out()
    command(demo, "price", "set", "layla-beauty", "LAY-SOA-LAU", "43.00")
    mona.pay_by("cash_on_delivery")
    expect(mona.is_told()).to_contain_text("The total has changed and is now AED\u00a063.00")
    mona.pay_by("cash_on_delivery")
    mona.has_ordered()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_delivery_is_priced_as_it_is_chosen(arrive: Arrive, *, script: bool) -> None:
    mona = arrive(script=script)
    mona.add(CANDLE)
    mona.check_out()
    total = mona.page.locator("#summary .sums-total dd")
    expect(total).to_have_text("AED\u00a0149.00")
    mona.page.check("input[value=express]")
    if not script:
        mona.page.locator("#delivery button").click()
    expect(total).to_have_text("AED\u00a0164.00")
    mona.page.select_option("#country", "SA")
    if not script:
        mona.page.locator("#delivery button").click()
    expect(mona.page.locator("input[name=delivery]")).to_have_count(1)
    expect(total).to_have_text("AED\u00a0189.00")
    assert mona.page.input_value("#line1") == "Al Wasl Road 12"


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_collection_is_narrowed_by_an_option(arrive: Arrive, *, script: bool) -> None:
    mona = arrive(script=script)
    mona.go("/collections/lips")
    mona.page.locator("select[name=option]", has_text="Peach").select_option(label="Peach")
    if not script:
        mona.page.locator(".narrowing button").click()
    expect(mona.page.locator(".card")).to_have_count(1)
    assert "option=" in mona.page.url


def test_the_language_switch_keeps_the_page(arrive: Arrive) -> None:
    mona = arrive()
    mona.go("/collections/lips?sort=price")
    mona.page.locator(".tongue").click()
    assert mona.page.url.endswith("/collections/lips?sort=price") and "/en/" not in mona.page.url
    assert mona.page.locator("html").get_attribute("dir") == "rtl"


def test_while_the_gateway_does_not_answer_the_page_waits_and_ends_well(arrive: Arrive, demo: Platform) -> None:
    mona = arrive(script=False)
    mona.add(CANDLE)
    mona.check_out()
    mona.pay_by("twin")
    mona.page.wait_for_selector("#number")
    demo.pause("gateway_twin")
    try:
        mona.go("/checkout/card/done?token=tok-0123456789abcdef-approved-browser")
        expect(mona.page.locator("h1")).to_have_text("Your payment is being confirmed")
    finally:
        demo.resume("gateway_twin")
    mona.has_ordered()
