"""Pages for everyone (WCAG 2.2 AA), as far as a program can tell: names, contrast, targets, reflow, both directions."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.buying import shopper
from tests.platform import Platform

PAGES = (
    "/",
    "/collections",
    "/collections/lips",
    "/products/glow-lip-oil",
    "/search?q=rose",
    "/cart",
    "/checkout",
    "/account/sign-in",
    "/orders",
    "/contact",
    "/policies/refund",
    "/no",
)

FAULTS = """() => {
  const faults = [], shown = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".unseen");
  const say = (e, what) => faults.push(`${what}: ${e.outerHTML.slice(0, 120)}`);
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`needs ${root.scrollWidth} pixels`);
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (!document.title || !root.lang || !root.dir) faults.push("no title, language or direction");
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`twice the id ${id}`);
  for (const e of document.querySelectorAll("img")) if (!e.hasAttribute("alt")) say(e, "no alt");
  for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!e.labels.length && !e.ariaLabel) say(e, "no label");
  for (const e of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select")) {
    if (!shown(e) || e.closest("[aria-hidden=true]")) continue;
    if (!(e.ariaLabel || e.innerText?.trim() || e.labels?.length || e.querySelector("img[alt]"))) say(e, "no name");
    const box = (e.closest("label") || e).getBoundingClientRect();
    if (Math.min(box.width, box.height) < 24 && getComputedStyle(e).display !== "inline") say(e, "under 24 pixels");
  }
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
    const part = c[i] / 255;
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const colour = rgb(getComputedStyle(e).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(e) || e.closest(":disabled, .chip-out, script, .toast")) continue;
    const [dark, bright] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((a, b) => a - b);
    if ((bright + 0.05) / (dark + 0.05) < 4.5) say(e, `contrast ${((bright + 0.05) / (dark + 0.05)).toFixed(2)}`);
  }
  return faults;
}"""


@pytest.fixture(scope="module", params=["/en", ""], ids=["en", "ar"])
def visit(request: pytest.FixtureRequest, chromium: Browser, demo: Platform) -> Iterator[Page]:
    """A narrow page, 320 pixels wide, of somebody with something in the cart."""
    person, context = shopper(chromium, demo.url, prefix=request.param, width=320)
    person.add("amber-night-candle")
    person.check_out()
    yield person.page
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_stands_in_anyones_way(visit: Page, demo: Platform, path: str, scheme: str) -> None:
    visit.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    prefix = "/en" if "/en/" in visit.url or visit.url.endswith("/en") else ""
    visit.goto(demo.url + (prefix + path if path != "/" else prefix or "/"))
    faults = visit.evaluate(FAULTS)
    assert not faults, "\n".join(faults)


def test_the_keyboard_reaches_the_content_first(visit: Page, demo: Platform) -> None:
    visit.goto(demo.url)
    visit.keyboard.press("Tab")
    visit.keyboard.press("Enter")
    assert visit.evaluate("document.activeElement.id") == "content"
