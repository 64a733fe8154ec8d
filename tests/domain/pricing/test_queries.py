"""What an order would come to, asked of a shop with its rates, zones and codes."""

import msgspec
import pytest

from matjar.core.address import NOWHERE, Address
from matjar.domain import catalog, discounts, pricing, shipping, shops, tax
from matjar.storage.tx import ShopTx

SOAP = catalog.Sellable(
    1, 10, 100, "Rose soap", "Large", "SOAP-L", 10_000, "standard", 600, True, False, (), (7,)
)  # fmt: skip
GIFT_CARD = msgspec.structs.replace(SOAP, variant_id=2, weight_grams=900, requires_shipping=False)
EMIRATES, ARABIA = Address(country="AE", region="DU"), Address(country="SA")


@pytest.fixture
def shop(tx: ShopTx) -> shops.Shop:
    """The demo shop, delivering to the Emirates by weight, and anywhere for a flat price."""
    tax.install_rates(tx, countries=("AE", "SA"))
    by_weight = shipping.Method(
        "courier",
        shipping.MethodKind.BY_WEIGHT,
        {"en": "Courier"},
        steps=(shipping.Step(1000, 1500), shipping.Step(None, 2500)),
        free_over_minor=50_000,
    )
    flat = shipping.Method("air", shipping.MethodKind.FLAT, {"en": "By air"}, 6000)
    shipping.set_zone(tx, name="Emirates", places=("AE",), methods=(by_weight,))
    shipping.set_zone(tx, name="World", places=("*",), methods=(flat,))
    return shops.load(tx)


def quote(
    tx: ShopTx, shop: shops.Shop, *goods: tuple[catalog.Sellable, int], to: Address, by: str = "", code: str = ""
) -> pricing.Quote:
    discount = discounts.load(tx, code) if code else None
    return pricing.quote(tx, shop=shop, goods=goods, address=to, delivery_id=by, discount=discount)


def prices(found: pricing.Quote) -> dict[str, int]:
    return {option.id: option.price_minor for option in found.options}


def test_at_home_tax_is_in_the_price_and_delivery_goes_by_weight(tx: ShopTx, shop: shops.Shop) -> None:
    found = quote(tx, shop, (SOAP, 2), to=EMIRATES, by="courier")
    assert prices(found) == {"courier": 2500}
    # 200.00 / 21 = 9.523…; 25.00 / 21 = 1.190…
    assert (found.sums.total_minor, found.sums.tax_minor) == (22_500, 952 + 119)


def test_what_is_not_sent_weighs_nothing(tx: ShopTx, shop: shops.Shop) -> None:
    assert prices(quote(tx, shop, (SOAP, 1), (GIFT_CARD, 1), to=EMIRATES)) == {"courier": 1500}
    assert prices(quote(tx, shop, (GIFT_CARD, 1), to=EMIRATES)) == {}


def test_where_the_shop_is_not_registered_no_tax_is_charged(tx: ShopTx, shop: shops.Shop) -> None:
    found = quote(tx, shop, (SOAP, 1), to=ARABIA, by="air")
    assert (found.sums.total_minor, found.sums.tax_minor) == (16_000, 0)


def test_before_the_address_is_known_tax_is_that_of_home(tx: ShopTx, shop: shops.Shop) -> None:
    found = quote(tx, shop, (SOAP, 1), to=NOWHERE, by="courier")
    assert (found.sums.total_minor, found.sums.tax_minor, found.options) == (10_000, 476, ())


def test_delivery_is_free_over_what_is_left_after_the_code(tx: ShopTx, shop: shops.Shop) -> None:
    terms = discounts.Terms(discounts.DiscountKind.PERCENTAGE, value_ppm=100_000)
    discounts.create(tx, code="SUMMER", terms=terms)
    assert prices(quote(tx, shop, (SOAP, 5), to=EMIRATES)) == {"courier": 0}
    assert prices(quote(tx, shop, (SOAP, 5), to=EMIRATES, code="summer")) == {"courier": 2500}


def test_a_delivery_that_is_not_offered_is_not_charged(tx: ShopTx, shop: shops.Shop) -> None:
    assert quote(tx, shop, (SOAP, 1), to=EMIRATES, by="air").sums.delivery_minor == 0
