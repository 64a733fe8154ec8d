"""Searching in a browser: suggestions by keyboard and by hand, in both directions, and all of it without a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.buying import shopper
from tests.platform import Platform

LIPSTICK = "velvet-matte-lipstick"


@pytest.fixture(params=["", "/en"], ids=["ar", "en"])
def page(request: pytest.FixtureRequest, chromium: Browser, demo: Platform) -> Iterator[Page]:
    """The search page of the first shop."""
    person, context = shopper(chromium, demo.url, prefix=request.param, width=390)
    person.go("/search")
    yield person.page
    context.close()


def field(page: Page) -> Locator:
    """The large field."""
    return page.locator("#find-large")


def test_suggestions_are_walked_through_with_the_arrow_keys(page: Page) -> None:
    expect(field(page)).to_have_attribute("role", "combobox")
    field(page).press_sequentially("lipst")
    options = page.locator("#find-large-suggestions [role=option]")
    expect(options).to_have_count(2)
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".find-large [data-heard]")).not_to_be_empty()
    field(page).press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", "find-large-suggestions-0")
    field(page).press("ArrowUp")
    assert field(page).get_attribute("aria-activedescendant") is None
    field(page).press("ArrowDown")
    field(page).press("Enter")
    page.wait_for_url(f"**/products/{LIPSTICK}")


def test_escape_closes_the_list_and_keeps_the_words(page: Page) -> None:
    field(page).press_sequentially("lipst")
    expect(page.locator("#find-large-suggestions")).to_be_visible()
    field(page).press("Escape")
    expect(page.locator("#find-large-suggestions")).to_be_hidden()
    expect(field(page)).to_have_value("lipst")
    expect(field(page)).to_have_attribute("aria-expanded", "false")


def test_enter_without_a_choice_and_all_results_lead_to_the_page_with_the_words(page: Page) -> None:
    field(page).press_sequentially("lipstik")
    page.locator("#find-large-suggestions [role=option]").last.click()
    page.wait_for_url("**/search?q=lipstik")
    expect(field(page)).to_have_value("lipstik")
    expect(page.locator(".card")).to_have_count(1)
    field(page).fill("ظظظظظظ")
    field(page).press("Enter")
    expect(page.locator(".empty")).to_be_visible()
    expect(field(page)).to_have_value("ظظظظظظ")


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["ar", "en"])
def test_without_a_script_words_are_found_sorted_and_narrowed(chromium: Browser, demo: Platform, prefix: str) -> None:
    person, context = shopper(chromium, demo.url, prefix=prefix, script=False, width=1280)
    person.go("/search")
    person.page.locator("#find-large").fill("rose")
    person.page.locator("#find-large").press("Enter")
    cards = person.page.locator(".card")
    expect(cards).not_to_have_count(0)
    before = cards.count()
    person.page.locator("select[name=sort]").select_option("price")
    person.page.locator(".narrowing button").click()
    assert "q=rose" in person.page.url
    assert "sort=price" in person.page.url
    expect(cards).to_have_count(before)
    context.close()
