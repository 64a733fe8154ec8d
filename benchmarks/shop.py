"""The shop that is measured: dirhams, tax within the prices, two locations, some hundred products, plenty of stock."""

import asyncio
from collections.abc import Sequence

from matjar.core.address import Address
from matjar.domain import catalog, inventory, shipping, shops, tax
from matjar.domain.catalog import NewVariant
from matjar.domain.shipping import Method, MethodKind
from matjar.storage.desk import Desk, Storage

SHOP_ID = 1
HOST = "bench.localhost"
DELIVERY = "courier"
LANGUAGES = ("en", "ar")


async def open_shop(
    storage: Storage, *, shop_id: int = SHOP_ID, handle: str = "bench", products: int = 200, stock: int = 1_000_000
) -> list[int]:
    """Open it; the ids of its variants, one for each product."""
    desk = storage.desk(shop_id)
    await desk.submit(shops.create)(
        handle=handle, name="Bench", currency="AED", country="AE", time_zone="Asia/Dubai", languages=LANGUAGES,
        settings=shops.Settings(
            legal_name="Bench Trading LLC", registrations=(shops.Registration("AE", "100123456700003"),)
        ),
    )  # fmt: skip
    await desk.submit(tax.install_rates)(countries=("AE",))
    home = Address(line1="1 Warehouse Street", city="Dubai", country="AE")
    first = await desk.submit(inventory.create_location)(name="Dubai", address=home, priority=0)
    await desk.submit(inventory.create_location)(name="Sharjah", address=home, priority=1)
    courier = Method(DELIVERY, MethodKind.FLAT, {"en": "Courier", "ar": "مندوب"}, price_minor=1500)
    await desk.submit(shipping.set_zone)(name="Emirates", places=("AE",), methods=(courier,))
    return await _stock(desk, first.id, products, stock)


async def _stock(desk: Desk, location_id: int, products: int, stock: int) -> list[int]:
    variant_ids: list[int] = []
    for start in range(0, products, 50):
        made = await asyncio.gather(*(_product(desk, number) for number in range(start, min(start + 50, products))))
        await asyncio.gather(
            *(
                desk.submit(inventory.set_stock)(
                    inventory_item_id=product.variants[0].inventory_item_id, location_id=location_id, on_hand=stock
                )
                for product in made
            )
        )
        variant_ids += [product.variants[0].id for product in made]
    return variant_ids


async def _product(desk: Desk, number: int) -> catalog.Product:
    return await desk.submit(catalog.create_product)(
        title=f"Rose soap No. {number}",
        handle=handle_of(number),
        body_html="<p>Pressed by hand, with the oil of a thousand petals from the valley.</p>" * 3,
        vendor="Bench",
        product_type="Soap",
        tags=("soap", "rose"),
        variants=(NewVariant(price_minor=4900 + number, sku=f"SOAP-{number}", weight_grams=120),),
    )


def handle_of(number: int) -> str:
    """A product's name in addresses, counted from 0."""
    return f"rose-soap-{number}"


def carts_of(variant_ids: Sequence[int], lines: int = 1) -> list[list[str]]:
    """Carts of so many different articles each, every article in turn."""
    count = len(variant_ids)
    return [[str(variant_ids[(start + step * 37) % count]) for step in range(lines)] for start in range(count)]
