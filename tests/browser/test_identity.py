"""Identity in a real Chromium that holds a passkey: in, out, and nothing that stands in anybody's way."""

import asyncio
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from matjar.compose.addresses import identity_address
from matjar.compose.identity import invite_owner, of_identity
from matjar.compose.wiring import storage_of_command_line
from matjar.domain.shops import HOUSE
from tests.browser.test_pages_for_everyone import FAULTS
from tests.platform import Platform, ask

PASSWORD = "kettle orbit maple"
PAGES = (
    "/account", "/account/passkeys", "/account/passkeys/new", "/account/second-step", "/account/second-step/app",
    "/account/sessions", "/account/email", "/account/password", "/shops/rose/people", "/shops/rose/people/invite",
    "/shops/rose/roles", "/shops/rose/roles/new", "/shops/rose/codes", "/shops/rose/tokens", "/shops/rose/tokens/new",
    "/shops/rose/welcome", "/nowhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def identity() -> Iterator[Platform]:
    """Identity alone: it needs nobody."""
    platform = Platform(staffed=True)
    try:
        platform.start("identity")
        deadline = time.monotonic() + 20
        while not _is_well(platform):
            assert time.monotonic() < deadline, platform.logs()
            time.sleep(0.1)
        yield platform
    finally:
        platform.stop()


def _is_well(platform: Platform) -> bool:
    try:
        return bool(ask(f"{identity_address(platform.settings)}/healthz")[1]["status"] == "ok")
    except OSError:
        return False


def invite(platform: Platform, shop_id: int, handle: str) -> str:
    """A link for a shop's first owner."""

    async def made() -> str:
        shop = msgspec.structs.replace(HOUSE, id=shop_id, handle=handle, name="Rose & Oud")
        async with storage_of_command_line(platform.settings, of_identity) as storage:
            return await invite_owner(storage, platform.settings, shop)

    with ThreadPoolExecutor(1) as beside:  # Playwright has this thread's loop
        return beside.submit(lambda: asyncio.run(made())).result()


def give_passkeys(context: BrowserContext, page: Page) -> None:
    """A device that holds passkeys and always recognises its person (WebAuthn, 11.2)."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_up(page: Page, link: str, email: str) -> None:
    """Come in by a link, and add a passkey."""
    page.goto(link)
    page.fill("#name", "Sara Haddad")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("button[value=open]")
    page.locator("main a.button").first.click()
    page.click("button:has-text('Add the passkey')")
    page.wait_for_url("**?done=passkey")


def test_the_first_owner_signs_up_adds_a_passkey_and_signs_in_with_it(
    identity: Platform, context: BrowserContext, page: Page
) -> None:
    give_passkeys(context, page)
    sign_up(page, invite(identity, 8, "oud"), "first@example.com")
    assert page.locator(".way-done").count() == 2
    page.click("header button:has-text('Sign out')")
    page.click("button:has-text('Sign in with a passkey')")
    page.wait_for_url("**/account")
    page.click("a:has-text('Emergency codes')")
    page.click("button:has-text('Make the sheet')")
    assert page.locator(".code").count() == 10


def test_a_person_without_a_passkey_here_is_told_so_and_goes_on_by_password_and_app(
    identity: Platform, context: BrowserContext, page: Page
) -> None:
    give_passkeys(context, page)
    sign_up(page, invite(identity, 9, "amber"), "second@example.com")
    address = identity_address(identity.settings)
    page.goto(f"{address}/account/second-step/app")
    secret = (page.text_content(".code") or "").replace(" ", "")
    page.fill("#code", pyotp.TOTP(secret).now())
    page.click("button:has-text('Turn it on')")
    page.click("header button:has-text('Sign out')")
    page.fill("#email", "second@example.com")
    page.fill("#password", PASSWORD)
    page.click("button:has-text('Go on')")
    assert "The code from your app" in page.inner_text("h1")
    page.fill("#code", "000000")
    page.click("button:has-text('Sign in')")
    assert page.locator("#code-wrong").is_visible()


@pytest.fixture(scope="module")
def sara(chromium: Browser, identity: Platform) -> Iterator[Page]:
    """An owner at her narrow telephone, signed in just now."""
    context = chromium.new_context(viewport={"width": 320, "height": 740}, locale="en-GB")
    context.set_default_timeout(10_000)
    page = context.new_page()
    give_passkeys(context, page)
    sign_up(page, invite(identity, 7, "rose"), "sara@example.com")
    yield page
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_stands_in_anyones_way(sara: Page, identity: Platform, language: str, scheme: str) -> None:
    sara.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    faults = []
    for path in PAGES:
        sara.goto(f"{identity_address(identity.settings)}{path}?language={language}")
        if re.search(r"/prove", sara.url):
            sara.locator("[data-passkey] button").click()
            sara.wait_for_url(f"**{path}*")
        faults += [f"{path}: {fault}" for fault in sara.evaluate(FAULTS)]
    assert not faults, "\n".join(faults)


def test_what_is_open_to_all_stands_in_nobodys_way(identity: Platform, context: BrowserContext, page: Page) -> None:
    faults = []
    for path in ("/sign-in", "/forgotten", "/nowhere"):
        for language in ("en", "ar"):
            page.goto(f"{identity_address(identity.settings)}{path}?language={language}")
            faults += [f"{path}: {fault}" for fault in page.evaluate(FAULTS)]
    assert not faults, "\n".join(faults)


def test_signing_in_by_password_needs_no_script(chromium: Browser, identity: Platform) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{identity_address(identity.settings)}/sign-in")
    page.fill("#email", "nobody@example.com")
    page.fill("#password", "whatever it is")
    page.click("button:has-text('Go on')")
    assert page.locator("#password-wrong").is_visible()
    context.close()
