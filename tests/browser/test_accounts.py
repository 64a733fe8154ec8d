"""A customer signs in by a letter, adds a passkey (Chromium's own virtual one), and comes back with it."""

import email
import re
import time
from email import policy

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages_for_everyone import FAULTS
from tests.platform import Platform

TWO_FACTORS = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def code_for(demo: Platform, address: str) -> str:
    """The digits in the newest letter to an address."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for path in sorted((demo.settings.home / "mail").glob("*.eml"), reverse=True):
            letter = email.message_from_bytes(path.read_bytes(), policy=policy.default)
            found = re.search(r"\d{6}", str(letter["Subject"]))
            if letter["To"] == address and found:
                return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no letter to {address}")


PAGES = ("", "/addresses", "/addresses/new", "/details", "/passkeys", "/forget-me")


def sign_in(page: Page, demo: Platform, shop: str, address: str) -> None:
    """By a letter."""
    page.goto(f"{shop}/account")
    page.fill("#email", address)
    page.locator(".door-form button").first.click()
    page.fill("#code", code_for(demo, address))
    page.locator(".door-form button").click()
    page.locator(".account").wait_for()


@pytest.mark.parametrize("prefix", ["/en", ""], ids=["en", "ar"])
def test_nothing_stands_in_a_customers_way(page: Page, demo: Platform, prefix: str) -> None:
    shop = f"http://layla-beauty.localhost:{demo.settings.port_storefront}{prefix}"
    page.set_viewport_size({"width": 320, "height": 700})
    sign_in(page, demo, shop, f"mona.wanders{prefix.replace('/', '.')}@example.org")
    faults = []
    for path in PAGES:
        page.goto(f"{shop}/account{path}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            faults += [f"{path}, {scheme}: {fault}" for fault in page.evaluate(FAULTS)]
    assert not faults, "\n".join(faults)


def test_a_passkey_of_the_shops_host_brings_a_customer_back(page: Page, demo: Platform) -> None:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": TWO_FACTORS})
    shop = f"http://layla-beauty.localhost:{demo.settings.port_storefront}/en"
    sign_in(page, demo, shop, "mona.passkey@example.org")
    expect(page.get_by_role("heading", name="Your orders")).to_be_visible()

    page.get_by_role("link", name="Signing in").click()
    page.fill("#name", "My telephone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("From now on you can sign in with this passkey.")).to_be_visible()
    expect(page.get_by_label("Name of the passkey")).to_have_value("My telephone")

    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("mona.passkey@example.org")).to_be_visible()

    page.get_by_role("link", name="Signing in").click()
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("This shop does not know this passkey.")).to_be_visible()
