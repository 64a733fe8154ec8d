"""Opens a shop with one product, from Python: what the back office will do with forms, once it stands.

.venv/bin/python docs/examples/open_a_shop.py
"""

import asyncio

from matjar.compose.settings import read
from matjar.compose.wiring import storage_of_command_line
from matjar.domain import catalog, inventory, shipping, shops, tax

TEA_HOUSE = shops.Settings(
    legal_name="Tea House Trading LLC",
    registrations=(shops.Registration("AE", "100123456700003"),),
    gateways=("cash_on_delivery",),
)
DELIVERY = shipping.Method(
    "standard", shipping.MethodKind.FLAT, {"en": "Delivery", "ar": "توصيل"}, price_minor=1_500, days_min=1, days_max=2
)


async def main() -> None:
    """Hand over one command after another. Each is durable before it is answered, and does its work once per key."""
    async with storage_of_command_line(read()) as storage:
        others = await storage.read(0, shops.list_shops)
        desk = storage.desk(max((shop.id for shop in others), default=0) + 1, request_id="open_a_shop.py")
        await desk.submit(shops.create)(
            handle="tea-house", name="Tea House", currency="AED", country="AE", time_zone="Asia/Dubai",
            languages=("en", "ar"), settings=TEA_HOUSE,
        )  # fmt: skip
        await desk.submit(tax.install_rates)(countries=("AE",))
        shelf = await desk.submit(inventory.create_location)(name="Shop floor")
        await desk.submit(shipping.set_zone)(name="Emirates", places=("AE",), methods=(DELIVERY,))
        tea = await desk.submit(catalog.create_product, key="first-product-0001")(
            title="Karak Tea", variants=(catalog.NewVariant(price_minor=2_500, sku="TEA-1", weight_grams=250),)
        )
        await desk.submit(inventory.set_stock)(
            inventory_item_id=tea.variants[0].inventory_item_id, location_id=shelf.id, on_hand=40
        )
        await desk.submit(catalog.translate)(
            owner_type="product", owner_id=tea.id, language="ar", texts={"title": "شاي كرك"}
        )


if __name__ == "__main__":
    asyncio.run(main())
