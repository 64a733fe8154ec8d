"""A person who buys in a browser, told in a shopper's words."""

import subprocess
import sys
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.platform import Platform

APPROVED, DECLINED = "4242424242424242", "4000000000000002"
CHALLENGED, ANSWER_LOST = "4000002760003184", "4000000000005555"


@dataclass
class Shopper:
    """One person with one browser. ``prefix`` is the language's: empty for the shop's own."""

    page: Page
    url: str
    prefix: str = ""
    script: bool = True

    def go(self, path: str) -> None:
        """Open a page of the shop, in the person's language."""
        self.page.goto(self.url + (self.prefix + path if path != "/" else self.prefix or "/"))

    def add(self, handle: str, choice: int = 0) -> None:
        """Put a product into the cart."""
        self.go(f"/products/{handle}")
        chips = self.page.locator(".chip")
        if chips.count():
            chips.nth(choice).click()
        self.page.locator("button[data-add]").click()
        if self.script:
            self.page.locator(".toast.shown").wait_for()
        else:
            self.page.wait_for_url("**/cart")

    def check_out(self) -> None:
        """From the cart to the checkout, and everything told there."""
        self.go("/cart")
        self.page.locator(".sums-box button").click()
        self.page.wait_for_url("**/checkout")
        fields = {"email": "mona@example.org", "name": "Mona Haddad", "line1": "Al Wasl Road 12", "city": "Dubai"}
        for name, text in fields.items():
            self.page.fill(f"#{name}", text)
        self.page.select_option("#region", "DU")

    def pay_by(self, gateway: str) -> None:
        """Choose a way to pay, and order."""
        self.page.check(f"input[name=gateway][value={gateway}]")
        self.page.click("button[value=pay]")

    def pay_with(self, card: str) -> None:
        """Order, and type a card on the gateway's own page."""
        self.pay_by("twin")
        self.page.fill("#number", card)
        self.page.locator("main button").click()

    def is_told(self) -> Locator:
        """The first notice on the page."""
        return self.page.locator(".notice").first

    def has_ordered(self) -> str:
        """Wait for the order's page; what it is called."""
        self.page.wait_for_url("**/orders/*")
        return self.page.locator("h1").inner_text()


def shopper(
    chromium: Browser, url: str, *, prefix: str = "", script: bool = True, width: int = 390
) -> tuple[Shopper, BrowserContext]:
    """A new person with a browser of their own."""
    context = chromium.new_context(viewport={"width": width, "height": 844}, java_script_enabled=script)
    context.set_default_timeout(10_000)
    return Shopper(context.new_page(), url, prefix, script), context


def command(platform: Platform, *words: str) -> None:
    """Do something at the command line, as the shop's merchant might."""
    subprocess.run([sys.executable, "-m", "matjar", *words], env=platform.environ, check=True, capture_output=True)
