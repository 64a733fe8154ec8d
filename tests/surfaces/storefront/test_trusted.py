"""What people do by themselves: find an order again, ask to send something back, wait for what sold out."""

import re
from collections.abc import Iterator

import msgspec
import pytest

from matjar.domain import catalog, inventory, orders, shops, tasks
from matjar.domain.catalog import NewVariant, Product
from matjar.domain.waiting import store as waiting_store
from tests.platform import Platform, ask
from tests.surfaces.storefront.reader import Reader
from tests.surfaces.storefront.waiting import until

TOLD = {"email": "sara@example.com", "name": "Sara Haddad", "line1": "12 Marina Walk", "city": "Dubai", "country": "AE"}


def buy(reader: Reader) -> tuple[str, str]:
    """Two of the first product; the order's address and its number."""
    found = re.search(r'href="/products/([^"?]+)"', reader.get("/collections") + reader.get("/"))
    assert found is not None
    reader.send("/cart/add", {"product": found[1], "quantity": "2"})
    page = reader.send("/checkout/begin", {"go": "1"})
    told = TOLD | reader.fields(page) | {"delivery": "courier", "gateway": "cash_on_delivery", "do": "pay"}
    page = reader.send("/checkout", told)
    number = re.search(r"Order \u2068?#(\d+)", page)
    assert number is not None, page
    return reader.path.partition("?")[0], number[1]


def test_an_order_is_found_again_by_its_number_and_e_mail_address(reader: Reader, platform: Platform) -> None:
    path, number = buy(reader)
    stranger = Reader(platform, "10.77.0.1")
    assert 'href="/orders"' in stranger.get("/")
    page = stranger.get("/orders")
    assert 'name="number"' in page
    stranger.send("/orders", {"number": f"#{number}", "email": "SARA@example.com"})
    assert stranger.path == path
    arabic = "".join("٠١٢٣٤٥٦٧٨٩"[int(digit)] for digit in number)
    stranger.send("/ar/orders", {"number": arabic, "email": TOLD["email"]})
    assert stranger.path == f"/ar{path}"


def test_a_wrong_number_and_a_wrong_address_are_told_alike(reader: Reader, platform: Platform) -> None:
    _, number = buy(reader)
    stranger = Reader(platform, "10.77.0.2")
    told = []
    for asked in ({"number": number, "email": "mona@example.com"}, {"number": "999999", "email": TOLD["email"]}):
        page = stranger.send("/orders", asked)
        assert stranger.status == 404
        told += re.findall(r"We know no order with this number[^<]*", page)
    assert len(told) == 2
    assert told[0] == told[1]


def test_another_sites_form_finds_no_order(reader: Reader) -> None:
    reader.send("/orders", {"number": "1001", "email": TOLD["email"]}, sec_fetch_site="cross-site")
    assert reader.status == 403


def test_a_buyer_asks_to_send_something_back(reader: Reader, platform: Platform) -> None:
    path, number = buy(reader)
    assert "Nothing of this order can come back" in reader.get(f"{path}/return")
    order = platform.read(lambda view: orders.find_by_number(view, number=int(number) - orders.FIRST_NUMBER + 1))
    assert order is not None
    platform.submit(orders.fulfil, order_id=order.id)
    assert f'href="{path}/return"' in reader.get(path)
    name = f"line-{order.lines[0].id}"
    assert f'name="{name}"' in reader.get(f"{path}/return")
    page = reader.send(f"{path}/return", {"reason": "damaged"})
    assert reader.status == 422
    assert "checked" in page
    page = reader.send(f"{path}/return", {name: "1", "reason": "damaged"})
    assert reader.path == path
    assert "Return asked for on" in page
    found = platform.read(lambda view: [each for each in tasks.list_open(view) if each.subject_id == order.id])
    assert [each.kind for each in found] == ["return_damaged"]


def test_whoever_has_not_the_link_sends_nothing_back(reader: Reader) -> None:
    reader.get("/orders/guessed/return")
    assert reader.status == 404


@pytest.fixture
def lantern(platform: Platform) -> Iterator[Product]:
    """Something that is sold out; gone when the test is over."""
    made = platform.submit(catalog.create_product, title="Lantern", variants=(NewVariant(2_000),))
    until(lambda: ask(f"{platform.url}/products/{made.handle}.json")[0] == 200)
    yield made
    platform.submit(catalog.remove_product, product_id=made.id)
    until(lambda: ask(f"{platform.url}/products/{made.handle}.json")[0] == 404)


def test_whoever_finds_something_sold_out_is_told_when_it_is_back(
    reader: Reader, platform: Platform, lantern: Product
) -> None:
    path = "/products/lantern"
    page = reader.get(path)
    assert "Tell me when it is back" in page
    told = reader.fields(page) | {"email": "sara@example.com"}
    page = reader.send(f"{path}/wait", told)
    assert "We write to you once, as soon as it is back." in page
    page = reader.send(f"{path}/wait", told | {"email": "nobody"})
    assert reader.status == 422
    assert "nobody is not an e-mail address." in page
    (place, *_) = platform.read(inventory.list_locations)
    item_id = lantern.variants[0].inventory_item_id
    platform.submit(inventory.set_stock, inventory_item_id=item_id, location_id=place.id, on_hand=4)
    letters = platform.settings.home / "mail"
    until(lambda: any("Lantern is back" in letter.read_text() for letter in letters.rglob("*.eml")))
    until(lambda: "Tell me when it is back" not in reader.get(path))


def test_a_machine_that_fills_in_everything_is_thanked_and_not_heard(
    reader: Reader, platform: Platform, lantern: Product
) -> None:
    path = "/products/lantern"
    told = reader.fields(reader.get(path)) | {"email": "bot@example.com", "website": "http://spam.example"}
    assert "We write to you once" in reader.send(f"{path}/wait", told)
    assert platform.read(lambda view: waiting_store.count_of(view, "bot@example.com")) == 0


def test_a_letters_way_out_asks_before_it_does_anything(reader: Reader) -> None:
    assert "Not wait any more?" in reader.get("/waiting/some-token")
    assert "You wait for nothing any more" in reader.send("/waiting/some-token", {})
    assert reader.status == 200


def test_people_write_to_the_shop_by_a_form(reader: Reader, platform: Platform) -> None:
    shop = platform.read(shops.load)
    settings = msgspec.structs.replace(shop.settings, email="hello@bench.example")
    platform.submit(shops.configure, settings=settings)
    until(lambda: 'href="/contact"' in reader.get("/"))
    assert 'name="website"' in reader.get("/contact")
    told = {"name": "Sara", "email": "sara@example.com", "text": "Is the Lantern <b>bright</b>?"}
    page = reader.send("/contact", told | {"email": "sara"})
    assert reader.status == 422
    assert "Is the Lantern &lt;b&gt;bright&lt;/b&gt;?" in page
    assert "We have your message" in reader.send("/contact", told)
    box = platform.settings.home / "mail"
    until(lambda: any("Sara writes to" in letter.read_text() for letter in box.rglob("*.eml")))
    (letter,) = (each.read_text() for each in box.rglob("*.eml") if "Sara writes to" in each.read_text())
    assert re.search(r"^Reply-To: .*sara@example\.com", letter, re.MULTILINE)
    assert re.search(r"^To: .*hello@bench\.example", letter, re.MULTILINE)
    platform.submit(shops.configure, settings=shop.settings)
