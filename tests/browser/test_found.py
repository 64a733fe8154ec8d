"""What a page tells machines, and what a litre costs, in a real browser."""

import json

from playwright.sync_api import Page, expect

from tests.platform import Platform


def test_data_for_search_engines_is_read_and_never_run(page: Page, demo: Platform) -> None:
    home = f"http://layla-beauty.localhost:{demo.settings.port_storefront}"
    page.goto(f"{home}/en/products/oud-layali")
    told = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    assert [node["@type"] for node in told["@graph"]] == ["ProductGroup", "BreadcrumbList"]
    canonical = page.locator('link[rel="canonical"]').get_attribute("href")
    assert canonical == f"{home}/en/products/oud-layali"


def test_the_unit_price_follows_what_is_chosen(page: Page, demo: Platform) -> None:
    page.goto(f"{demo.url}/en/products/vitamin-c-serum")
    unit_price = page.locator("[data-unit-price]")
    expect(unit_price).to_have_text("AED 463.33 per 100 ml")
    page.locator("label.chip", has_text="50 ml").click()
    expect(unit_price).to_have_text("AED 398.00 per 100 ml")
