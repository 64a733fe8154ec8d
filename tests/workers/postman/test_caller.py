"""Whoever waits for something is written to as soon as it is back, and nobody else is asked for."""

import asyncio

from matjar.domain import catalog, inventory, waiting
from matjar.domain.catalog import NewVariant, Variant
from matjar.workers.postman import Caller
from tests.workers.postman.buyers import House


async def sold_out(house: House) -> Variant:
    """A lamp that nobody has."""
    lamp = await house.desk.submit(catalog.create_product)(title="Brass lamp", variants=(NewVariant(9_000),))
    await house.desk.submit(catalog.translate)(
        owner_type="product", owner_id=lamp.id, language="ar", texts={"title": "مصباح نحاسي"}
    )
    return lamp.variants[0]


async def wait_for(house: House, variant: Variant, email: str, language: str) -> None:
    await house.desk.submit(waiting.wait_for)(
        variant_id=variant.id, email=email, language=language, product_url="https://bench.example/products/brass-lamp",
        leave_begins="https://bench.example/waiting/", token=f"token-of-{language}", address="192.0.2.7",
    )  # fmt: skip


async def bring(house: House, variant: Variant) -> None:
    (place, *_) = await house.desk.read(inventory.list_locations)
    await house.desk.submit(inventory.set_stock)(
        inventory_item_id=variant.inventory_item_id, location_id=place.id, on_hand=2
    )


def test_a_letter_comes_when_it_is_back_in_the_readers_words_with_a_way_out(house: House) -> None:
    async def story() -> None:
        await house.open()
        lamp, caller = await sold_out(house), Caller(house.storage)
        await wait_for(house, lamp, "sara@example.com", "en")
        await wait_for(house, lamp, "mona@example.com", "ar")
        assert await caller.look() == 0
        await bring(house, lamp)
        assert await caller.look() == 2
        assert await caller.look() == 0
        english, arabic = sorted(await house.rounds(), key=lambda letter: letter.language, reverse=True)
        assert english.subject == "Brass lamp is back at Bench"
        assert arabic.subject == "مصباح نحاسي متوفر من جديد في المتجر"
        assert english.unsubscribe_url == "https://bench.example/waiting/token-of-en"
        assert "https://bench.example/products/brass-lamp" in english.text
        assert english.unsubscribe_url in english.html
        assert english.reply_to == "hello@bench.example"

    asyncio.run(story())


def test_what_came_back_while_nobody_looked_is_not_missed(house: House) -> None:
    async def story() -> None:
        await house.open()
        lamp = await sold_out(house)
        await wait_for(house, lamp, "sara@example.com", "en")
        await bring(house, lamp)
        assert await Caller(house.storage).look() == 1

    asyncio.run(story())
