"""The back office in a real Chromium, in the hands of an owner whose passkey identity has taken in."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from matjar.compose.addresses import admin_address, identity_address
from tests.browser.test_identity import give_passkeys, invite, sign_up
from tests.browser.test_pages_for_everyone import FAULTS
from tests.platform import Platform, ask
from tests.surfaces.admin.office import sell, wait_until

PAGES = (
    "/", "/orders?view=all", "/orders?q=nobody", "/orders/1001", "/orders/1001/send", "/orders/1001/refund",
    "/orders/1001/refund?everything=1", "/orders/1001/cancel", "/orders/1002/paid", "/orders/slips?order=1001",
    "/orders/pick", "/stock", "/stock?at=all", "/stock?scarce=1", "/stock?q=zzz", "/prices", "/tasks", "/staff",
    "/payout", "/payout/change", "/audit", "/menu", "/prove", "/nowhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def office() -> Iterator[Platform]:
    """A shop with its back office and identity, and a few orders."""
    platform = Platform(staffed=True)
    try:
        with ThreadPoolExecutor(1) as beside:  # Playwright has this thread's loop
            beside.submit(platform.furnish).result()
        platform.start(*platform.names)
        platform.wait_until_well()
        wait_until(lambda: _is_well(platform), platform)
        sell(platform, quantity=3)
        sell(platform, gateway="bank_transfer")
        yield platform
    finally:
        platform.stop()


def _is_well(platform: Platform) -> bool:
    try:
        return all(
            ask(f"{address(platform.settings)}/healthz")[1]["status"] == "ok"
            for address in (admin_address, identity_address)
        )
    except OSError:
        return False


@pytest.fixture(scope="module")
def desk(chromium: Browser, office: Platform) -> Iterator[BrowserContext]:
    """The owner's browser, signed in: signed up at identity once, and in at the back office by passkey."""
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, locale="en-GB", timezone_id="Asia/Dubai")
    context.set_default_timeout(10_000)
    page = context.new_page()
    give_passkeys(context, page)
    sign_up(page, invite(office, 1, "bench"), "owner@example.com")
    url = f"{admin_address(office.settings)}/bench/"
    page.goto(url)
    enter(page)
    yield context
    context.close()


def enter(page: Page) -> None:
    """Sign in by passkey, once the shop has heard of it."""
    for _ in range(60):
        page.click("button:has-text('Sign in with a passkey')")
        page.wait_for_load_state()
        page.wait_for_timeout(500)
        if "/sign-in" not in page.url:
            return
    raise AssertionError(page.content())


@pytest.fixture
def page(desk: BrowserContext) -> Page:
    """The owner's one tab, which holds their passkey."""
    return desk.pages[0]


def at(office: Platform, path: str) -> str:
    """A page's whole address."""
    return f"{admin_address(office.settings)}/bench{path}"


def test_an_order_is_found_while_typing_and_sent(page: Page, office: Platform) -> None:
    number = sell(office, quantity=2)
    page.goto(at(office, "/orders?view=all"))
    page.keyboard.press("/")
    page.keyboard.type(number)
    expect(page.locator(".row-link")).to_have_count(1)
    page.locator(".row-link").click()
    page.click("a:has-text('Send')")
    page.fill("[name=company]", "Aramex")
    page.click("button:has-text('Mark as sent')")
    expect(page.locator(".notice-good")).to_contain_text(f"#{number} is on its way.")
    expect(page.locator(".story li").first).to_contain_text("A parcel left.")


def test_a_refund_is_worked_out_while_one_chooses(page: Page, office: Platform) -> None:
    number = sell(office, quantity=2)
    page.goto(at(office, f"/orders/{number}/refund"))
    button = page.locator("#worked-out button[value=refund]")
    expect(button).to_be_disabled()
    pieces = page.locator("[name^=unsent-]")
    pieces.fill("9")
    expect(pieces).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".lines .field-error")).to_have_text("A whole number from 0 to 2.")
    pieces.fill("1")
    expect(pieces).to_have_attribute("aria-invalid", "false")
    expect(button).to_be_enabled()
    told = button.inner_text()
    button.click()
    expect(page.locator(".notice-good")).to_contain_text(told.removeprefix("Refund "))


def test_a_count_is_saved_in_place_and_taken_back(page: Page, office: Platform) -> None:
    page.goto(at(office, "/stock?q=SOAP-11"))
    field = page.locator(".table [name=count]").first
    before = field.input_value()
    field.fill("7")
    page.keyboard.press("Enter")
    expect(page.locator(".notice-good")).to_contain_text(": 7 on the shelf at Dubai.")
    page.click("button:has-text('Undo')")
    expect(page.locator(".table [name=count]").first).to_have_value(before)


def test_whoever_counts_down_a_list_stays_where_they_are(page: Page, office: Platform) -> None:
    page.goto(at(office, "/stock"))
    field = page.locator(".table [name=count]").last
    field.scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    assert top > 100
    field.fill("+1")
    field.press("Enter")
    expect(page.locator(".notice-good")).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - top) < 100


def test_several_orders_are_chosen_and_printed_together(page: Page, office: Platform) -> None:
    one, two = sell(office), sell(office)
    page.goto(at(office, "/orders?view=unfulfilled"))
    expect(page.locator(".chosen")).to_be_hidden()
    for number in (one, two):
        page.check(f"input[name=order][value='{number}']")
    expect(page.locator("[data-chosen]")).to_have_text("2")
    page.click("button:has-text('Packing slips')")
    expect(page.locator(".sheet")).to_have_count(2)


def test_the_payout_account_wants_the_passkey_once_more_and_loses_nothing_typed(page: Page, office: Platform) -> None:
    page.goto(at(office, "/payout/change"))
    if "/prove" in page.url:
        page.click("button:has-text('Show my passkey')")
        page.wait_for_url("**/payout/change")
    page.fill("[name=iban]", "AE070331234567890123456")
    page.click("button:has-text('Pay out to this account')")
    expect(page.locator(".notice-good")).to_contain_text("AE07 … 3456")


def test_without_a_script_the_same_is_done(chromium: Browser, desk: BrowserContext, office: Platform) -> None:
    number = sell(office, quantity=2)
    plain = chromium.new_context(java_script_enabled=False, storage_state=desk.storage_state())
    page = plain.new_page()
    page.goto(at(office, f"/orders?view=all&q={number}"))
    page.click(".row-link")
    page.click("a:has-text('Refund')")
    page.fill("[name^=unsent-]", "1")
    page.click("button:has-text('Work it out')")
    page.click("#worked-out button[value=refund]")
    expect(page.locator(".notice-good")).to_contain_text("were given back")
    plain.close()


def test_whoever_has_signed_out_sees_it_and_back_shows_nothing(page: Page, office: Platform) -> None:
    page.goto(at(office, "/orders/1001"))
    expect(page.locator("h1")).to_contain_text("#1001")
    page.click("button:has-text('Sign out')")
    expect(page.locator(".notice-good")).to_contain_text("You are signed out.")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Sign in")
    enter(page)


def test_what_is_typed_outlives_the_session(page: Page, office: Platform) -> None:
    page.goto(at(office, "/stock?q=SOAP-12"))
    field = page.locator(".table [name=count]").first
    field.fill("19")
    page.context.clear_cookies()
    field.press("Enter")
    expect(page.locator(".notice-warn")).to_contain_text("What you typed is kept")
    page.click("button:has-text('Sign in with a passkey')")
    page.click("button:has-text('Send it now')")
    expect(page.locator(".notice-good")).to_contain_text(": 19 on the shelf at Dubai.")


@pytest.fixture(scope="module", params=["en-GB", "ar"])
def narrow(request: pytest.FixtureRequest, chromium: Browser, desk: BrowserContext) -> Iterator[Page]:
    """The owner's telephone, 320 pixels wide."""
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, locale=request.param, storage_state=desk.storage_state()
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_stands_in_anyones_way(narrow: Page, office: Platform, path: str, scheme: str) -> None:
    narrow.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    narrow.goto(at(office, path))
    faults = narrow.evaluate(FAULTS)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["en-GB", "ar"])
@pytest.mark.parametrize("path", ["/", "/bench/sign-in", "/nosuch/orders"])
def test_nothing_stands_in_the_way_of_whoever_signs_in(
    chromium: Browser, office: Platform, path: str, language: str
) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, locale=language)
    page = context.new_page()
    page.goto(admin_address(office.settings) + path)
    faults = page.evaluate(FAULTS)
    context.close()
    assert not faults, "\n".join(faults)


def test_nothing_foreign_is_loaded_and_no_script_complains(page: Page, office: Platform) -> None:
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: troubles.append(request.url) if "//localhost" not in request.url else None)
    for path in ("/", "/orders", "/orders/1001", "/stock", "/prices", "/audit"):
        page.goto(at(office, path))
    assert not troubles
