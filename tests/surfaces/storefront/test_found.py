"""What search engines and whoever shares a link are told, over plain HTTP, held against what they publish."""

import gzip
import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

import pytest

from matjar.domain import catalog, shops
from matjar.domain.catalog import CollectionEdit, NewVariant, Option, Product, ProductEdit
from matjar.domain.shops import PolicyKind
from tests.platform import Platform, ask
from tests.surfaces.storefront.reader import Reader
from tests.surfaces.storefront.waiting import until

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
GOOGLE = "{http://base.google.com/ns/1.0}"
AVAILABILITY = {"https://schema.org/InStock", "https://schema.org/OutOfStock"}
NASTY = 'Balm </script><script>alert("1")</script> & <b>co</b>'


@pytest.fixture(scope="module")
def balm(platform: Platform) -> Iterator[Product]:
    """Something in two sizes, one of them reduced, with a name that means harm."""
    made = platform.submit(
        catalog.create_product, title=NASTY, handle="balm", body_html="<p>For <b>dry</b> days &amp; nights.</p>",
        vendor="Nur", product_type="Care", options=(Option("Size", ("Small", "Large")),),
        variants=(
            NewVariant(1_900, ("Small",), sku="BALM-S", barcode="4006381333931", weight_grams=90),
            NewVariant(3_400, ("Large",), sku="BALM-L", compare_at_minor=3_900, tracked=False),
        ),
    )  # fmt: skip
    until(lambda: ask(f"{platform.url}/products/balm.json")[0] == 200)
    yield made
    platform.submit(catalog.remove_product, product_id=made.id)
    until(lambda: ask(f"{platform.url}/products/balm.json")[0] == 404)


def linked(page: str) -> list[dict[str, Any]]:
    """What a page tells machines."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(text)
    assert told["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = told["@graph"]
    return nodes


def alternates(page: str) -> dict[str, str]:
    """A page's addresses by language."""
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))


def answers(reader: Reader, path: str, status: int) -> bool:
    """Whether a page is answered so by now."""
    reader.get(path)
    return reader.status == status


def home(reader: Reader) -> str:
    """Where the shop says that it is at home."""
    found = re.search(r'<link rel="canonical" href="([^"]+)/">', reader.get("/"))
    assert found is not None
    return found[1]


def check_offer(offer: dict[str, Any]) -> None:
    """As merchant listings require: developers.google.com/search/docs/appearance/structured-data/merchant-listing."""
    assert offer["@type"] == "Offer"
    assert re.fullmatch(r"\d+\.\d{2}", offer["price"])
    assert re.fullmatch(r"[A-Z]{3}", offer["priceCurrency"])
    assert offer["availability"] in AVAILABILITY
    assert offer["url"].startswith("http")


def test_a_page_names_its_one_address_and_each_of_its_languages(reader: Reader, balm: Product) -> None:
    at_home = home(reader)
    for path in ("/products/balm", f"/products/balm?variant={balm.variants[1].id}", "/ar/products/balm"):
        page = reader.get(path)
        prefix = "/ar" if path.startswith("/ar") else ""
        assert f'<link rel="canonical" href="{at_home}{prefix}/products/balm">' in page
        assert alternates(page) == {
            "en": f"{at_home}/products/balm",
            "ar": f"{at_home}/ar/products/balm",
            "x-default": f"{at_home}/products/balm",
        }


def test_the_address_is_the_same_whichever_host_was_asked(reader: Reader, platform: Platform, balm: Product) -> None:
    at_home = home(reader)
    assert "localhost" in at_home
    page = reader.get("/products/balm", host=f"127.0.0.1:{platform.settings.port_storefront}")
    assert f'<link rel="canonical" href="{at_home}/products/balm">' in page
    assert "//127.0.0.1" not in page


def test_a_merchants_words_stay_words_in_what_machines_read(reader: Reader, balm: Product) -> None:
    until(partial(answers, reader, "/products/balm", 200))
    page = reader.get("/products/balm")
    assert "<script>alert" not in page
    group, _ = linked(page)
    assert group["name"] == NASTY


def test_a_product_is_a_group_of_variants_each_with_its_offer(reader: Reader, balm: Product) -> None:
    group, crumbs = linked(reader.get("/products/balm"))
    assert group["@type"] == "ProductGroup"
    assert group["productGroupID"] == str(balm.id)
    assert group["description"] == "For dry days & nights."
    assert group["variesBy"] == ["https://schema.org/size"]
    both = group["offers"]
    assert (both["@type"], both["lowPrice"], both["highPrice"], both["offerCount"]) == (
        "AggregateOffer", "19.00", "34.00", 2,
    )  # fmt: skip
    small, large = group["hasVariant"]
    for variant in (small, large):
        assert variant["@type"] == "Product"
        assert variant["name"]
        check_offer(variant["offers"])
    assert (small["gtin"], small["size"], large["sku"]) == ("4006381333931", "Small", "BALM-L")
    assert small["offers"]["availability"] == "https://schema.org/OutOfStock"
    assert large["offers"]["priceSpecification"]["price"] == "39.00"
    assert crumbs["@type"] == "BreadcrumbList"
    assert [step["position"] for step in crumbs["itemListElement"]] == [1, 2]
    assert all(step["name"] and step["item"].startswith("http") for step in crumbs["itemListElement"])


def test_a_product_of_one_kind_has_one_offer(reader: Reader) -> None:
    path = re.search(r'href="(/products/(?!balm)[^"?]+)"', reader.get("/"))
    assert path is not None
    product = linked(reader.get(path[1]))[0]
    assert product["@type"] == "Product"
    check_offer(product["offers"])


def test_the_home_page_says_who_sells_and_how_to_search(reader: Reader) -> None:
    seller, site = linked(reader.get("/"))
    assert (seller["@type"], site["@type"]) == ("OnlineStore", "WebSite")
    assert {"name", "url"} <= seller.keys()
    action = site["potentialAction"]
    assert action["@type"] == "SearchAction"
    assert action["target"]["urlTemplate"].endswith("/search?q={search_term_string}")
    assert action["query-input"] == "required name=search_term_string"


def test_whoever_shares_a_page_shows_its_title_and_address(reader: Reader, balm: Product) -> None:
    page = reader.get("/products/balm")
    told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', page))
    assert {"og:title", "og:type", "og:url", "og:description", "og:site_name", "twitter:card"} <= told.keys()
    assert told["og:type"] == "product"
    assert told["og:description"] == "For dry days &amp; nights."
    assert told["og:url"] == f"{home(reader)}/products/balm"


def test_nothing_in_a_kept_page_is_one_persons(reader: Reader, balm: Product) -> None:
    for path in ("/", "/products/balm", "/collections"):
        page = reader.get(path)
        assert "csrf" not in page
        assert "nonce" not in page
        assert "set-cookie" not in reader.answer


def test_robots_are_kept_from_what_is_one_persons_and_shown_the_sitemap(reader: Reader) -> None:
    lines = reader.get("/robots.txt").splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /cart", "Disallow: /ar/checkout", "Disallow: /orders"} <= set(lines)
    assert f"Sitemap: {home(reader)}/sitemap.xml" in lines


def test_the_sitemap_leads_to_every_page_in_every_language(reader: Reader, balm: Product) -> None:
    at_home = home(reader)
    index = ET.fromstring(reader.get("/sitemap.xml"))
    files = [str(loc.text) for loc in index.iter(f"{SITEMAP}loc")]
    assert files == [f"{at_home}/sitemaps/pages.xml", f"{at_home}/sitemaps/products-1.xml"]
    found: dict[str, dict[str, str]] = {}
    for file in files:
        for url in ET.fromstring(reader.get(file.removeprefix(at_home))).iter(f"{SITEMAP}url"):
            links = {link.attrib["hreflang"]: link.attrib["href"] for link in url.iter(LINK)}
            found[str(url.findtext(f"{SITEMAP}loc"))] = links
    assert found[f"{at_home}/ar/products/balm"] == alternates(reader.get("/products/balm"))
    assert {f"{at_home}/", f"{at_home}/ar", f"{at_home}/products/balm"} <= found.keys()
    reader.get("/sitemaps/products-9.xml")
    assert reader.status == 404


def test_a_sitemap_is_packed_and_sent_once(reader: Reader, platform: Platform) -> None:
    asked = Request(f"{platform.url}/sitemaps/products-1.xml", headers={"accept-encoding": "gzip"})
    with urlopen(asked, timeout=10) as response:
        packed, headers = response.read(), response.headers
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed).decode() == reader.get("/sitemaps/products-1.xml")
    reader.get("/sitemaps/products-1.xml", if_none_match=headers["etag"])
    assert reader.status == 304


def feed(reader: Reader, language: str = "en") -> dict[str, ET.Element]:
    """The product feed by the ids of its items."""
    items = ET.fromstring(reader.get(f"/feeds/google-{language}.xml")).iter("item")
    return {str(item.findtext(f"{GOOGLE}id")): item for item in items}


def test_the_feed_has_what_shopping_pages_require_of_every_variant(reader: Reader, balm: Product) -> None:
    """support.google.com/merchants/answer/7052112."""
    items = feed(reader)
    assert {str(variant.id) for variant in balm.variants} <= items.keys()
    for item in items.values():
        told = {child.tag.removeprefix(GOOGLE): str(child.text) for child in item}
        assert 0 < len(told["id"]) <= 50
        assert 0 < len(told["title"]) <= 150
        assert 0 < len(told["description"]) <= 5_000
        assert told["link"].startswith(home(reader))
        assert told["availability"] in ("in_stock", "out_of_stock")
        assert re.fullmatch(r"\d+\.\d{2} AED", told["price"])
        assert told["condition"] == "new"
        assert "gtin" in told or "mpn" in told or told["identifier_exists"] == "no"
        assert told["brand"]


def test_the_feed_tells_of_a_reduced_variant_what_it_cost_before(reader: Reader, balm: Product) -> None:
    small, large = (feed(reader)[str(variant.id)] for variant in balm.variants)
    assert (large.findtext(f"{GOOGLE}price"), large.findtext(f"{GOOGLE}sale_price")) == ("39.00 AED", "34.00 AED")
    assert (small.findtext(f"{GOOGLE}price"), small.findtext(f"{GOOGLE}sale_price")) == ("19.00 AED", None)
    assert small.findtext(f"{GOOGLE}gtin") == "4006381333931"
    assert large.findtext(f"{GOOGLE}mpn") == "BALM-L"
    assert small.findtext(f"{GOOGLE}item_group_id") == large.findtext(f"{GOOGLE}item_group_id") == str(balm.id)
    assert large.findtext(f"{GOOGLE}link", "").endswith(f"/products/balm?variant={balm.variants[1].id}")


def test_each_language_has_a_feed_and_no_other_has(reader: Reader, balm: Product) -> None:
    arabic = feed(reader, "ar")[str(balm.variants[0].id)]
    assert f"{home(reader)}/ar/products/balm" in arabic.findtext(f"{GOOGLE}link", "")
    for name in ("google-fr.xml", "bing-en.xml", "google-en"):
        reader.get(f"/feeds/{name}")
        assert reader.status == 404


def test_old_addresses_lead_to_the_new_one_in_one_step(reader: Reader, platform: Platform) -> None:
    comb = platform.submit(catalog.create_product, title="Comb", variants=(NewVariant(900),))
    until(partial(answers, reader, "/products/comb", 200))
    for handle in ("wooden-comb", "beech-comb"):
        platform.submit(catalog.update_product, product_id=comb.id, edit=ProductEdit(handle=handle))
    until(partial(answers, reader, "/products/beech-comb", 200))
    moved = {"/products/comb": "/products/beech-comb", "/ar/products/wooden-comb": "/ar/products/beech-comb"}
    for old, new in moved.items():
        until(partial(answers, reader, f"{old}?variant=7", 301))
        assert reader.answer["location"] == f"{new}?variant=7"
    platform.submit(catalog.update_product, product_id=comb.id, edit=ProductEdit(handle="comb"))
    until(partial(answers, reader, "/products/comb", 200))
    until(lambda: reader.get("/products/beech-comb") == "" and reader.answer.get("location") == "/products/comb")
    platform.submit(catalog.remove_product, product_id=comb.id)
    for gone in ("/products/comb", "/products/wooden-comb"):
        until(partial(answers, reader, gone, 410))
    page = reader.get("/products/comb")
    assert "Not sold here any more" in page
    assert 'id="find-instead"' in page


def test_a_collection_that_was_renamed_is_led_to(reader: Reader, platform: Platform) -> None:
    gifts = platform.submit(catalog.create_collection, title="Gifts")
    platform.submit(catalog.update_collection, collection_id=gifts.id, edit=CollectionEdit(handle="presents"))
    until(partial(answers, reader, "/collections/gifts", 301))
    assert reader.answer["location"] == "/collections/presents"
    page = reader.get("/collections/nothing")
    assert reader.status == 404
    assert 'href="/collections/presents"' in page
    platform.submit(catalog.remove_collection, collection_id=gifts.id)
    until(partial(answers, reader, "/collections/gifts", 410))


def test_a_shop_shows_its_policies_in_the_readers_language(reader: Reader, platform: Platform) -> None:
    for language, text in (("en", "<p>Two weeks.</p>"), ("ar", "<p>أسبوعان.</p>")):
        platform.submit(shops.write_policy, kind=PolicyKind.REFUND, language=language, body_html=text)
    until(lambda: "Two weeks." in reader.get("/policies/refund"))
    assert 'href="/policies/refund"' in reader.get("/")
    assert "أسبوعان." in reader.get("/ar/policies/refund")
    returns = linked(reader.get("/"))[0]["hasMerchantReturnPolicy"]
    assert returns["merchantReturnLink"] == f"{home(reader)}/policies/refund"
    reader.get("/policies/terms")
    assert reader.status == 404
    for language in ("en", "ar"):
        platform.submit(shops.write_policy, kind=PolicyKind.REFUND, language=language, body_html="")
    until(partial(answers, reader, "/policies/refund", 404))
