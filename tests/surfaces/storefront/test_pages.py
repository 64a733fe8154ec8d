"""Pages over plain HTTP, without a browser and without a script."""

import re

import pytest

from tests.platform import Platform
from tests.surfaces.storefront.reader import Reader

TOLD = {"email": "sara@example.com", "name": "Sara Haddad", "line1": "12 Marina Walk", "city": "Dubai", "country": "AE"}


def product(reader: Reader) -> str:
    """The address of the first product that the home page shows."""
    found = re.search(r'href="(/products/[^"?]+)"', reader.get("/"))
    assert found is not None
    return found[1]


def fill_cart(reader: Reader) -> str:
    """Put the first product into the cart; the cart's page."""
    return reader.send("/cart/add", {"product": product(reader).removeprefix("/products/"), "quantity": "2"})


def test_a_whole_purchase_by_forms_alone(reader: Reader) -> None:
    assert 'value="2"' in fill_cart(reader)
    page = reader.send("/checkout/begin", {"go": "1"})
    assert reader.path == "/checkout"
    told = TOLD | reader.fields(page) | {"delivery": "courier", "gateway": "cash_on_delivery", "do": "pay"}
    page = reader.send("/checkout", told)
    assert reader.path.startswith("/orders/"), page
    assert "Thank you for your order!" in page
    assert "__Host-storefront-cart" not in reader.cookies


def test_back_from_the_order_the_checkout_leads_to_it_until_another_begins(reader: Reader, platform: Platform) -> None:
    fill_cart(reader)
    page = reader.send("/checkout/begin", {"go": "1"})
    told = TOLD | reader.fields(page) | {"delivery": "courier", "gateway": "cash_on_delivery", "do": "pay"}
    reader.send("/checkout", told)
    placed = reader.path
    assert "Thank you for your order!" in reader.get("/checkout")
    assert "Thank you for your order!" in reader.send("/checkout", told)
    assert reader.path == placed
    assert "Your cart is empty." in Reader(platform, "10.9.9.7").get("/checkout")
    fill_cart(reader)
    reader.send("/checkout/begin", {"go": "1"})
    reader.get("/checkout")
    assert reader.path == "/checkout"
    assert quantities(reader.get("/cart"))


def test_a_delivery_is_called_as_its_reader_speaks_all_the_way(reader: Reader) -> None:
    fill_cart(reader)
    page = reader.send("/checkout/begin", {"go": "1"})
    assert '<span class="pick-title">Courier</span>' in page
    page = reader.get("/ar/checkout")
    assert '<span class="pick-title">مندوب</span>' in page
    told = TOLD | reader.fields(page) | {"delivery": "courier", "gateway": "cash_on_delivery", "do": "pay"}
    page = reader.send("/ar/checkout", told)
    assert reader.path.startswith("/ar/orders/")
    assert ("<dt>مندوب</dt>" in page, "Courier" in page) == (True, False)
    page = reader.get(reader.path.removeprefix("/ar"))
    assert ("مندوب" in page, "<dt>Courier</dt>" in page) == (False, True)


def test_what_another_tab_put_into_the_cart_while_this_one_paid_stays_there(reader: Reader, platform: Platform) -> None:
    bought, other = platform.variant_ids[:2]
    reader.send("/cart/add", {"variant": str(bought), "quantity": "2"})
    page = reader.send("/checkout/begin", {"go": "1"})
    for variant_id in (bought, other):
        reader.send("/cart/add", {"variant": str(variant_id), "quantity": "1"})
    reader.send(
        "/checkout", TOLD | reader.fields(page) | {"delivery": "courier", "gateway": "cash_on_delivery", "do": "pay"}
    )
    assert reader.path.startswith("/orders/")
    assert quantities(reader.get("/cart")) == {bought: 1, other: 1}
    assert reader.cookies["storefront-count"] == "2"


def quantities(page: str) -> dict[int, int]:
    """What the cart's page shows, by variant."""
    fields = re.findall(r'name="quantity-(\d+)"[^>]* value="(\d+)"', page)
    return {int(variant_id): int(quantity) for variant_id, quantity in fields}


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"}],
)
def test_a_form_of_another_site_is_refused(reader: Reader, headers: dict[str, str]) -> None:
    fields = {"product": product(reader).removeprefix("/products/"), "quantity": "1"}
    page = reader.send("/cart/add", fields, **headers)
    assert reader.status == 403
    assert "was not sent from a page of this shop" in page
    assert not reader.cookies


def test_pages_of_goods_are_the_same_for_everybody(reader: Reader, platform: Platform) -> None:
    stranger = Reader(platform, "10.9.9.9")
    fill_cart(reader)
    for path in ("/", "/collections", product(stranger)):
        assert reader.get(path) == stranger.get(path)
    assert not stranger.cookies


def test_pages_with_a_persons_data_are_kept_nowhere(reader: Reader) -> None:
    fill_cart(reader)
    assert reader.answer["cache-control"] == "no-store"


def test_every_page_has_a_strict_policy(reader: Reader) -> None:
    for path in ("/", "/cart", product(reader), "/nothing"):
        reader.get(path)
        rules = reader.answer["content-security-policy"]
        assert "default-src 'none'" in rules
        assert "unsafe" not in rules


@pytest.mark.parametrize("path", ["/nothing", "/products/nothing", "/collections/nothing", "/xx", "/orders/nothing"])
def test_what_is_not_there_is_a_page_for_people_and_json_for_programs(reader: Reader, path: str) -> None:
    page = reader.get(path)
    assert (reader.status, "This page is not here" in page) == (404, True)
    assert reader.get(path, accept="application/json").startswith("{")
    assert reader.status == 404


@pytest.mark.parametrize(
    "path",
    [
        "../shops.sqlite",
        "%2e%2e/shops.sqlite",
        "..%2fsecrets/webhook",
        "/etc/passwd",
        "a%00.svg",
        "x.toml",
        "nothing.svg",
    ],
)
def test_nothing_but_pictures_comes_from_the_media_folder(reader: Reader, path: str) -> None:
    reader.get(f"/media/{path}")
    assert reader.status in (400, 404)


def test_a_picture_is_harmless_and_kept(reader: Reader, platform: Platform) -> None:
    folder = platform.settings.media_folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sign.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    reader.get("/media/sign.svg")
    assert "sandbox" in reader.answer["content-security-policy"]
    reader.get("/media/sign.svg", if_none_match=reader.answer["etag"])
    assert reader.status == 304


def test_static_files_carry_their_hash_and_are_kept_for_ever(reader: Reader) -> None:
    for path in re.findall(r'"(/static/[^"]+)"', reader.get("/")):
        reader.get(path)
        assert (reader.status, reader.answer["cache-control"]) == (200, "public, max-age=31536000, immutable")
    reader.get("/static/shop.css")
    assert reader.status == 404


def test_another_language_lives_under_its_code(reader: Reader) -> None:
    assert '<html lang="en" dir="ltr"' in reader.get("/")
    page = reader.get("/ar/cart")
    assert '<html lang="ar" dir="rtl"' in page
    assert "سلتك فارغة." in page
    assert 'hreflang="en"' in page


def test_the_shops_own_language_needs_no_code(reader: Reader) -> None:
    reader.get("/en/cart?x=1")
    assert (reader.status, reader.answer["location"]) == (308, "/cart?x=1")


def test_a_checkout_of_nothing_leads_back_to_the_cart(reader: Reader) -> None:
    reader.send("/checkout/begin", {"go": "1"})
    assert reader.path == "/cart"
    reader.get("/checkout")
    assert reader.path == "/cart"


def test_a_forged_way_back_leads_nowhere(reader: Reader) -> None:
    reader.get("/checkout/return/123.forged")
    assert reader.status == 404
